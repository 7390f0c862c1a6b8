import { isGroup, waysOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';
import { bootsIntoStaged } from '../stagedBefore.js';

/** These only add to what is there, or bring back what was there before. */
const HARMLESS = new Set(['backup', 'start', 'rejoin']);

export const changeWithoutUndo: Rule = {
  id: 'change-without-undo',
  family: 'safety',
  severity: 'warning',
  rationale: 'Before the first step, everybody must know from which one on there is no way back.',
  cites: ['capability 105'],
  *check(context) {
    const { steps, document } = context;
    const decisive = bootsIntoStaged(context);
    for (const { kind, step } of steps) {
      if (kind !== 'step' || isGroup(step) || step.undo !== undefined || step.irreversible !== undefined) continue;
      const effects = (step.effects ?? []).filter((effect) => !HARMLESS.has(effect));
      // What a reboot stops, it boots again.
      const reboots = waysOf(step).every((way) => way.reboot !== undefined);
      const comesBack = effects.every((effect) => effect === 'boot' || (reboots && effect === 'stop'));
      if (comesBack && step.stages === undefined && !decisive.has(step)) continue;
      const range = keyRange(document, step, 'effects', 'stages', 'reboot');
      if (range !== undefined)
        yield { range, message: 'nothing says how this is taken back; add "undo", or say in "irreversible" why it cannot be' };
    }
  },
};
