import { changes, effectsOf, isGroup, isProbing, waysOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const changeWithoutVerify: Rule = {
  id: 'change-without-verify',
  severity: 'warning',
  rationale: 'That a command has ended says that it has ended. Only a look at the host says that it has done what it should.',
  *check({ steps, document }) {
    for (const { kind, step } of steps) {
      if (kind !== 'step' || isGroup(step) || !changes(step) || step.verify !== undefined || isProbing(step)) continue;
      // A reboot looks by itself whether the host is back.
      const isReboot = waysOf(step).every((way) => way.reboot !== undefined);
      if (isReboot && step.stages === undefined && effectsOf(step).every((effect) => effect === 'stop' || effect === 'boot')) continue;
      const range = keyRange(document, step, 'effects', 'stages');
      if (range !== undefined)
        yield { range, message: 'this step changes something, and nothing asks whether it has; add "verify" with a probe' };
    }
  },
};
