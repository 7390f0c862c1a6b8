import type { CommandEnd, Connection } from '../transports/transport.js';
import type { Action, ActionContext, ActionResult, Recovery } from './action.js';
import { failed } from './action.js';
import { watchForPrompts } from './answers.js';
import { commandOf } from './commandOf.js';
import type { CommandSpec } from './commandOf.js';
import { outputValues } from './outputs.js';

const TERMINAL = { columns: 120, rows: 40 };
const CANCEL_GRACE_MS = 10_000;

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
  const chunks: string[] = [];
  const decoder = new TextDecoder();
  const io = {
    stdout: (bytes: Uint8Array) => {
      if (context.step.spec.outputs !== undefined) keep(chunks, decoder.decode(bytes, { stream: true }));
      context.print('stdout', bytes);
    },
    stderr: (bytes: Uint8Array) => {
      context.print('stderr', bytes);
    },
  };
  const running = await context.start(
    connection,
    { ...command, attempt: context.attempt, ...(interactive ? { terminal: TERMINAL } : {}) },
    io,
  );
  const prompts = interactive ? watchForPrompts(context, running) : undefined;
  const aborted = new Promise<'aborted'>((resolve) => {
    const abort = (): void => {
      resolve('aborted');
    };
    if (context.signal.aborted) abort();
    else context.signal.addEventListener('abort', abort, { once: true });
  });
  const first = await Promise.race([running.ended, aborted, ...(prompts === undefined ? [] : [prompts.forbidden])]);
  if (first === 'aborted') {
    const survivors = await running.cancel(CANCEL_GRACE_MS);
    prompts?.stop();
    if (survivors.length === 0) return failed('cancelled', 'It was stopped; nothing of it is left running.');
    return failed('cancelled', 'It was stopped, but some of its processes are still running.', {
      detail: survivors.join('\n'),
      next: 'Look at these processes on the host before you go on.',
    });
  }
  if ('ended' in first) {
    await running.cancel(CANCEL_GRACE_MS);
    prompts?.stop();
    throw first.ended as Error;
  }
  if ('forbidden' in first) {
    await running.cancel(CANCEL_GRACE_MS);
    prompts?.stop();
    return failed('forbidden_prompt', first.forbidden, { detail: tail(context.printed()) });
  }
  prompts?.stop();
  return resultOf(context, first, chunks.join(''));
}

async function resultOf(context: ActionContext, end: CommandEnd, stdout: string): Promise<ActionResult> {
  switch (end.kind) {
    case 'exited':
      if (end.code !== 0)
        return {
          ...failed('exit_code', `It ended with exit code ${String(end.code)}.`, { detail: tail(context.printed()) }),
          exitCode: end.code,
        } as ActionResult;
      return withOutputs(context, end.code, stdout);
    case 'signalled':
      return failed('signal', `It was ended by the signal ${end.signal}.`, { detail: tail(context.printed()) });
    case 'lost':
      return afterLoss(context, end.message);
  }
}

async function withOutputs(context: ActionContext, exitCode: number, stdout: string): Promise<ActionResult> {
  const values = await outputValues(context, { stdout: stdout.replaceAll('\r\n', '\n'), exit: exitCode });
  return 'failure' in values ? { kind: 'failed', failure: values.failure, exitCode } : { kind: 'done', exitCode, values: values.values };
}

/** The connection broke under the command: ask the host what became of it, as soon as it can be asked. */
async function afterLoss(context: ActionContext, message: string): Promise<ActionResult> {
  context.progress('The connection broke; asking the host what became of the command.');
  const judged = await judge(context, `The connection broke (${message})`);
  if (judged.kind === 'ended') return judged.result;
  if (judged.kind === 'again') return failed('connection_lost', `The connection broke before it started: ${message}.`);
  return { kind: 'unknown', failure: { reason: 'connection_lost', message: judged.why, detail: tail(context.printed()) } };
}

async function recoverScript(context: ActionContext): Promise<Recovery> {
  return judge(context, 'The runner ended');
}

/** Exit code of a shell for a program that HUP has ended: what a host does to a command whose connection broke. */
export const HUNG_UP = 129;

/**
 * Whether a command that outlived its connection ended because of that. A program on a terminal that is gone fails in ways of its own:
 * its input ends, its output cannot be written.
 */
function endedByTheCut(context: ActionContext, code: number): boolean {
  return code === HUNG_UP || (code !== 0 && isInteractive(context));
}

const JUDGE_TRIES = 6;
const JUDGE_PAUSE_MS = 5_000;

async function judge(context: ActionContext, cause: string): Promise<Recovery> {
  let trouble = '';
  for (let tries = 0; tries < JUDGE_TRIES && !context.signal.aborted; tries++) {
    try {
      const connection = await context.connection();
      const evidence = await connection.collect(context.attempt);
      switch (evidence.kind) {
        case 'not_started':
          return await neverBegun(context, connection, cause);
        case 'finished':
          return await outlived(context, { kind: 'exited', code: evidence.code }, cause);
        case 'gone':
          return {
            kind: 'unknown',
            why:
              evidence.why === 'rebooted'
                ? `${cause}, and the host has been rebooted since; nobody can know how far it came.`
                : `${cause} while it ran, and it left no exit code; nobody can know how far it came.`,
          };
        case 'none':
          return { kind: 'unknown', why: `${cause}, and this host keeps no evidence of what ran.` };
        case 'running': {
          const running = await connection.attach(context.attempt);
          const end = await running.ended;
          // Seen running, it may be about to end of the cut all the same.
          if (end.kind !== 'lost') return await outlived(context, end, cause);
          trouble = end.message;
        }
      }
    } catch (error) {
      trouble = (error as Error).message;
    }
    await context.sleep(JUDGE_PAUSE_MS);
  }
  return { kind: 'unknown', why: `${cause}, and the host could not be asked since: ${trouble}` };
}

/** What became of a command that went on without its connection. */
async function outlived(context: ActionContext, end: Exclude<CommandEnd, { kind: 'lost' }>, cause: string): Promise<Recovery> {
  const hungUp = end.kind === 'exited' ? endedByTheCut(context, end.code) : end.signal === 'SIGHUP' || end.signal === 'HUP';
  if (hungUp) return { kind: 'unknown', why: `${cause}, which ended the command under way; nobody can know how far it came.` };
  return { kind: 'ended', result: await resultOf(context, end, '') };
}

/** No evidence means that it never began, but only in the boot it would have begun in: evidence may not outlive a boot. */
async function neverBegun(context: ActionContext, connection: Connection, cause: string): Promise<Recovery> {
  const before = context.bootIdBefore;
  const now = before === undefined ? undefined : await connection.bootId();
  if (before === undefined || now === undefined || now === before) return { kind: 'again', why: 'The host never began it.' };
  return {
    kind: 'unknown',
    why: `${cause}, and the host has been rebooted since and keeps no evidence of it; nobody can know whether it began.`,
  };
}

const KEPT = 1024 * 1024;

/** Values are taken from the first mebibyte; more would be a file, not a value. */
function keep(chunks: string[], text: string): void {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (size < KEPT) chunks.push(text.slice(0, KEPT - size));
}

/** The last lines of what was printed, for a failure's detail. */
export function tail(text: string, lines = 12): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

function localPlatform(): 'linux' | 'macos' | 'windows' {
  return process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux';
}

/** A program that asks, or wants a terminal, is given one. */
function isInteractive(context: ActionContext): boolean {
  return context.step.answers.length > 0 || context.step.spec.terminal === true;
}
