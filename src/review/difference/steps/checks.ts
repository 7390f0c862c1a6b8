import type { ChangeKind } from '../kinds.js';
import type { Data } from '../meaning.js';
import { beforeAfter, short } from '../words.js';
import type { PartPair } from './partPair.js';
import { judgeProbe } from './probes.js';

const KINDS = {
  verify: { removed: 'verify-removed', weaker: 'verify-weakened', different: 'verify-changed' },
  check: { removed: 'check-removed', weaker: 'check-weakened', different: 'check-changed' },
} as const satisfies Record<string, Record<string, ChangeKind>>;

/** What proves that a step has worked, and what a check or a wait asks. */
export function compareChecks(pair: PartPair): void {
  compareVerify(pair);
  compareAsked(pair);
  compareBack(pair);
  compareUnless(pair);
}

function compareVerify(pair: PartPair): void {
  const [before, after] = [pair.before('verify'), pair.after('verify')];
  if (before === undefined && after !== undefined) pair.tell('safeguard-added', `${pair.label} is now verified: ${short(after)}`, 'verify');
  else if (before !== undefined && after === undefined)
    pair.tell('verify-removed', `${pair.label} is no longer verified; before: ${short(before)}`, 'verify');
  else if (before !== undefined) tellVerdict(pair, 'verify', 'verify', before, after, `what proves that ${pair.label} has worked`);
}

/** When a host counts as back after a reboot; where nothing is said, it must be reachable and have booted. */
function compareBack(pair: PartPair): void {
  const [before, after] = [pair.before('reboot') as Data | undefined, pair.after('reboot') as Data | undefined];
  if (before === undefined || after === undefined) return;
  const [was, is] = [before['back_when'], after['back_when']];
  if (was !== undefined && is !== undefined) tellVerdict(pair, 'check', 'reboot', was, is, `when ${pair.label} is over`);
  else if (was !== is)
    pair.tell(
      'check-changed',
      `when ${pair.label} is over: ${short(was ?? 'the host has booted')} → ${short(is ?? 'the host has booted')}`,
      'reboot',
    );
}

/** A check that becomes a wait asks the same, for longer. */
function compareAsked(pair: PartPair): void {
  const keys = ['check', 'wait'] as const;
  const [was, is] = [keys.find((key) => pair.before(key) !== undefined), keys.find((key) => pair.after(key) !== undefined)];
  if (was === undefined || is === undefined) return;
  if (was !== is)
    pair.tell(
      'check-changed',
      `${pair.label} ${is === 'wait' ? 'waits until it holds, where it had to hold at once' : 'must hold at once, where it was waited for'}`,
      is,
      'notable',
    );
  tellVerdict(pair, 'check', is, pair.before(was), pair.after(is), `what ${pair.label} asks`);
}

function tellVerdict(pair: PartPair, kind: keyof typeof KINDS, key: string, before: unknown, after: unknown, subject: string): void {
  const change = beforeAfter(before, after);
  switch (judgeProbe(before, after)) {
    case 'same':
      return;
    case 'stronger':
      pair.tell('safeguard-added', `${subject} asks for more: ${change}`, key);
      return;
    case 'weaker':
      pair.tell(KINDS[kind].weaker, `${subject} asks for less: ${change}`, key);
      return;
    case 'different':
      pair.tell(KINDS[kind].different, `${subject} is another question, which may prove less: ${change}`, key);
  }
}

/** Where `unless` holds, nothing is done: whoever makes it hold more often leaves steps out. */
function compareUnless(pair: PartPair): void {
  if (!pair.differs('unless')) return;
  const [before, after] = [pair.before('unless'), pair.after('unless')];
  if (before === undefined) pair.tell('unless-changed', `${pair.label} is now skipped where this holds: ${short(after)}`, 'unless');
  else if (after === undefined)
    pair.tell('unless-changed', `${pair.label} is no longer skipped where this holds: ${short(before)}`, 'unless', 'notable');
  else pair.tell('unless-changed', `${pair.label} is skipped in other cases: ${beforeAfter(before, after)}`, 'unless');
}
