import type { PlanReport, ReportQuestion } from '../planReport.js';

/** What is not known yet, as names and texts: who has a role, and facts, those that are open on several hosts once. */
export function openQuestions({
  open_roles: roles,
  questions,
}: Pick<PlanReport, 'open_roles' | 'questions'>): readonly (readonly [name: string, text: string])[] {
  const groups = new Map<string, ReportQuestion[]>();
  for (const question of questions) {
    const key = [question.fact, question.decides, question.text, question.used_by].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return [
    ...roles.map(({ role, of }) => [role, `Which of ${of.join(', ')} is it? The hosts are asked before there is a plan.`] as const),
    ...[...groups.values()].map((same) => [same[0]?.fact ?? '', openText(same)] as const),
  ];
}

/** One fact that is open on some hosts: what is asked, of whom, and what hangs on it. */
function openText(same: readonly ReportQuestion[]): string {
  const [first] = same;
  if (first === undefined) return '';
  const hosts = same.flatMap(({ host }) => host ?? []);
  const who = first.asked_of === 'hosts' ? 'The hosts are asked' : 'A person is asked';
  const when = { path: ' before there is a plan', advisory: ', for an advisory', steps: '' };
  const whose = first.used_by === undefined ? '' : ` It is a fact of ${first.file}, used by step "${first.used_by}".`;
  return `${first.text}${hosts.length === 0 ? '' : ` (${hosts.join(', ')})`} ${who}${when[first.decides]}.${whose}`;
}
