import type { Action } from './action.js';
import { failed } from './action.js';

/** `wait`: a probe that is asked until it holds. The attempt's time limit ends it. */
export const wait: Action = {
  async perform(context) {
    const probe = context.step.spec.wait;
    if (probe === undefined) throw new Error('internal error: wait without a probe');
    for (;;) {
      const result = await context.probe(probe);
      if (result.verdict === 'holds') {
        context.print('note', `${result.text}\n`);
        return { kind: 'done' };
      }
      context.progress(result.text);
      if (!context.signal.aborted) await context.sleep(context.step.everyMs);
      if (context.signal.aborted)
        return failed('timeout', `still waiting: ${result.text}`, result.detail === undefined ? {} : { detail: result.detail });
    }
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'A wait only looks.' }),
};
