export * from './runEvent.js';
export * from './runState.js';
export { reduce } from './reduce.js';
