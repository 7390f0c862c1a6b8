import type { JsonSchema } from './jsonSchema.js';
/** Every kind of probe, in the order the reference lists them. */
export declare const PROBE_KINDS: readonly ["command", "file", "port", "process", "service", "http", "host", "login", "that", "same", "all", "any", "not"];
export type ProbeKind = (typeof PROBE_KINDS)[number];
/** Definitions of the probe vocabulary (R7). */
export declare const probeDefinitions: Record<string, JsonSchema>;
