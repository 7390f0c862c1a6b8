import type { Probe } from '../../language/index.js';
import type { AskProbe, ProbeContext, Verdict } from './probe.js';

type Run = (probe: Probe, context: ProbeContext) => Promise<Verdict>;

/** Every one holds. One that does not hold decides, whatever the others could not tell. */
export function allProbe(run: Run): AskProbe<'all'> {
  return (probes, context) => combine(run, probes, context, 'does_not_hold', 'holds');
}

/** At least one holds. One that holds decides, and gives its value. */
export function anyProbe(run: Run): AskProbe<'any'> {
  return (probes, context) => combine(run, probes, context, 'holds', 'does_not_hold');
}

/** The one inside does not hold. Could-not-tell stays could-not-tell. */
export function notProbe(run: Run): AskProbe<'not'> {
  return async (probe, context) => {
    const { verdict, text, detail } = await run(probe, context);
    const turned = verdict === 'holds' ? 'does_not_hold' : verdict === 'does_not_hold' ? 'holds' : verdict;
    return { verdict: turned, text, ...(detail === undefined ? {} : { detail }) };
  };
}

/** Asks one after the other until one decides. Without a decision, one that could not tell outweighs those that could. */
async function combine(
  run: Run,
  probes: readonly Probe[],
  context: ProbeContext,
  deciding: Verdict['verdict'],
  otherwise: Verdict['verdict'],
): Promise<Verdict> {
  const asked: Verdict[] = [];
  for (const probe of probes) {
    const verdict = await run(probe, context);
    if (verdict.verdict === deciding) return verdict;
    asked.push(verdict);
  }
  const open = asked.filter(({ verdict }) => verdict === 'could_not_tell');
  const shown = open.length > 0 ? open : asked;
  return {
    verdict: open.length > 0 ? 'could_not_tell' : otherwise,
    text: shown.map(({ text }) => text).join('; '),
    ...(asked.length > 1 ? { detail: asked.map(({ verdict, text }) => `${spoken[verdict]}: ${text}`).join('\n') } : {}),
  };
}

const spoken: Readonly<Record<Verdict['verdict'], string>> = {
  holds: 'holds',
  does_not_hold: 'does not hold',
  could_not_tell: 'could not tell',
};
