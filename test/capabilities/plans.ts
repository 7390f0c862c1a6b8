import { SECRET_SERVER, SECRET_SERVER_LAB, secretServer, SPS, SPS_MINIONS, URBANCODE, URBANCODE_THREE } from './circumstances.js';
import type { Circumstances, Examples } from './examples.js';
import { reportOf } from '../../src/planner/index.js';
import type { Draft, Plan, PlanReport } from '../../src/planner/index.js';

const SPS_HOSTS = ['sps_primary', 'sps_secondary', 'minion_1', 'minion_2'];
const UCD_HOSTS = ['ucd_1', 'ucd_2', 'ucd_3'];

/** The pair of SPS nodes with two Search Minions, all on 7.0.1. */
export const SPS_OLD: Circumstances = { facts: Object.fromEntries(SPS_HOSTS.map((host) => [`installed@${host}`, '7.0.1'])) };

/** The production inventory of SPS, which has windows, a rehearsal and a model of appliance. */
export const PRODUCTION = 'sps/production.inventory.yaml';

/** Its hosts, all on 7.0.1. */
export const SPS_PRODUCTION: Circumstances = {
  facts: Object.fromEntries(['sps1', 'sps2', 'search1', 'search2'].map((host) => [`installed@${host}.example.com`, '7.0.1'])),
};

export function spsPlan(examples: Examples): Promise<Plan> {
  return examples.plan(SPS, SPS_MINIONS, SPS_OLD);
}

export function spsDraft(examples: Examples): Promise<Draft> {
  return examples.draft(SPS, SPS_MINIONS, SPS_OLD);
}

/** Three UrbanCode servers before 6.1.1.5. */
export function urbanCodePlan(examples: Examples, inputs: Circumstances['inputs'] = {}): Promise<Plan> {
  const facts = Object.fromEntries(UCD_HOSTS.map((host) => [`installed@${host}`, '6.1.1.0']));
  return examples.plan(URBANCODE, URBANCODE_THREE, { facts, inputs });
}

/** Secret Server, one hop from 10.5.000000 to 10.6.000000 through the setup pages. */
export function secretServerPlan(examples: Examples): Promise<Plan> {
  return examples.plan(SECRET_SERVER, SECRET_SERVER_LAB, secretServer('10.5.000000', { inputs: { target: '10.6.000000' } }));
}

/** What is shown of the plan of the pair with two Search Minions. */
export function spsReport(examples: Examples): Promise<PlanReport> {
  return reportIn(examples, SPS, SPS_MINIONS, SPS_OLD);
}

/** What is shown of a plan, which must have no problem; at a time, in milliseconds since 1970, if windows matter. */
export async function reportIn(
  examples: Examples,
  runbook: string,
  inventory: string,
  circumstances: Circumstances,
  now?: number,
): Promise<PlanReport> {
  const draft = await examples.draft(runbook, inventory, circumstances);
  const { plan } = draft;
  if (plan === undefined) throw new Error(draft.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return reportOf({ ...draft, plan }, now === undefined ? {} : { now });
}

/** A plan in which one of the outermost steps, with all that stands in it, comes before another one. */
export function moved(plan: Plan, path: string, before: string): Plan {
  const step = plan.steps.find((node) => node.path === path);
  const rest = plan.steps.filter((node) => node !== step);
  const at = rest.findIndex((node) => node.path === before);
  if (step === undefined || at === -1) throw new Error(`the plan has no ${path} and ${before}`);
  return { ...plan, steps: rest.toSpliced(at, 0, step) };
}
