import type { Draft } from '../../planner/index.js';
import type { PlanNode } from '../../protocol/index.js';

/** A draft as text: environment, steps with their hosts, and what is still open. */
export function planText(draft: Draft): string {
  const { plan } = draft;
  if (plan === undefined)
    return [
      'There is no plan yet:',
      ...draft.problems.map(({ file, diagnostic }) => `  ${file.split('/').at(-1) ?? file}: ${diagnostic.message}`),
      '',
    ].join('\n');
  const hosts = Object.values(plan.hosts).map((host) => `  ${host.name}  ${host.user === undefined ? '' : `${host.user}@`}${host.address}`);
  const questions = draft.questions.map(
    ({ text, host, probed }) => `  ${text}${host === undefined ? '' : ` (${host})`}${probed ? ' – the host is asked first' : ''}`,
  );
  const roles = draft.openRoles.map(({ role, of }) => `  which of ${of.join(', ')} is ${role}`);
  return [
    `${plan.runbook.title} on ${plan.environment.title}${plan.environment.production ? ' (production)' : ''}`,
    `digest ${draft.digest}`,
    '',
    'Hosts',
    ...hosts,
    '',
    'Steps',
    ...plan.steps.flatMap((node) => lines(node, 1)),
    ...(questions.length + roles.length === 0 ? [] : ['', 'Found out or asked during the run', ...roles, ...questions]),
    '',
  ].join('\n');
}

function lines(node: PlanNode, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  if (node.kind === 'group') return [`${indent}${node.title}`, ...node.children.flatMap((child) => lines(child, depth + 1))];
  const where = node.targets.map(({ key, at }) => (key === '-' ? (at === 'local' ? 'this machine' : at) : key)).join(', ');
  const conditions = node.conditions.map(({ cel }) => cel);
  return [
    `${indent}${node.title}  [${node.action}: ${where}]${conditions.length === 0 ? '' : `  when ${conditions.join(' and ')}`}${node.spec.irreversible === undefined ? '' : '  (cannot be taken back)'}`,
  ];
}
