import { stepsOf } from '../../planner/index.js';
import type { Draft, Plan, PlanNode, PlanStep } from '../../planner/index.js';
import { paint } from '../io.js';
import type { Io } from '../io.js';
import { duration } from './duration.js';

const SECTIONS = { prerequisites: 'Before', steps: 'Steps', finally: 'At the end' } as const;

/** A plan for a person: where, what in which order, what cannot be taken back, what is still open. */
export function planText(plan: Plan, draft: Pick<Draft, 'digest' | 'openRoles' | 'questions'>, io: Pick<Io, 'color'>): string {
  const lines = [
    paint(io, 'bold', plan.runbook.title),
    `${plan.environment.title}${plan.environment.production ? ' (production)' : ''}`,
    '',
  ];
  for (const [role, hosts] of Object.entries(plan.scopes['main']?.roles ?? {})) {
    const open = draft.openRoles.some((candidate) => candidate.role === role);
    lines.push(`  ${role.padEnd(16)} ${open ? 'found when the hosts are asked' : hosts.length === 0 ? 'none' : hosts.join(', ')}`);
  }
  for (const note of plan.notes)
    lines.push(
      '',
      `${paint(io, note.severity === 'note' ? 'blue' : 'yellow', note.severity)}: ${note.text}${note.link === undefined ? '' : ` (${note.link})`}`,
    );
  for (const [section, title] of Object.entries(SECTIONS)) {
    const nodes = plan.steps.filter((node) => firstStep(node)?.section === section);
    if (nodes.length > 0) lines.push('', paint(io, 'bold', title), ...nodes.flatMap((node) => nodeLines(node, 1, io)));
  }
  const steps = [...stepsOf(plan.steps)];
  const estimate = steps.reduce((sum, step) => sum + (step.estimateMs ?? 0) * Math.ceil(step.targets.length / step.parallel), 0);
  const irreversible = steps.filter((step) => step.spec.irreversible !== undefined);
  lines.push('', `${String(steps.length)} steps${estimate > 0 ? `, about ${duration(estimate)} of estimated work` : ''}.`);
  if (irreversible.length > 0)
    lines.push(
      paint(io, 'yellow', 'Cannot be taken back:'),
      ...irreversible.map((step) => `  ${step.title}: ${step.spec.irreversible ?? ''}`),
    );
  if (draft.questions.length > 0) {
    lines.push(
      'To be found out on the way:',
      ...draft.questions.map(
        (question) =>
          `  ${question.text}${question.host === undefined ? '' : ` (${question.host})`}${question.probed ? '' : ' – asked of a person'}`,
      ),
    );
  }
  lines.push(paint(io, 'dim', `Digest ${draft.digest}`), '');
  return lines.join('\n');
}

function nodeLines(node: PlanNode, depth: number, io: Pick<Io, 'color'>): readonly string[] {
  const indent = '  '.repeat(depth);
  if (node.kind === 'group')
    return [`${indent}${paint(io, 'bold', node.title)}`, ...node.children.flatMap((child) => nodeLines(child, depth + 1, io))];
  const marks = [
    node.conditions.length > 0 ? `if ${node.conditions.map((condition) => condition.cel).join(' and ')}` : '',
    node.action === 'manual' ? 'by a person' : '',
    node.spec.irreversible === undefined ? '' : 'cannot be taken back',
    node.estimateMs === undefined ? '' : `about ${duration(node.estimateMs)}`,
  ].filter((mark) => mark !== '');
  return [
    `${indent}${node.title}  ${paint(io, 'cyan', where(node))}${marks.length === 0 ? '' : paint(io, 'dim', `  [${marks.join('; ')}]`)}`,
  ];
}

/** The hosts a step is about and, when that is elsewhere, where it is performed. */
function where(step: PlanStep): string {
  const about = [...new Set(step.targets.flatMap((target) => target.about))];
  const at = [...new Set(step.targets.map((target) => target.at))];
  const elsewhere = at.filter((host) => !about.includes(host));
  const once = step.targets.some((target) => target.about.length > 1) ? ' once' : '';
  return `${about.join(', ')}${once}${elsewhere.length === 0 || about.length === 0 ? '' : ` from ${elsewhere.join(', ')}`}`;
}

function firstStep(node: PlanNode): PlanStep | undefined {
  for (const step of stepsOf([node])) return step;
  return undefined;
}
