import type { Action } from './action.js';
import { failed, specOf } from './action.js';

/** `check`: a probe that must hold now. */
export const check: Action = {
  async perform(context) {
    const result = await context.probe(specOf(context, 'check'));
    context.print('note', `${result.text}\n`);
    if (result.verdict === 'holds') return { kind: 'done' };
    if (context.stopped()) return failed('cancelled', 'It was stopped before there was an answer.');
    const reason = result.verdict === 'does_not_hold' ? 'does_not_hold' : 'could_not_tell';
    return failed(reason, result.text, result.detail === undefined ? {} : { detail: result.detail });
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'A check only looks.' }),
};
