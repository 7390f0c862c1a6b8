import { parseInstant } from '../language/index.js';
import { reportOf } from '../planner/index.js';
import type { Draft } from '../planner/index.js';
import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { draftOf, findingsOf, problemText, readPlanning } from './planning.js';
import type { Planning } from './planning.js';
import { planText } from './reporters/planText.js';
import { UsageError } from './usage.js';
import { planVariants } from './variants.js';

/** Width where there is no terminal; and the least and the most that a text is laid out for. */
const WIDTH = { default: 100, least: 48, most: 130 } as const;

/** `runbook plan`: what would be done. Opens nothing: no process, no socket. */
export async function plan(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.flag('variants')) return planVariants(args, io);
  const now = timeOf(args.text('at'));
  const planning = await readPlanning(args, io);
  const draft = draftOf(planning);
  if (draft.plan === undefined) {
    if (args.flag('json')) io.out(`${JSON.stringify(unplanned(draft, planning, io), null, 2)}\n`);
    else io.err(problemText(draft.problems, planning, io));
    return ExitCode.usage;
  }
  const report = reportOf({ ...draft, plan: draft.plan }, { now, facts: planning.facts });
  if (args.flag('json')) io.out(`${JSON.stringify({ ...report, plan: draft.plan }, null, 2)}\n`);
  else io.out(planText(report, { color: io.color, width: Math.min(Math.max(io.columns() ?? WIDTH.default, WIDTH.least), WIDTH.most) }));
  return ExitCode.ok;
}

/** What is printed as JSON where there is no plan: why, and what must be found out first. */
function unplanned(draft: Draft, planning: Planning, io: Io): object {
  return {
    format: 1,
    problems: findingsOf(draft.problems, planning, io).map(({ file, place, rule, message }) => ({
      file,
      line: place.line,
      code: rule,
      message,
    })),
    missing_inputs: draft.missingInputs.map(({ name }) => name),
    open_roles: draft.openRoles.map(({ role, of, where }) => ({ role, of, where })),
    open_facts: draft.openFacts.map(({ fact, host, decides }) => ({ fact, ...(host === undefined ? {} : { host }), decides })),
  };
}

function timeOf(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const instant = parseInstant(text);
  if (instant === undefined) throw new UsageError(`--at takes a time with its offset such as 2026-11-28T22:00+01:00, not "${text}".`);
  return instant;
}
