import type { PlanReport, ReportAdvisory, ReportQuestion } from '../../planner/index.js';
import { paint } from '../io.js';
import { fields, hanging, harmless } from './plan/layout.js';
import type { Look } from './plan/layout.js';
import { stepLines } from './plan/stepLines.js';
import { summary } from './plan/summary.js';

const SECTIONS = { prerequisites: 'Before', steps: 'Steps', finally: 'At the end' } as const;
const VERDICTS = { applies: 'applies', does_not_apply: 'does not apply', must_be_asked: 'must be asked' } as const;

/** A plan for a person, who may be tired: first what matters, then every step in order. */
export function planText(plan: PlanReport, look: Look): string {
  const report = harmless(plan);
  const parts: (readonly string[])[] = [
    [paint(look, 'bold', report.runbook.title), '', ...indented(fields(summary(report), look.width - 2))],
    report.warnings.flatMap(({ message }) => marked('yellow', '! ', message, look)),
    report.notes.flatMap(({ severity, text, link }) =>
      marked(severity === 'note' ? 'blue' : 'yellow', `${severity}: `, `${text}${link === undefined ? '' : ` ${link}`}`, look),
    ),
    section(
      'Advisories',
      report.advisories.flatMap((advisory) => advisoryLines(advisory, report, look)),
      look,
    ),
    section('Open questions', openLines(report, look), look),
    ...Object.entries(SECTIONS).map(([name, title]) => {
      const steps = report.steps.filter((step) => step.section === name);
      return section(title, stepLines(steps, report, look), look);
    }),
    section(
      'Next',
      report.next.flatMap(({ title, use, verdict, because }) => nextLines(title, use, verdict, because, look)),
      look,
    ),
    [paint(look, 'dim', `Digest ${report.digest}`)],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[], look: Look): readonly string[] {
  return lines.length === 0 ? [] : [paint(look, 'bold', title), ...lines];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function marked(style: 'blue' | 'yellow', mark: string, text: string, look: Look): readonly string[] {
  return hanging(mark, text, 0, look.width).map((line, index) =>
    index === 0 ? paint(look, style, mark.trimEnd()) + line.slice(mark.trimEnd().length) : line,
  );
}

function advisoryLines({ severity, title, text, link, hops, demands }: ReportAdvisory, report: PlanReport, look: Look): readonly string[] {
  const lines = [...hanging('', `${severity}: ${title}`, 2, look.width)];
  for (const { numbers, verdict, because } of sameHops(hops)) {
    const where =
      numbers.length === 0 || report.hops.length <= 1 || numbers.length === report.hops.length ? '' : `hop ${numbers.join(', ')}: `;
    const style = verdict === 'applies' ? 'yellow' : verdict === 'must_be_asked' ? 'cyan' : 'dim';
    lines.push(...hanging('', `${where}${VERDICTS[verdict]}, because ${because}`, 4, look.width).map((line) => paint(look, style, line)));
  }
  if (hops.some(({ verdict }) => verdict !== 'does_not_apply')) {
    const demanded = { nothing: '', acknowledgement: ' It must be acknowledged.', stop: ' It forbids the upgrade.' }[demands];
    lines.push(...hanging('', `${text.trim()}${demanded}${link === undefined ? '' : ` ${link}`}`, 4, look.width));
  }
  return lines;
}

/** Hops of which the same is to be said, together. */
function sameHops(
  hops: ReportAdvisory['hops'],
): readonly (Pick<ReportAdvisory['hops'][number], 'verdict' | 'because'> & { readonly numbers: readonly number[] })[] {
  const said = new Map<string, ReportAdvisory['hops'][number][]>();
  for (const hop of hops) said.set(`${hop.verdict} ${hop.because}`, [...(said.get(`${hop.verdict} ${hop.because}`) ?? []), hop]);
  return [...said.values()].flatMap((same) =>
    same.slice(0, 1).map(({ verdict, because }) => ({ verdict, because, numbers: same.flatMap(({ hop }) => hop ?? []) })),
  );
}

/** What is told below open questions. */
const GIVE =
  'Give what you know with --fact NAME=VALUE or --fact NAME@HOST=VALUE; of a file that a step uses, with --fact STEP.NAME=VALUE.';

function openLines({ open_roles: roles, questions }: PlanReport, look: Look): readonly string[] {
  const groups = new Map<string, ReportQuestion[]>();
  for (const question of questions) {
    const key = [question.fact, question.decides, question.text, question.used_by].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  const rows = [
    ...roles.map(({ role, of }) => [role, `Which of ${of.join(', ')} is it? The hosts are asked before there is a plan.`] as const),
    ...[...groups.values()].map((same) => [same[0]?.fact ?? '', openText(same)] as const),
  ];
  const hint = questions.length > 0 ? hanging('', GIVE, 2, look.width) : [];
  return [...indented(fields(rows, look.width - 2)), ...hint];
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

function nextLines(title: string, use: string, verdict: 'yes' | 'no' | 'asked', because: string, look: Look): readonly string[] {
  const reason = { yes: '', no: `: not now, ${because}`, asked: `: perhaps, ${because}` }[verdict];
  return hanging('', `${title} (${use})${reason}`, 2, look.width).map((line) => (verdict === 'no' ? paint(look, 'dim', line) : line));
}
