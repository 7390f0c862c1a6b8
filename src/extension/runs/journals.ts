// Loaded when a run, or the list of runs, is asked for.
export { changedSince, holderOf, listRuns, observe, outputText, readRun, RunList } from '../../engine/index.js';
