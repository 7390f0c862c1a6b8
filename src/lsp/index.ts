export { serveLanguage } from './serve.js';
export type { ServeOptions } from './serve.js';
export type { DiskFiles } from './diskFiles.js';
