import type { EffectName, Step } from '../language/index.js';

/**
 * Effects of a step, declared or not: a reboot is a stop and a boot, and a service is stopped or started, whether or not its author says
 * so. Where there are several ways, only what all of them do is certain.
 */
export function effectsOf(step: Step): readonly EffectName[] {
  const ways = step.methods === undefined ? [step] : Object.values(step.methods).map((method): Step => ({ ...step, ...method }));
  const [first = [], ...more] = ways.map(actedBy);
  const certain = first.filter((effect) => more.every((other) => other.includes(effect)));
  return [...new Set([...(step.effects ?? []), ...certain])];
}

function actedBy({ reboot, service }: Pick<Step, 'reboot' | 'service'>): readonly EffectName[] {
  if (reboot !== undefined) return ['stop', 'boot'];
  switch (service?.state) {
    case 'stopped':
      return ['stop'];
    case 'started':
      return ['start'];
    case 'restarted':
      return ['stop', 'start'];
    case undefined:
      return [];
  }
}
