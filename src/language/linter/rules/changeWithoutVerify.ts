import { changes, effectsOf, isGroup, isProbing, waysOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';
import { bootsIntoStaged } from '../stagedBefore.js';

export const changeWithoutVerify: Rule = {
  id: 'change-without-verify',
  family: 'safety',
  severity: 'warning',
  rationale: 'That a command has ended says that it has ended. Only a look at the host says that it has done what it should.',
  cites: ['capability 95', 'capability 97'],
  *check(context) {
    const { steps, document } = context;
    const decisive = bootsIntoStaged(context);
    for (const { kind, step } of steps) {
      const isDecisive = decisive.has(step);
      if (kind !== 'step' || isGroup(step) || !(changes(step) || isDecisive) || step.verify !== undefined || isProbing(step)) continue;
      // A reboot looks by itself whether the host is back, but not whether it came back as something else.
      const isReboot = waysOf(step).every((way) => way.reboot !== undefined);
      if (isReboot && !isDecisive && step.stages === undefined && effectsOf(step).every((effect) => effect === 'stop' || effect === 'boot'))
        continue;
      const range = keyRange(document, step, 'effects', 'stages', 'reboot');
      if (range !== undefined)
        yield { range, message: 'this step changes something, and nothing asks whether it has; add "verify" with a probe' };
    }
  },
};
