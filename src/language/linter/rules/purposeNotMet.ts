import type { EffectName } from '../../schema/steps.js';
import { effectsOf } from '../acts.js';
import { usedBy } from '../flow.js';
import type { FlowStep } from '../flow.js';
import type { Rule } from '../rule.js';

/** What a title that begins like this promises. */
const PURPOSES: readonly { readonly words: RegExp; readonly effects: readonly EffectName[] }[] = [
  { words: /^upgrade\b(?! (?:notes?|tests?|path|guide|log|plan|checks?|readiness|prerequisites?)\b)/i, effects: ['upgrade'] },
  { words: /^(?:reboot|restart)\b/i, effects: ['boot', 'start'] },
  { words: /^(?:stop|shut ?down|shut|power off|switch off)\b/i, effects: ['stop'] },
  { words: /^(?:start|power on|switch on)\b(?! over)/i, effects: ['start', 'boot'] },
  { words: /^(?:back up|backup)\b(?! (?:checks?|location|plan|notes?|policy)\b)/i, effects: ['backup'] },
  { words: /^(?:isolate|drain|take .*\bout of)\b/i, effects: ['isolate'] },
  { words: /^(?:rejoin|put .*\bback into)\b/i, effects: ['rejoin'] },
];

export const purposeNotMet: Rule = {
  id: 'purpose-not-met',
  family: 'correctness',
  severity: 'warning',
  rationale: 'A range that is one step too short looks right to everybody but does not do what its title says.',
  cites: ['capability 9'],
  *check(context) {
    const { document } = context;
    for (const { kind, step } of context.steps) {
      const purpose = kind === 'step' ? PURPOSES.find(({ words }) => words.test(step.title ?? '')) : undefined;
      if (purpose === undefined || step.use === undefined) continue;
      const range = document.positions.value(step, 'use');
      if (range === undefined) continue;
      const used = usedBy(step, context);
      if (used === undefined || purpose.effects.some((effect) => happens(effect, used))) continue;
      const said = (purpose.words.exec(step.title ?? '')?.[0] ?? '').toLowerCase();
      const effects = purpose.effects.map((effect) => `"${effect}"`).join(' or ');
      yield {
        range,
        message: `the title says "${said}", and nothing in "${step.use}" has the effect ${effects}; use the steps that do it, or declare the effect of the one that does`,
      };
    }
  },
};

/** What is staged happens at the next boot, and only when that is among the steps, too. */
function happens(effect: EffectName, used: readonly FlowStep[]): boolean {
  const effects = used.flatMap(({ step }) => effectsOf(step));
  const stages = used.flatMap(({ step }) => step.stages ?? []);
  return effects.includes(effect) || (stages.includes(effect) && effects.includes('boot'));
}
