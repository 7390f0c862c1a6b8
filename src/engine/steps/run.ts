import type { CommandEnd, OutputPosition, RunningCommand } from '../transports/transport.js';
import type { Action, ActionContext, ActionResult, Recovery } from './action.js';
import { failed } from './action.js';
import { isInteractive, watchForPrompts } from './answers.js';
import { commandOf } from './commandOf.js';
import type { CommandSpec } from './commandOf.js';
import { outputValues } from './outputs.js';
import { Printed } from './printed.js';
import { FROM_THE_BEGINNING } from '../transports/transport.js';
import { takeUp } from './takingUp.js';

const TERMINAL = { columns: 120, rows: 40 };
const CANCEL_GRACE_MS = 10_000;
/** How long a step without a time limit waits for a host that does not answer any more. */
const RECONNECT_MS = 10 * 60_000;
/** The same for a run that is gone on with: somebody waits to hear how it stands. */
const RECOVER_MS = 30_000;
/** So often a command may be taken up without a byte of output before the next cut. */
const BARREN_TRIES = 5;

/** `run`: a script on a host or on the machine of the operator. */
export const run: Action = {
  perform: (context) => runScript(context, specOf(context)),
  recover: recoverScript,
};

function specOf(context: ActionContext): CommandSpec {
  const { spec } = context.step;
  if (spec.run === undefined) throw new Error('internal error: run without a script');
  return { ...spec, run: spec.run };
}

/** Runs a script as an act: with evidence on the host, a terminal when it may ask, and its values taken afterwards. */
export async function runScript(context: ActionContext, spec: CommandSpec): Promise<ActionResult> {
  const connection = await context.connection();
  const platform = context.host?.platform ?? localPlatform();
  const command = await commandOf(spec, {
    platform,
    render: (text, options) => context.render(text, options),
    condition: async (cel) => (await context.evaluate(cel)) === true,
    secret: (name) => context.secret(name),
  });
  const interactive = isInteractive(context);
  const printed = new Printed(context);
  const running = await context.start(
    connection,
    { ...command, attempt: context.attempt, ...(interactive ? { terminal: TERMINAL } : {}) },
    printed.io,
  );
  return conclude(context, running, printed);
}

/** Waits for the end of a command; one that outlives its connection is taken up again as often as that breaks. */
async function conclude(context: ActionContext, begun: RunningCommand, printed: Printed): Promise<ActionResult> {
  let running = begun;
  for (let barren = 0; ;) {
    const end = await endOrStop(context, running);
    if (end.kind === 'exited' || end.kind === 'signalled') return resultOf(context, end, printed);
    if (end.kind !== 'lost') return end;
    const position = running.position();
    context.progress('The connection broke; asking the host what became of the command.');
    if (barren > 0) await context.sleep(1000 * barren);
    const patience = context.step.timeoutMs === undefined ? RECONNECT_MS : Number.POSITIVE_INFINITY;
    const next = await takeUp(context, printed, position, `Contact with the command was lost (${end.message})`, patience);
    switch (next.kind) {
      case 'following':
        barren = samePosition(position, next.running.position()) ? barren + 1 : 0;
        if (barren > BARREN_TRIES)
          return lostSight(context, `Contact with the command was lost (${end.message}), and is lost again whenever it is followed.`);
        context.progress('The connection is back; the command went on meanwhile.');
        context.print('note', '(the connection was cut; this is where it was taken up again)\n');
        running = next.running;
        break;
      case 'over':
        return resultOf(context, next.end, printed);
      case 'again':
        return failed('connection_lost', `Contact with the command was lost before it started: ${end.message}.`);
      case 'unknown':
        return lostSight(context, next.why);
    }
  }
}

function lostSight(context: ActionContext, why: string): ActionResult {
  return { kind: 'unknown', failure: { reason: 'connection_lost', message: why, detail: tail(context.printed()) } };
}

/** The end of a command, or the result of the attempt where it is ended before: out of time, stopped, or asked what must not be asked. */
async function endOrStop(context: ActionContext, running: RunningCommand): Promise<CommandEnd | ActionResult> {
  const prompts = isInteractive(context) ? watchForPrompts(context, running) : undefined;
  let stopWaiting = (): void => undefined;
  const aborted = new Promise<'aborted'>((resolve) => {
    const abort = (): void => {
      resolve('aborted');
    };
    stopWaiting = () => {
      context.signal.removeEventListener('abort', abort);
    };
    if (context.signal.aborted) abort();
    else context.signal.addEventListener('abort', abort, { once: true });
  });
  try {
    const first = await Promise.race([running.ended, aborted, ...(prompts === undefined ? [] : [prompts.forbidden])]);
    if (first !== 'aborted' && 'kind' in first) return first;
    const survivors = await running.cancel(CANCEL_GRACE_MS);
    if (first === 'aborted') return stopped(survivors);
    if ('ended' in first) throw first.ended as Error;
    return failed('forbidden_prompt', first.forbidden, { detail: tail(context.printed()) });
  } finally {
    stopWaiting();
    prompts?.stop();
  }
}

function stopped(survivors: readonly string[]): ActionResult {
  if (survivors.length === 0) return failed('cancelled', 'It was stopped; nothing of it is left running.');
  return failed('cancelled', 'It was stopped, but some of its processes are still running.', {
    detail: survivors.join('\n'),
    next: 'Look at these processes on the host before you go on.',
  });
}

async function resultOf(context: ActionContext, end: Exclude<CommandEnd, { kind: 'lost' }>, printed: Printed): Promise<ActionResult> {
  if (end.kind === 'signalled') return failed('signal', `It was ended by the signal ${end.signal}.`, { detail: tail(context.printed()) });
  if (end.code !== 0) {
    const failure = {
      reason: 'exit_code' as const,
      message: `It ended with exit code ${String(end.code)}.`,
      detail: tail(context.printed()),
    };
    return { kind: 'failed', failure, exitCode: end.code };
  }
  if (context.step.spec.outputs !== undefined && !printed.whole) {
    const message =
      'It succeeded, but a part of what it printed was lost before it was read, and its values cannot be taken from the rest.';
    const next = 'Find the values out on the host, or let the step print less.';
    // As a failure it would be done again when the run is gone on with, though it succeeded.
    return { kind: 'unknown', failure: { reason: 'value', message, next } };
  }
  const values = await outputValues(context, { stdout: printed.stdout.replaceAll('\r\n', '\n'), exit: end.code });
  return 'failure' in values
    ? { kind: 'failed', failure: values.failure, exitCode: end.code }
    : { kind: 'done', exitCode: end.code, values: values.values };
}

async function recoverScript(context: ActionContext): Promise<Recovery> {
  const printed = new Printed(context);
  const next = await takeUp(context, printed, FROM_THE_BEGINNING, 'The runner ended', RECOVER_MS);
  switch (next.kind) {
    case 'over':
      return { kind: 'ended', result: await resultOf(context, next.end, printed) };
    case 'following':
      return { kind: 'ended', result: await conclude(context, next.running, printed) };
    default:
      return next;
  }
}

function samePosition(before: OutputPosition | undefined, now: OutputPosition | undefined): boolean {
  return before?.stdout === now?.stdout && before?.stderr === now?.stderr;
}

/** The last lines of what was printed, for a failure's detail. */
export function tail(text: string, lines = 12): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

function localPlatform(): 'linux' | 'macos' | 'windows' {
  return process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux';
}
