import { advisoryText, nextText, openQuestions, summary, verdictsOf } from '../../planner/index.js';
import type { PlanReport, ReportAdvisory } from '../../planner/index.js';
import { paint } from '../io.js';
import { fields, hanging, harmless } from './plan/layout.js';
import type { Look } from './plan/layout.js';
import { stepLines } from './plan/stepLines.js';

const SECTIONS = { prerequisites: 'Before', steps: 'Steps', finally: 'At the end' } as const;
const STYLES = { applies: 'yellow', must_be_asked: 'cyan', does_not_apply: 'dim' } as const;

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
      report.next.flatMap((next) => nextLines(next, look)),
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

function advisoryLines(advisory: ReportAdvisory, report: PlanReport, look: Look): readonly string[] {
  const { severity, title, link } = advisory;
  const lines = [...hanging('', `${severity}: ${title}`, 2, look.width)];
  for (const { verdict, text } of verdictsOf(advisory, report))
    lines.push(...hanging('', text, 4, look.width).map((line) => paint(look, STYLES[verdict], line)));
  const said = advisoryText(advisory);
  if (said !== undefined) lines.push(...hanging('', `${said}${link === undefined ? '' : ` ${link}`}`, 4, look.width));
  return lines;
}

/** What is told below open questions. */
const GIVE =
  'Give what you know with --fact NAME=VALUE or --fact NAME@HOST=VALUE; of a file that a step uses, with --fact STEP.NAME=VALUE.';

function openLines(report: PlanReport, look: Look): readonly string[] {
  const hint = report.questions.length > 0 ? hanging('', GIVE, 2, look.width) : [];
  return [...indented(fields(openQuestions(report), look.width - 2)), ...hint];
}

function nextLines(next: PlanReport['next'][number], look: Look): readonly string[] {
  return hanging('', nextText(next), 2, look.width).map((line) => (next.verdict === 'no' ? paint(look, 'dim', line) : line));
}
