import type { Action } from './action.js';
import { failed, specOf } from './action.js';

/** `wait`: a probe that is asked until it holds. The attempt's time limit ends it. */
export const wait: Action = {
  async perform(context) {
    const probe = specOf(context, 'wait');
    let result = await context.probe(probe);
    for (;;) {
      if (result.verdict === 'holds') {
        context.print('note', `${result.text}\n`);
        return { kind: 'done' };
      }
      context.progress(result.text);
      await context.sleep(context.step.everyMs);
      const seen = await context.probe(probe);
      // A look that the time limit cut short saw nothing; what was seen before is the reason.
      if (!context.signal.aborted || seen.verdict === 'holds') result = seen;
      if (context.signal.aborted && result.verdict !== 'holds')
        return failed(
          context.stopped() ? 'cancelled' : 'timeout',
          `still waiting: ${result.text}`,
          result.detail === undefined ? {} : { detail: result.detail },
        );
    }
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'A wait only looks.' }),
};
