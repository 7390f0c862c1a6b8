export * from './runEvent.js';
export * from './runState.js';
export { Fold, reduce } from './reduce.js';
export { showControls, showInLine } from './shownText.js';
export { HumanError } from './humanError.js';
