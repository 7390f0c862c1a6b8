import type { JsonSchema } from './jsonSchema.js';
/** Every action; a step has exactly one. */
export declare const ACTIONS: readonly ["run", "service", "check", "wait", "manual", "http", "upload", "download", "reboot", "steps", "use", "methods"];
export type ActionName = (typeof ACTIONS)[number];
/** What a step does to the hosts it is about (R10). */
export declare const EFFECTS: readonly ["backup", "stop", "start", "boot", "upgrade", "isolate", "rejoin", "configure", "destroy"];
export type EffectName = (typeof EFFECTS)[number];
/** Definitions of the step vocabulary. */
export declare const stepDefinitions: Record<string, JsonSchema>;
