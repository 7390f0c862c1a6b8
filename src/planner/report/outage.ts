import type { EffectName } from '../../language/index.js';
import type { Plan } from '../plan.js';
import type { ReportOutage, ReportStep, ReportTimeline } from './planReport.js';
import { nameOfStep } from './steps.js';

const TAKES_AWAY: readonly EffectName[] = ['stop', 'isolate', 'boot', 'upgrade', 'destroy'];
const BRINGS_BACK: readonly EffectName[] = ['start', 'boot', 'rejoin'];

/** From the first step that takes hosts out of service to the last that brings one back: those the outage is declared for, else any. */
export function outageOf(plan: Plan, steps: readonly ReportStep[], timeline: ReportTimeline): ReportOutage | undefined {
  const concerned = plan.outage?.hosts;
  const disturbs = ({ hosts, verdict }: ReportStep): boolean =>
    verdict !== 'no' && hosts.some((host) => concerned === undefined || concerned.includes(host));
  const touching = steps.filter(disturbs);
  const first = touching.find(({ effects }) => effects.some((effect) => TAKES_AWAY.includes(effect)));
  if (first === undefined) return undefined;
  const last = touching.findLast(({ effects, number }) => number >= first.number && effects.some((effect) => BRINGS_BACK.includes(effect)));
  const entryOf = (path: string): ReportTimeline['entries'][number] | undefined => timeline.entries.find((entry) => entry.path === path);
  const starts = entryOf(first.path)?.starts_after_ms ?? 0;
  const lastEntry = last === undefined ? timeline.entries.at(-1) : entryOf(last.path);
  const ends = lastEntry === undefined ? starts : lastEntry.starts_after_ms + lastEntry.length_ms;
  const between = steps.filter(({ number, verdict }) => number >= first.number && number <= (last?.number ?? Infinity) && verdict !== 'no');
  const hosts = concerned ?? [
    ...new Set(touching.filter(({ effects }) => effects.some((effect) => TAKES_AWAY.includes(effect))).flatMap((step) => step.hosts)),
  ];
  return {
    hosts,
    ...(plan.outage === undefined ? {} : { because: plan.outage.because }),
    from: nameOfStep(first),
    ...(last === undefined ? {} : { to: nameOfStep(last) }),
    starts_after_ms: starts,
    length_ms: Math.max(ends - starts, 0),
    steps_without_estimate: between.filter(({ estimate_ms }) => estimate_ms === undefined).length,
  };
}
