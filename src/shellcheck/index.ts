export { findShellCheck } from './executable.js';
export { checkScripts, recallScripts } from './checkScripts.js';
export type { CheckScriptsOptions } from './checkScripts.js';
export { ScriptMemory } from './memory.js';
export { shellCheckPage } from './comment.js';
