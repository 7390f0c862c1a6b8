import type { Action } from './action.js';
import { failed } from './action.js';

/** `check`: a probe that must hold now. */
export const check: Action = {
  async perform(context) {
    const probe = context.step.spec.check;
    if (probe === undefined) throw new Error('internal error: check without a probe');
    const result = await context.probe(probe);
    context.print('note', `${result.text}\n`);
    if (result.verdict === 'holds') return { kind: 'done' };
    if (context.stopped()) return failed('cancelled', 'It was stopped before there was an answer.');
    const reason = result.verdict === 'does_not_hold' ? 'does_not_hold' : 'could_not_tell';
    return failed(reason, result.text, result.detail === undefined ? {} : { detail: result.detail });
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'A check only looks.' }),
};
