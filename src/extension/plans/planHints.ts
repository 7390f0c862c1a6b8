import { showInLine } from '../../events/index.js';
import type { OutlineNode } from '../../language/index.js';
import { durationText } from '../../planner/index.js';
import type { Draft, Plan } from '../../planner/index.js';
import { placesByLine, plannedAs } from './placesByLine.js';
import type { PlanNode } from './placesByLine.js';

/** Hosts that are named before the rest is only counted. */
const MOST_NAMED = 4;

/** Something to show at the end of a line, 1 for the first. */
export interface PlanHint {
  readonly line: number;
  readonly label: string;
  readonly tooltip: string;
}

/** What a plan says of each step of a text: its hosts, and for groups how long their steps are expected to take. */
export function planHints(
  plan: Plan,
  file: string,
  outline: readonly OutlineNode[],
  lineAt: (offset: number) => number,
): readonly PlanHint[] {
  const places = placesByLine(plan, file);
  const hints: PlanHint[] = [];
  const visit = (node: OutlineNode): void => {
    const found = plannedAs(node, lineAt(node.range.start), places);
    const label = [hostsText(found), estimateText(found)].filter((part) => part !== '').join(' · ');
    const tooltip = found.map(({ path, title }) => `${showInLine(title)} (${path})`).join('\n');
    if (label !== '') hints.push({ line: lineAt(node.selection.end), label, tooltip });
    node.children.forEach(visit);
  };
  outline.forEach(visit);
  return hints;
}

/** The state a plan is in, compared with that of the last run. */
export function digestHint(
  draft: Draft,
  last: { readonly plan: Plan; readonly digest: string; readonly approved: boolean },
  when: string,
): string {
  if (draft.plan === undefined) return '';
  if (draft.plan.environment.id !== last.plan.environment.id)
    return draft.plan.runbook.digest === last.plan.runbook.digest ? `unchanged since the run of ${when}, elsewhere` : '';
  if (draft.digest === last.digest) return last.approved ? `as approved for the run of ${when}` : `as in the run of ${when}`;
  const isSame = draft.plan.runbook.digest === last.plan.runbook.digest;
  return isSame ? `the text as in the run of ${when}, the plan not` : `changed since the run of ${when}`;
}

/** `→ 3 hosts: app1, app2, app3`; nothing for steps about no host. */
function hostsText(nodes: readonly PlanNode[]): string {
  const hosts = [...new Set(nodes.flatMap(hostsOf))];
  if (hosts.length === 0) return '';
  const named = hosts.slice(0, MOST_NAMED).join(', ');
  const more = hosts.length > MOST_NAMED ? `, and ${String(hosts.length - MOST_NAMED)} more` : '';
  return `→ ${hosts.length === 1 ? '' : `${String(hosts.length)} hosts: `}${named}${more}`;
}

function hostsOf(node: PlanNode): readonly string[] {
  return node.kind === 'group' ? node.hosts : node.targets.flatMap(({ about }) => about);
}

/** A step says itself what one attempt takes; what adds up is of interest. */
function estimateText(nodes: readonly PlanNode[]): string {
  const isOne = nodes.length === 1 && nodes[0]?.kind === 'step' && nodes[0].targets.length <= nodes[0].parallel;
  const total = nodes.reduce((sum, node) => sum + expected(node), 0);
  return total === 0 || isOne ? '' : `about ${durationText(total)}`;
}

function expected(node: PlanNode): number {
  if (node.kind === 'group') return node.children.reduce((sum, child) => sum + expected(child), 0);
  return (node.estimateMs ?? 0) * Math.ceil(node.targets.length / Math.max(1, node.parallel));
}
