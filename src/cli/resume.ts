import { changedSince } from '../engine/index.js';
import type { OnUnknown } from '../engine/index.js';
import { begunAgain } from '../protocol/index.js';
import type { Arguments } from './arguments.js';
import { engineFor } from './engineFor.js';
import { ExitCode } from './exitCodes.js';
import { interruptible } from './interruptible.js';
import type { Io } from './io.js';
import { Questions } from './questions.js';
import { assertApproved, follow, givenEvidence, givenIgnoredHostLocks, givenReasons } from './run.js';
import { assertSecretsDeclared } from './secrets.js';
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
  const ignoredHostLocks = givenIgnoredHostLocks(args);
  const why = givenTakeOver(args);
  const evidence = await givenEvidence(args);
  const questions = args.flag('headless') ? undefined : new Questions(io);
  const engine = engineFor(args, io, io.cwd, questions?.ask);
  const state = engine.read(run).state;
  if (state !== undefined) {
    assertApproved(state.plan, args);
    assertSecretsDeclared(args, state.plan.secrets);
  }
  const changed = state === undefined ? undefined : await changedSince(state, fileWorkspace);
  if (changed !== undefined) {
    io.err(`The files have changed since this plan was approved:\n${changed}\nWhat was approved is what runs.\n`);
    const goOn = questions === undefined || (await questions.ask('Type "yes" to go on with the approved plan: ')) === 'yes';
    if (!goOn) return ExitCode.stopped;
  }
  const again = state === undefined ? [] : begunAgain(state);
  if (again.length > 0) io.err(`Ended in the middle, and begun again from the start:\n${again.map((title) => `  • ${title}\n`).join('')}`);
  const options = {
    onUnknown: onUnknown as OnUnknown,
    approval: args.flag('yes') ? ('flag' as const) : ('ask' as const),
    ignoredHostLocks,
  };
  const handle =
    why === undefined
      ? await engine.resume(run, options)
      : await interruptible((signal) => engine.resume(run, { ...options, takeOver: { why, signal, told: (text) => io.err(`${text}\n`) } }));
  if (handle === undefined) return ExitCode.stopped;
  return follow(handle, io, questions, { evidence, reasons });
}

/** Why the run is taken over; undefined when it is not. Throws a UsageError for one option without the other. */
function givenTakeOver(args: Arguments): string | undefined {
  const why = args.text('why');
  if (!args.flag('take-over')) {
    if (why !== undefined) throw new UsageError('--why belongs to --take-over.', 'resume');
    return undefined;
  }
  if (why === undefined || why.trim() === '') throw new UsageError('--take-over needs --why WHY; it goes into the journal.', 'resume');
  return why;
}
