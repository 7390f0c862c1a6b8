import type { Danger } from './change.js';

interface KindDescription {
  /** How dangerous a change of this kind is unless its circumstances say otherwise. */
  readonly danger: Danger;
  /** What it is, in a few words. */
  readonly title: string;
}

/** Every kind of change that is told apart. A policy names them. */
export const CHANGE_KINDS = {
  'gate-removed': { danger: 'dangerous', title: 'a person is no longer asked' },
  'gate-weakened': { danger: 'dangerous', title: 'a person has less to prove, or can be passed by' },
  'gate-changed': { danger: 'notable', title: 'a person is asked for something else' },
  'approval-dropped': { danger: 'dangerous', title: 'no second person is needed any more' },
  'verify-removed': { danger: 'dangerous', title: 'nobody looks whether a step has worked' },
  'verify-weakened': { danger: 'dangerous', title: 'less is looked at after a step' },
  'verify-changed': { danger: 'dangerous', title: 'something else is looked at after a step' },
  'check-removed': { danger: 'dangerous', title: 'a check, a wait or an invariant is gone' },
  'check-weakened': { danger: 'dangerous', title: 'a check, a wait or an invariant asks for less' },
  'check-changed': { danger: 'dangerous', title: 'a check, a wait or an invariant asks for something else' },
  'prerequisite-removed': { danger: 'dangerous', title: 'a prerequisite is gone or comes too late' },
  'undo-removed': { danger: 'dangerous', title: 'a step can no longer be taken back' },
  'undo-changed': { danger: 'notable', title: 'a step is taken back in another way' },
  'irreversible-added': { danger: 'dangerous', title: 'something can no longer be taken back' },
  'order-removed': { danger: 'dangerous', title: 'a declared order is gone' },
  'order-reversed': { danger: 'dangerous', title: 'a declared order is turned round' },
  'order-weakened': { danger: 'dangerous', title: 'a declared order covers less' },
  'step-order-changed': { danger: 'dangerous', title: 'steps are done in another order' },
  'step-added': { danger: 'notable', title: 'a step is new' },
  'step-removed': { danger: 'dangerous', title: 'a step is gone' },
  'script-changed': { danger: 'notable', title: 'a command or a request is another one' },
  'become-added': { danger: 'dangerous', title: 'something runs with the rights of another user' },
  'place-changed': { danger: 'dangerous', title: 'a step is performed somewhere else' },
  'hosts-widened': { danger: 'dangerous', title: 'more hosts are touched, or more of them at once' },
  'hosts-narrowed': { danger: 'notable', title: 'fewer hosts are touched, or fewer of them at once' },
  'hosts-changed': { danger: 'dangerous', title: 'other hosts are touched' },
  'pause-shortened': { danger: 'dangerous', title: 'less time passes between hosts' },
  'when-changed': { danger: 'dangerous', title: 'a step is done in other cases' },
  'unless-changed': { danger: 'dangerous', title: 'a step is skipped in other cases' },
  'effects-removed': { danger: 'dangerous', title: 'a step no longer says what it does to its hosts' },
  'effects-added': { danger: 'notable', title: 'a step says that it does more to its hosts' },
  'secret-reachable': { danger: 'dangerous', title: 'a step or a host can now see a secret' },
  'timeout-removed': { danger: 'dangerous', title: 'a step may take for ever' },
  'timeout-raised': { danger: 'notable', title: 'a step may take longer' },
  'timeout-lowered': { danger: 'notable', title: 'a step must be quicker' },
  'retries-raised': { danger: 'notable', title: 'a step is tried more often' },
  'repetition-allowed': { danger: 'dangerous', title: 'a step may be repeated although nobody knows whether it ran' },
  'pace-changed': { danger: 'notable', title: 'something is looked at or tried in other intervals' },
  'validity-raised': { danger: 'dangerous', title: 'a prerequisite counts for longer' },
  'lead-time-changed': { danger: 'notable', title: 'a prerequisite takes another time' },
  'advisory-removed': { danger: 'dangerous', title: 'a warning of the vendor is gone' },
  'advisory-weakened': { danger: 'dangerous', title: 'a warning of the vendor demands less' },
  'advisory-narrowed': { danger: 'dangerous', title: 'a warning of the vendor applies in other cases' },
  'stop-removed': { danger: 'dangerous', title: 'an upgrade no longer stops at a version on its way, or in other cases' },
  'upgrade-widened': { danger: 'dangerous', title: 'the procedure takes on versions that it did not' },
  'upgrade-changed': { danger: 'dangerous', title: 'the upgrade path is found in another way' },
  'window-removed': { danger: 'dangerous', title: 'work may be done at other times' },
  'blackout-removed': { danger: 'dangerous', title: 'work may be done in a time that was forbidden' },
  'rehearsal-removed': { danger: 'dangerous', title: 'no rehearsal is asked for, or another one' },
  'production-dropped': { danger: 'dangerous', title: 'an environment no longer counts as production' },
  'connection-changed': { danger: 'dangerous', title: 'a host is reached in another way' },
  'host-key-changed': { danger: 'dangerous', title: 'a host may show another key' },
  'host-order-changed': { danger: 'notable', title: 'hosts of a role come in another order' },
  'value-changed': { danger: 'notable', title: 'a value is another one' },
  'input-changed': { danger: 'notable', title: 'an input is declared in another way' },
  'role-changed': { danger: 'notable', title: 'a role is declared in another way' },
  'fact-changed': { danger: 'dangerous', title: 'a fact is found out in another way' },
  'outage-changed': { danger: 'notable', title: 'the shared outage is another one' },
  'next-changed': { danger: 'notable', title: 'what comes afterwards is another runbook' },
  'help-changed': { danger: 'notable', title: 'help for a failed step is another one' },
  'instruction-changed': { danger: 'notable', title: 'a person is told to do something else' },
  'warning-removed': { danger: 'notable', title: 'a remark for people is gone' },
  'suppression-added': { danger: 'dangerous', title: 'a finding of the linter is silenced' },
  'rule-silenced': { danger: 'dangerous', title: 'rules of the linter count for less' },
  'document-added': { danger: 'notable', title: 'a document is new' },
  'document-deleted': { danger: 'dangerous', title: 'a document is gone' },
  'document-unreadable': { danger: 'dangerous', title: 'a document cannot be compared' },
  'safeguard-added': { danger: 'harmless', title: 'a protection is new, or asks for more' },
  'declaration-changed': { danger: 'harmless', title: 'a declaration is new or gone' },
  'text-changed': { danger: 'harmless', title: 'words for people differ' },
  renamed: { danger: 'harmless', title: 'something has another name' },
  moved: { danger: 'harmless', title: 'something stands elsewhere and means the same' },
} as const satisfies Readonly<Record<string, KindDescription>>;

/** Id of a kind of change. */
export type ChangeKind = keyof typeof CHANGE_KINDS;

/** How dangerous a kind is unless its circumstances say otherwise. */
export function dangerOf(kind: ChangeKind): Danger {
  return CHANGE_KINDS[kind].danger;
}

/** Whether a word is a kind of change. */
export function isChangeKind(word: string): word is ChangeKind {
  return Object.hasOwn(CHANGE_KINDS, word);
}
