// Everything but the linter, which starts without the engine.
export { diff } from './diff.js';
export { journal } from './journal.js';
export { plan } from './plan.js';
export { resume } from './resume.js';
export { run } from './run.js';
export { runs } from './runs.js';
