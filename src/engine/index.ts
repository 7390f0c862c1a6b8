export { createEngine } from './createEngine.js';
export type { Engine } from './createEngine.js';
export type {
  EngineOptions,
  HostKeyQuestion,
  IgnoredHostLocks,
  OnUnknown,
  ResumeOptions,
  RunHandle,
  SshOptions,
  StartOptions,
  TakeOver,
} from './engine.js';
export type { Observed, ObservedEnd } from './journal/follow.js';
export type { HandOverRequest } from './journal/handOver.js';
export { isActingHere } from './actingHere.js';
export { changedSince } from './changedSince.js';
export { HumanError } from '../events/index.js';
export { hasRuns } from './journal/hasRuns.js';
export { outputText } from './journal/outputText.js';
export type { OutputText } from './journal/outputText.js';
export { RunList } from './journal/runList.js';
export { defaultStateDirectory, holderOf, listRuns, observe, readRun, verifyRuns } from './journal/runStore.js';
export { verifyJournal } from './journal/verify.js';
export type { JournalVerdict } from './journal/verify.js';
export { readJournal } from './journal/reader.js';
export { replay } from './journal/runSummary.js';
export { Masker } from './secrets/masker.js';
export { commandSource, descriptorSource, environmentSource, inOrder, promptSource, variableOf } from './secrets/sources/index.js';
export type { DeclaredSecret, GivenSecret, SecretCommand, SecretGiver, SecretPlace, SecretSource } from './secrets/sources/index.js';
export type { ReadRun, RunSummary } from './journal/runStore.js';
export type { AskDiscovery, DiscoveredFact, DiscoveryQuestion, OpenDraft } from './runner/discovery.js';
export { discoveryText, settleDraft } from './settleDraft.js';
export type { SettledDraft } from './settleDraft.js';
