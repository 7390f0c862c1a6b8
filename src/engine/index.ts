export { createEngine } from './createEngine.js';
export type { Engine } from './createEngine.js';
export type { EngineOptions, HostKeyQuestion, OnUnknown, RunHandle, SshOptions, StartOptions } from './engine.js';
export { changedSince } from './changedSince.js';
export { HumanError } from './humanError.js';
export { defaultStateDirectory, listRuns, readRun } from './journal/runStore.js';
export type { ReadRun, RunSummary } from './journal/runStore.js';
export type { DiscoveryQuestion } from './runner/discovery.js';
