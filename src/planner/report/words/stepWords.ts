import type { PlanReport, ReportStep } from '../planReport.js';
import { wallText } from '../zonedTime.js';

/** A sentence about a step. `perhaps`, `irreversible` and `too_late` ask for attention; `because`, `left_out` and `aside` for little. */
export interface StepRemark {
  readonly kind: 'left_out' | 'because' | 'perhaps' | 'gate' | 'irreversible' | 'impact' | 'aside' | 'lead_time' | 'too_late';
  readonly text: string;
}

/** What is to be said of a step beyond its title, hosts and time. Of one that is left out: why. */
export function remarksOf(step: ReportStep, report: Pick<PlanReport, 'lead_times' | 'window'>): readonly StepRemark[] {
  const about = (hosts: readonly string[]): string =>
    hosts.length === 0 || hosts.length === step.hosts.length ? '' : `${hosts.join(', ')}: `;
  const reasons = step.conditions.map(({ verdict, because, hosts }): StepRemark => {
    if (verdict === 'no') return { kind: 'left_out', text: `left out${about(hosts)}: ${because}` };
    return verdict === 'yes'
      ? { kind: 'because', text: `because${about(hosts) === '' ? '' : `${about(hosts)}:`} ${because}` }
      : { kind: 'perhaps', text: `perhaps${about(hosts)}: ${because}` };
  });
  if (step.verdict === 'no') return reasons.filter(({ kind }) => kind === 'left_out');
  const found: StepRemark[] = [...reasons];
  if (step.gate !== undefined) found.push({ kind: 'gate', text: gateText(step.gate) });
  if (step.irreversible !== undefined) found.push({ kind: 'irreversible', text: `cannot be taken back: ${step.irreversible}` });
  if (step.impact !== undefined) found.push({ kind: 'impact', text: step.impact });
  if (step.stages.length > 0) found.push({ kind: 'aside', text: `takes effect at the next boot: ${step.stages.join(', ')}` });
  if (step.undo.length > 0) found.push({ kind: 'aside', text: `undo: ${step.undo.map(({ title }) => title).join(', ')}` });
  return [...found, ...leadTimeRemarks(step, report)];
}

function leadTimeRemarks({ path }: ReportStep, report: Pick<PlanReport, 'lead_times' | 'window'>): readonly StepRemark[] {
  const lead = report.lead_times.find((one) => one.path === path);
  if (lead === undefined) return [];
  const text = `needs ${lead.needs}: ${lead.too_late ? 'too late for the next window, see above' : lead.because}`;
  const needed: StepRemark = { kind: lead.too_late ? 'too_late' : 'lead_time', text };
  if (lead.not_before === undefined || report.window === undefined) return [needed];
  const { zone } = report.window;
  const from = wallText(Date.parse(lead.not_before), zone);
  return [needed, { kind: 'aside', text: `done before ${from} ${zone} it no longer counts then` }];
}

function gateText({ kind, gives, methods, other_person: other }: NonNullable<ReportStep['gate']>): string {
  const who = other ? 'somebody other than the operator' : 'a person';
  const what = gives.length === 0 ? '' : `: ${gives.join('; ')}`;
  if (kind === 'optional') return `${who} may leave it out`;
  if (kind === 'method') return `${who} chooses: ${methods.join(' or ')}`;
  return `${who} does it${what}`;
}

/** The hosts a step is about and, when that is elsewhere, where it is performed. `hosts`: how they are told, by their names of itself. */
export function placeText(step: ReportStep, hosts = step.hosts.join(', ')): string {
  const { action, at, batch, once, at_once: atOnce } = step;
  // Where each host does it itself, the hosts say so; what is done once for several is done somewhere.
  const isElsewhere =
    (once && action !== 'manual') || at.some((host) => !step.hosts.includes(host)) || (!once && at.length < step.hosts.length);
  const elsewhere = (isElsewhere ? at : []).map((host) => (host === 'local' ? 'this machine' : host));
  // What a person does without a host is done nowhere in particular.
  if (step.hosts.length === 0) return action === 'manual' ? '' : elsewhere.join(', ');
  const serial = batch === undefined && !once && atOnce < step.hosts.length ? `, ${String(atOnce)} at a time` : '';
  return `${hosts}${once ? ', once for all' : serial}${elsewhere.length === 0 ? '' : ` from ${elsewhere.join(', ')}`}`;
}
