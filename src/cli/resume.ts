import { changedSince } from '../engine/index.js';
import type { OnUnknown } from '../engine/index.js';
import type { Arguments } from './arguments.js';
import { engineFor } from './engineFor.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { Questions } from './questions.js';
import { assertApproved, follow, givenEvidence, givenReasons } from './run.js';
import { UsageError } from './usage.js';
import { fileWorkspace } from './workspace.js';

/** `runbook resume`: goes on with a run where its journal ends. */
export async function resume(args: Arguments, io: Io): Promise<ExitCode> {
  const [run, ...more] = args.operands;
  if (run === undefined || more.length > 0) throw new UsageError('Name one run; `runbook runs` lists them.');
  const onUnknown = args.text('on-unknown') ?? (args.flag('headless') ? 'stop' : 'ask');
  if (!['ask', 'stop', 'rerun', 'succeeded'].includes(onUnknown))
    throw new UsageError(`--on-unknown takes stop, rerun or succeeded, not "${onUnknown}".`);
  const reasons = givenReasons(args);
  const evidence = await givenEvidence(args);
  const questions = args.flag('headless') ? undefined : new Questions(io);
  const engine = engineFor(args, io, io.cwd, questions?.ask);
  const state = engine.read(run).state;
  if (state !== undefined) assertApproved(state.plan, args);
  const changed = state === undefined ? undefined : await changedSince(state, fileWorkspace);
  if (changed !== undefined) {
    io.err(`The files have changed since this plan was approved:\n${changed}\nWhat was approved is what runs.\n`);
    const goOn = questions === undefined || (await questions.ask('Type "yes" to go on with the approved plan: ')) === 'yes';
    if (!goOn) return ExitCode.stopped;
  }
  const handle = await engine.resume(run, { onUnknown: onUnknown as OnUnknown, approval: args.flag('yes') ? 'flag' : 'ask' });
  return follow(handle, io, questions, { evidence, reasons });
}
