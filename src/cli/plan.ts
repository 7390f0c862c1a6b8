import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { draftOf, problemText, readPlanning } from './planning.js';
import { planText } from './reporters/planText.js';

/** `runbook plan`: what would be done. Opens nothing: no process, no socket. */
export async function plan(args: Arguments, io: Io): Promise<ExitCode> {
  const planning = await readPlanning(args, io);
  const draft = draftOf(planning);
  if (draft.plan === undefined) {
    io.err(problemText(draft.problems, planning, io));
    return ExitCode.usage;
  }
  if (args.flag('json'))
    io.out(
      JSON.stringify(
        { format: 1, digest: draft.digest, open_roles: draft.openRoles, questions: draft.questions, plan: draft.plan },
        null,
        2,
      ) + '\n',
    );
  else io.out(planText(draft.plan, draft, io));
  return ExitCode.ok;
}
