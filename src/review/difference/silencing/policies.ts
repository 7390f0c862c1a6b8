import { parsePlain } from '../../../language/index.js';
import { inOrder } from '../change.js';
import type { Change } from '../change.js';
import { DEFAULT_POLICY, parsePolicy, policySchema } from '../policy.js';
import type { ReviewPolicy } from '../policy.js';
import { Recorder } from '../recorder.js';
import { beforeAfter, listed, quoted } from '../words.js';
import type { ConfigurationText } from './configurations.js';

const STRICTEST = ['notable', 'dangerous', 'never'] as const;

/** What a change of `.runbook-review.yaml` will let pass that it did not. The change itself is judged by the old one. A policy with errors counts as none. */
export function comparePolicies(old: ConfigurationText | undefined, now: ConfigurationText | undefined): readonly Change[] {
  const recorder = new Recorder();
  const [before, after] = [policyIn(old), policyIn(now)];
  const plain = now === undefined ? undefined : parsePlain(now.file, now.text, policySchema);
  const tell = (isMilder: boolean, what: string, about: string): void => {
    const value = plain?.value;
    const key = typeof value === 'object' && value !== null ? plain?.positions.key(value, about) : undefined;
    const place = { file: now?.file ?? old?.file ?? '', range: key ?? { start: 0, end: 0 } };
    recorder.addAt(isMilder ? 'rule-silenced' : 'safeguard-added', `from the next change on, ${what}`, place, about);
  };
  const [was, is] = [STRICTEST.indexOf(before.failOn), STRICTEST.indexOf(after.failOn)];
  if (was !== is)
    tell(is > was, `the least danger that fails a review is another one: ${beforeAfter(before.failOn, after.failOn)}`, 'fail_on');
  const kinds = [...new Set([...Object.keys(before.kinds), ...Object.keys(after.kinds)])] as (keyof typeof before.kinds)[];
  const differing = kinds.filter((kind) => before.kinds[kind] !== after.kinds[kind]);
  const milder = differing.filter((kind) => after.kinds[kind] === 'allow' || before.kinds[kind] === 'fail');
  const graver = differing.filter((kind) => !milder.includes(kind));
  if (milder.length > 0) tell(true, `these kinds of changes weigh less: ${listed(milder.map(quoted))}`, 'kinds');
  if (graver.length > 0) tell(false, `these kinds of changes weigh more: ${listed(graver.map(quoted))}`, 'kinds');
  return inOrder(recorder.changes);
}

function policyIn(text: ConfigurationText | undefined): ReviewPolicy {
  return (text === undefined ? undefined : parsePolicy(text.file, text.text).policy) ?? DEFAULT_POLICY;
}
