import { showControls, showInLine } from '../../events/index.js';
import type { Gate, RunState, TargetStatus } from '../../events/index.js';
import type { OutlineNode } from '../../language/index.js';
import type { Plan } from '../../planner/index.js';
import { standingOfNode } from '../../protocol/index.js';
import type { PlanNode, PlanStep, Standing } from '../../protocol/index.js';

/** One line of the tree of steps. */
export interface StepNode {
  /** Unique in the tree and the same from one drawing to the next, so that what is open stays open. */
  readonly id: string;
  readonly kind: 'phase' | 'step' | 'host';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly standing: Standing | undefined;
  /** What `runStep`, `runFrom` and `skipStep` are given. */
  readonly path: string;
  /** Where its text stands: a line (1-based) of a file relative to the runbook, or an offset in the runbook. */
  readonly place: { readonly file: string; readonly line: number } | { readonly offset: number };
  /** The host whose terminal it may open. */
  readonly host?: string;
  /** Gate through which it can be skipped now. */
  readonly skipGate?: string;
  /** Its lines are not shown until they are asked for. */
  readonly closed?: boolean;
  readonly children: readonly StepNode[];
}

/** Lines for a runbook as it is written, without an environment. */
export function nodesOfOutline(outline: readonly OutlineNode[]): readonly StepNode[] {
  const nodes = (list: readonly OutlineNode[], prefix: string): readonly StepNode[] =>
    list.map((node, index) => {
      const id = `${prefix}/${node.path === '' ? String(index) : node.path}`;
      const title = showInLine(node.title === '' ? (node.id ?? 'step') : node.title);
      return {
        id,
        kind: node.children.length > 0 ? 'phase' : 'step',
        label: title,
        description: [node.on.join(', '), node.section === 'steps' || prefix !== 'outline' ? '' : node.section]
          .filter((text) => text !== '')
          .join(' · '),
        tooltip: `${title}\n${node.action ?? ''}`.trim(),
        standing: undefined,
        path: node.path,
        place: { offset: node.selection.start },
        children: nodes(node.children, id),
      };
    });
  // Procedures are definitions: what is done comes first.
  const lines = nodes(outline, 'outline');
  const isProcedure = (index: number): boolean => outline[index]?.section === 'procedures';
  return [
    ...lines.filter((_, index) => !isProcedure(index)),
    ...lines.filter((_, index) => isProcedure(index)).map((node) => ({ ...node, closed: true })),
  ];
}

/** Lines for a plan: every step has its hosts. */
export function nodesOfPlan(plan: Plan): readonly StepNode[] {
  return plan.steps.map((node) => planNode(node, undefined));
}

/** Lines for a run: every step and host says how it stands. */
export function nodesOfRun(state: RunState, live: boolean): readonly StepNode[] {
  return state.plan.steps.map((node) => planNode(node, { state, live }));
}

interface Run {
  readonly state: RunState;
  readonly live: boolean;
}

function planNode(node: PlanNode, run: Run | undefined): StepNode {
  const whole = run === undefined ? undefined : standingOfNode(run.state, node);
  const shared = {
    id: `plan/${node.path}`,
    label: showInLine(node.title),
    tooltip: showControls(`${node.title}\n${node.path}`),
    standing: whole?.standing,
    path: node.path,
    place: node.at,
  };
  if (node.kind === 'group') {
    const description = whole === undefined ? '' : `${String(whole.done)}/${String(whole.total)}`;
    return { ...shared, kind: 'phase', description, children: node.children.map((child) => planNode(child, run)) };
  }
  const gate = run?.live === true ? run.state.gates.find((open) => isSkippable(open, node.path)) : undefined;
  const hosts = node.targets.flatMap((target) => (target.about.length === 1 ? [hostNode(node, target.key, target.at, run)] : []));
  const [first] = node.targets;
  const single = node.targets.length === 1 ? first : undefined;
  return {
    ...shared,
    kind: 'step',
    description: describeStep(node, hosts),
    ...(single === undefined ? {} : { host: single.at }),
    ...(gate === undefined ? {} : { skipGate: gate.id }),
    children: hosts.length > 1 ? hosts : [],
  };
}

/** A step on one host says how it stands there; one on several names them. */
function describeStep(step: PlanStep, hosts: readonly StepNode[]): string {
  const [first] = hosts;
  if (first !== undefined)
    return hosts.length === 1
      ? [first.label, first.description].filter((text) => text !== '').join(' · ')
      : hosts.map(({ label }) => label).join(', ');
  const [only] = step.targets;
  return only === undefined || only.at === 'local' ? 'once' : `once, from ${only.at}`;
}

function hostNode(step: PlanStep, key: string, at: string, run: Run | undefined): StepNode {
  const target = run?.state.steps[step.path]?.[key];
  const attempt = target?.attempts.at(-1);
  const words =
    target === undefined
      ? ''
      : showInLine(describe(target.status, target.skipped?.text ?? attempt?.ended?.failure?.message ?? attempt?.progress));
  const gate =
    run?.live === true
      ? run.state.gates.find((open) => isSkippable(open, step.path) && 'target' in open && open.target === key)
      : undefined;
  return {
    id: `plan/${step.path}#${key}`,
    kind: 'host',
    label: key,
    description: words,
    tooltip: words === '' ? key : `${key}: ${words}`,
    standing: target?.status,
    path: step.path,
    place: step.at,
    host: at,
    ...(gate === undefined ? {} : { skipGate: gate.id }),
    children: [],
  };
}

function describe(status: TargetStatus, more: string | undefined): string {
  const words = status === 'unknown' ? 'nobody knows how it ended' : status === 'pending' ? '' : status;
  return more === undefined || status === 'succeeded' || status === 'pending' ? words : `${words}: ${more}`;
}

function isSkippable(gate: Gate, path: string): boolean {
  return (gate.kind === 'manual' || gate.kind === 'failure' || gate.kind === 'method') && gate.step === path;
}
