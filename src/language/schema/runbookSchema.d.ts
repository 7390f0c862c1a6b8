import type { JsonSchema } from './jsonSchema.js';
/** Types a value can be declared with. */
export declare const VALUE_TYPES: readonly ["string", "boolean", "integer", "version", "url", "address", "path", "port", "file", "duration", "choice"];
export type ValueType = (typeof VALUE_TYPES)[number];
export declare const PLATFORMS: readonly ["linux", "macos", "windows"];
export type Platform = (typeof PLATFORMS)[number];
/** The published schema of `*.runbook.yaml`, and the single source of its types, checks and completions. */
export declare const runbookSchema: JsonSchema;
/** The published schema of `*.inventory.yaml`. */
export declare const inventorySchema: JsonSchema;
