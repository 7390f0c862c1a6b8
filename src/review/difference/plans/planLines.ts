import { canonicalJson, stepsOf } from '../../../planner/index.js';
import type { Draft, PlanStep } from '../../../planner/index.js';

/** How one plan differs from another one in one step, or as a whole. */
export interface PlanLine {
  /** `+` and `-`: only one of the plans has the step; `~`: both have it, differently; `!`: the new plan as a whole is worse. */
  readonly sign: '+' | '-' | '~' | '!';
  /** Path in the plan, without batches and hops; absent for the plan as a whole. */
  readonly path?: string;
  /** `gate "Approve" on server`; for `~`, with what differs. */
  readonly what: string;
}

/** What of a plan is compared: enough to tell what is done where, and no words for people. */
export interface PlanSketch {
  /** By path without batches and hops, in the order of the plan. */
  readonly steps: ReadonlyMap<string, StepSketch>;
  /** Why there is no plan; orders that the plan breaks. */
  readonly troubles: readonly string[];
}

interface StepSketch {
  readonly title: string;
  readonly sort: string;
  readonly hosts: readonly string[];
  /** Where it is performed, and in how many batches or hops. */
  readonly at: readonly string[];
  readonly rounds: number;
  /** Parts that are compared, by their names, as canonical text. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Takes of a draft what is compared. */
export function sketchOf({ plan, problems, proof }: Draft): PlanSketch {
  const steps = new Map<string, StepSketch>();
  for (const step of stepsOf(plan?.steps ?? [])) {
    const path = step.path.replace(/@[^/]*/g, '');
    const known = steps.get(path);
    steps.set(path, known === undefined ? stepSketch(step) : merged(known, step));
  }
  const broken = (proof?.violations ?? []).map(({ step }) => `an order is broken at "${step.title}"`);
  return { steps, troubles: plan === undefined ? problems.map(({ diagnostic }) => `no plan: ${diagnostic.message}`) : broken };
}

function stepSketch(step: PlanStep): StepSketch {
  const ways = Object.values(step.methods);
  const isGate = step.action === 'manual' || (ways.length > 0 && ways.every(({ action }) => action === 'manual'));
  return {
    title: step.title,
    sort: isGate ? 'gate' : step.action === 'check' || step.action === 'wait' ? 'check' : 'step',
    hosts: [...new Set(step.targets.flatMap(({ about }) => about))],
    at: [...new Set(step.targets.map(({ at }) => at))],
    rounds: 1,
    parts: {
      action: canonicalJson([step.action, ways.map(({ action }) => action)]),
      'hosts at a time': canonicalJson(step.parallel),
      conditions: canonicalJson(step.conditions.map(({ cel }) => cel)),
      effects: canonicalJson([step.effects, step.stages]),
      proof: canonicalJson([step.evidence, step.spec.approver, step.optional, ways.map(({ evidence }) => evidence)]),
      verification: canonicalJson([step.spec.verify, step.spec.check, step.spec.wait]),
      undo: canonicalJson([step.undo.length, step.spec.irreversible !== undefined]),
    },
  };
}

/** A step of several batches or hops is one. */
function merged(known: StepSketch, step: PlanStep): StepSketch {
  const other = stepSketch(step);
  const union = (some: readonly string[], others: readonly string[]): readonly string[] => [...new Set([...some, ...others])];
  return { ...known, hosts: union(known.hosts, other.hosts), at: union(known.at, other.at), rounds: known.rounds + 1 };
}

/** What the second plan does that the first one does not, and the other way round. Steps that only have another path are the same. */
export function planLines(old: PlanSketch, now: PlanSketch): readonly PlanLine[] {
  const moved = movedSteps(old, now);
  const lines: PlanLine[] = now.troubles.filter((trouble) => !old.troubles.includes(trouble)).map((what) => ({ sign: '!', what }));
  if (now.steps.size === 0 || old.steps.size === 0) return lines;
  for (const [path, step] of old.steps) if (!now.steps.has(path) && !moved.has(path)) lines.push({ sign: '-', path, what: inWords(step) });
  const came = new Set(moved.values());
  for (const [path, step] of now.steps) {
    const before = old.steps.get(path);
    if (before === undefined) {
      if (!came.has(path)) lines.push({ sign: '+', path, what: inWords(step) });
      continue;
    }
    const parts = differingParts(before, step);
    if (parts.length > 0) lines.push({ sign: '~', path, what: `${inWords(step)}: ${parts.join(', ')}` });
  }
  return [...lines, ...otherOrder(old, now)];
}

function differingParts(old: StepSketch, now: StepSketch): readonly string[] {
  const differ = (some: readonly string[], others: readonly string[]): boolean => some.join('\n') !== others.join('\n');
  const hosts = differ(old.hosts, now.hosts) ? [`hosts ${namesOf(old)} → ${namesOf(now)}`] : [];
  const place = hosts.length === 0 && differ(old.at, now.at) ? ['place'] : [];
  const rounds = old.rounds === now.rounds ? [] : [`rounds ${String(old.rounds)} → ${String(now.rounds)}`];
  const parts = Object.keys(now.parts).filter((part) => old.parts[part] !== now.parts[part]);
  return [...hosts, ...place, ...rounds, ...parts];
}

function movedSteps(old: PlanSketch, now: PlanSketch): ReadonlyMap<string, string> {
  const free = new Map<string, string[]>();
  for (const [path, step] of now.steps) {
    if (old.steps.has(path)) continue;
    const key = canonicalJson(step);
    free.set(key, [...(free.get(key) ?? []), path]);
  }
  const found = new Map<string, string>();
  for (const [path, step] of old.steps) {
    const partner = now.steps.has(path) ? undefined : free.get(canonicalJson(step))?.shift();
    if (partner !== undefined) found.set(path, partner);
  }
  return found;
}

/** The first step that comes earlier than before. */
function otherOrder(old: PlanSketch, now: PlanSketch): readonly PlanLine[] {
  const before = [...old.steps.keys()].filter((path) => now.steps.has(path));
  const after = [...now.steps.keys()].filter((path) => old.steps.has(path));
  const at = before.findIndex((path, index) => after[index] !== path);
  const [first, second] = [now.steps.get(after[at] ?? ''), now.steps.get(before[at] ?? '')];
  if (at < 0 || first === undefined || second === undefined) return [];
  return [{ sign: '~', path: after[at] ?? '', what: `${first.sort} "${first.title}" comes before "${second.title}"` }];
}

function inWords(step: StepSketch): string {
  return `${step.sort} "${step.title}"${step.hosts.length === 0 ? '' : ` on ${namesOf(step)}`}`;
}

/** `minion_1` and `minion_2` are made up: what counts is that they are minions. */
function namesOf({ hosts }: StepSketch): string {
  return [...new Set(hosts)].join(', ') || 'none';
}
