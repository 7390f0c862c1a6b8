import { HumanError, observe, readRun, replay } from '../../engine/index.js';
import type { Observed, ObservedEnd } from '../../engine/index.js';
import { showInLine } from '../../events/index.js';
import type { RunEvent, RunState } from '../../events/index.js';
import type { Arguments } from '../arguments.js';
import { stateDirectory } from '../engineFor.js';
import { ExitCode, exitCodeOf } from '../exitCodes.js';
import { interruptible } from '../interruptible.js';
import type { Io } from '../io.js';
import { eventLine, summary } from '../reporters/progress.js';

/** What happened in one run, and with `--follow` what happens until it ends. Read-only: no lock is taken, nobody is disturbed. */
export async function observed(run: string, args: Arguments, io: Io): Promise<ExitCode> {
  const teller = new Teller(args.flag('json'), io);
  if (!args.flag('follow')) {
    const { events, summary: about } = readRun(stateDirectory(args), run);
    teller.events(events);
    if (about.problem !== undefined) io.err(`${about.problem}\n`);
    return teller.end(about.status === 'interrupted');
  }
  const end = await interruptible((signal) => observe(stateDirectory(args), run, (seen) => teller.tell(seen), signal));
  if (end === undefined) return ExitCode.stopped;
  if (end === 'unreadable')
    throw new HumanError(teller.problem ?? 'The journal cannot be read.', 'Check it with `runbook journal verify`.');
  return teller.end(end === ('interrupted' satisfies ObservedEnd));
}

class Teller {
  readonly #json: boolean;
  readonly #io: Io;
  #state: RunState | undefined;
  problem: string | undefined;

  constructor(json: boolean, io: Io) {
    this.#json = json;
    this.#io = io;
  }

  tell({ events, problem }: Observed): void {
    this.problem = problem;
    this.events(events);
  }

  events(events: readonly RunEvent[]): void {
    for (const event of events) {
      const { state, problem } = replay([event], this.#state);
      if (state === undefined || problem !== undefined) return;
      this.#state = state;
      const line = this.#json ? JSON.stringify(event) : eventLine(event, state, { color: false });
      // Journals of earlier versions hold texts of hosts as they came.
      if (line !== undefined) this.#io.out(`${this.#json ? line : showInLine(line)}\n`);
    }
  }

  /** The last words, and the exit code. */
  end(interrupted: boolean): ExitCode {
    const state = this.#state;
    if (state === undefined) return ExitCode.usage;
    if (!this.#json && interrupted)
      this.#io.out(`The runner of this run has gone. What was under way is unknown until it is resumed: runbook resume ${state.run}\n`);
    else if (!this.#json && state.closedAt !== undefined) this.#io.out(summary(state, this.#io));
    if (interrupted) return ExitCode.unknown;
    return state.closedAt === undefined ? ExitCode.ok : exitCodeOf(state);
  }
}
