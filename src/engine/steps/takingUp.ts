import type { CommandEnd, Connection, OutputPosition, RunningCommand } from '../transports/transport.js';
import { FROM_THE_BEGINNING, TransportError } from '../transports/transport.js';
import type { ActionContext } from './action.js';
import { isInteractive } from './answers.js';
import type { Printed } from './printed.js';

/** How a command stands whose connection, or whose runner, is gone. */
export type TakenUp =
  /** It certainly has not begun, and never will under this attempt. */
  | { readonly kind: 'again'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }
  /** It is over; what it printed went with its connection. */
  | { readonly kind: 'over'; readonly end: Exclude<CommandEnd, { kind: 'lost' }> }
  /** It outlived its connection: its output is followed from where it was left, to its end. */
  | { readonly kind: 'following'; readonly running: RunningCommand };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Asks the host what became of a command, for as long as `patienceMs` and the time of the step allow. `position`: how far its output is
 * known, undefined for one that was started to end with its connection.
 */
export async function takeUp(
  context: ActionContext,
  printed: Printed,
  position: OutputPosition | undefined,
  cause: string,
  patienceMs: number,
): Promise<TakenUp> {
  const until = performance.now() + patienceMs;
  let trouble = 'there was no time';
  for (let pause = FIRST_PAUSE_MS; !context.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const found = await look(context, printed, position, cause);
      if (typeof found !== 'string') return found;
      trouble = found;
    } catch (error) {
      trouble = (error as Error).message;
      // Somebody else may answer in its place: nobody is asked again before a person has looked.
      if (error instanceof TransportError && error.reason === 'host_key') return { kind: 'unknown', why: `${cause}, and ${trouble}` };
    }
    if (performance.now() + pause > until || context.signal.aborted) break;
    context.progress(`The connection broke; the host cannot be asked yet: ${trouble}`);
    await context.sleep(pause);
  }
  if (!context.signal.aborted) return { kind: 'unknown', why: `${cause}, and the host could not be asked since: ${trouble}` };
  const ended = context.stopped() ? 'the run was stopped' : 'the time of the step was over';
  return { kind: 'unknown', why: `${cause}, and ${ended} before the host could be asked; it may be running there still.` };
}

/** One look; a text says why another one is needed. */
async function look(
  context: ActionContext,
  printed: Printed,
  position: OutputPosition | undefined,
  cause: string,
): Promise<TakenUp | string> {
  const connection = await context.connection();
  const evidence = await connection.collect(context.attempt);
  switch (evidence.kind) {
    case 'not_started':
      return neverBegun(context, connection, cause);
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
    case 'finished':
    case 'running':
      if (outlivesItsConnection(context))
        return { kind: 'following', running: await context.follow(connection, printed.io, position ?? FROM_THE_BEGINNING) };
      printed.beginsLate();
      if (evidence.kind === 'finished') return ended({ kind: 'exited', code: evidence.code }, cause);
      return followed(context, printed, connection, cause);
  }
}

/** Waits for the end of a command that is seen running: it may be about to end of the cut all the same. */
async function followed(context: ActionContext, printed: Printed, connection: Connection, cause: string): Promise<TakenUp | string> {
  const running = await context.follow(connection, printed.io, FROM_THE_BEGINNING);
  const end = await running.ended;
  return end.kind === 'lost' ? end.message : ended(end, cause);
}

/**
 * How a command ended that was started to end with its connection. Success is its own doing. A failure may be the cut's: whoever was to read
 * its output is gone, so that it is hung up, or its next write ends it, with whatever exit code its programs have for that.
 */
function ended(end: Exclude<CommandEnd, { kind: 'lost' }>, cause: string): TakenUp {
  if (end.kind === 'exited' && end.code === 0) return { kind: 'over', end };
  const how = end.kind === 'exited' ? `exit code ${String(end.code)}` : `the signal ${end.signal}`;
  return {
    kind: 'unknown',
    why: `${cause}, and the command has ended with ${how}, of itself or because of that; nobody can know how far it came.`,
  };
}

/** What runs over SSH without a terminal is detached from its connection; see `EvidencePlace`. */
function outlivesItsConnection(context: ActionContext): boolean {
  return context.host?.connection === 'ssh' && !isInteractive(context);
}

/**
 * No evidence means that it never began, but only in the boot it would have begun in: evidence that had not reached the disk is lost with the power.
 * Nobody is asked where the boot is certainly the same.
 */
async function neverBegun(context: ActionContext, connection: Connection, cause: string): Promise<TakenUp> {
  const now = await connection.bootId();
  if (now !== undefined && (now === context.bootIdBefore || now === context.bootIdAtFirst))
    return { kind: 'again', why: 'The host never began it.' };
  const isKnown = now !== undefined && context.bootIdBefore !== undefined;
  const since = isKnown ? 'the host has been rebooted since and' : 'the host may have been rebooted since: it';
  return { kind: 'unknown', why: `${cause}, and ${since} keeps no evidence of it; nobody can know whether it began.` };
}
