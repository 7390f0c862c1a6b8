export { inventoryFor } from './inventoryFor.js';
export type { WantedHosts, WantedValue } from './inventoryFor.js';
export { idFromFile, templateSnippet, templateText } from './template.js';
export type { Template } from './template.js';
export { TEMPLATES } from './templates.js';
