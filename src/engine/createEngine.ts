import { join } from 'node:path';
import type { OutputRef, RunState } from '../events/index.js';
import { EVENT_FORMAT, Fold } from '../events/index.js';
import { planDigest, typedValue } from '../planner/index.js';
import type { GivenFact, Plan } from '../planner/index.js';
import type { EngineOptions, ResumeOptions, RunHandle, StartOptions } from './engine.js';
import { HumanError } from '../events/index.js';
import { clearHandOver } from './journal/handOver.js';
import { RunStore } from './journal/runStore.js';
import { wayFree } from './journal/takeOver.js';
import type { WayFree } from './journal/takeOver.js';
import { lastLines } from './journal/outputFile.js';
import type { OpenRun, ReadRun, RunSummary } from './journal/runStore.js';
import { plainText } from './terminal/escapeFilter.js';
import { discover } from './runner/discovery.js';
import type { AskDiscovery, DiscoveredFact, OpenDraft } from './runner/discovery.js';
import { watchForHandOver } from './runner/handingOver.js';
import { Runner } from './runner/runner.js';
import { Session } from './runner/session.js';
import { withSecretsKept } from './secrets/connectionOptions.js';
import { Masker } from './secrets/masker.js';
import { createConnections } from './transports/connections.js';

/** Plans in, run events out. */
export interface Engine {
  /** Begins a run. Rejects with a HumanError when it cannot be begun at all; later trouble is in the run. */
  start(options: StartOptions): Promise<RunHandle>;
  /** Goes on with a run where its journal ends. Rejects with a HumanError when it cannot be opened, or another process holds it. */
  resume(run: string, options: ResumeOptions): Promise<RunHandle>;
  /** Finds out, read-only, what a draft lacks: who has a role, the upgrade path, the advisories. `ask` is for what no probe tells. */
  discover(draft: OpenDraft, known: readonly GivenFact[], ask: AskDiscovery): Promise<readonly DiscoveredFact[]>;
  /** Every run there is, newest first. */
  runs(): Promise<readonly RunSummary[]>;
  /** Reads a run without touching it; the name may be shortened. Throws a HumanError when there is no such run. */
  read(run: string): ReadRun;
  /** The last lines an attempt printed, as plain text; empty when nothing is kept. */
  outputOf(run: string, output: OutputRef, lines: number): string;
}

/** Makes an engine. Nothing is opened until something is asked of it. */
export function createEngine(options: EngineOptions): Engine {
  const store = new RunStore(options.stateDirectory);
  return {
    start: (start) => {
      options.assertMayAct();
      if (planDigest(start.plan) !== start.digest) throw new Error('internal error: the plan is not the one whose digest was approved');
      const run = store.create(start.plan.runbook.id);
      const session = orGiveBack(run, () => openSession(options, run, start.plan, undefined));
      orGiveBack(run, () => {
        session.emit({
          type: 'run_created',
          run: run.id,
          format: EVENT_FORMAT,
          engine: options.version,
          base: options.baseDirectory,
          ...(start.documents === undefined ? {} : { documents: { ...start.documents, facts: start.facts.map(withoutSource) } }),
          plan: start.plan,
          digest: start.digest,
          operator: options.operator,
          ...(start.only === undefined ? {} : { only: start.only }),
          ...(start.from === undefined ? {} : { from: start.from }),
        });
        session.emit({ type: 'run_opened', epoch: run.epoch, owner: run.owner, operator: options.operator });
        for (const given of start.facts) {
          const value = typedValue(given.value, start.plan.scopes[given.scope]?.facts[given.fact]?.type);
          session.emit({ type: 'fact_known', from: 'given', ...given, value });
        }
      });
      return Promise.resolve(carryOn(session, new Runner(session, 'ask', start.ignoredHostLocks), start.approval, false));
    },
    resume: async (name, { onUnknown, approval, ignoredHostLocks, takeOver }) => {
      options.assertMayAct();
      const { directory } = store.place(name);
      const way = takeOver === undefined ? undefined : await wayFree(directory, options.operator, takeOver);
      options.assertMayAct();
      const run = store.openForWriting(name, way?.how === 'unsure');
      const session = orGiveBack(run, () => {
        clearHandOver(directory);
        const state = stateOf(run);
        return openSession(options, run, state.plan, state);
      });
      if (session.state.status === 'succeeded') {
        run.close();
        throw new HumanError(`Run ${run.id} has succeeded; there is nothing left to do.`, 'Start a new run.');
      }
      orGiveBack(run, () => {
        session.emit({ type: 'run_opened', epoch: run.epoch, owner: run.owner, operator: options.operator });
        if (run.mended !== undefined) session.emit({ type: 'remark', severity: 'warning', text: run.mended });
        const taken = way === undefined ? undefined : takenText(way, options.operator, takeOver?.why ?? '');
        if (taken !== undefined) session.emit({ type: 'remark', severity: 'warning', text: taken });
      });
      return carryOn(session, new Runner(session, onUnknown, ignoredHostLocks), approval, true);
    },
    discover: (draft, known, ask) => discover(options, draft, known, ask),
    runs: () => store.list(),
    read: (run) => store.read(run),
    outputOf: (run, output, lines) => plainText(lastLines(join(store.read(run).directory, output.file), lines)),
  };
}

function withoutSource({ scope, fact, host, value }: GivenFact): GivenFact {
  return { scope, fact, ...(host === undefined ? {} : { host }), value };
}

/** A run that cannot even be opened gives its lock back, so that it can be opened once the trouble is mended. */
function orGiveBack<T>(run: OpenRun, open: () => T): T {
  try {
    return open();
  } catch (error) {
    run.close();
    throw error;
  }
}

function openSession(options: EngineOptions, run: OpenRun, plan: Plan, state: RunState | undefined): Session {
  const masker = new Masker();
  return new Session(
    options,
    run,
    createConnections(withSecretsKept(options, plan, masker), plan.hosts, shownBefore(state)),
    masker,
    state,
  );
}

/** Fingerprints the hosts of a run have shown before it was resumed. */
function shownBefore(state: RunState | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state?.hosts ?? {}).flatMap(([name, { fingerprint }]) => (fingerprint === undefined ? [] : [[name, fingerprint]])),
  );
}

function stateOf(run: OpenRun): RunState {
  const fold = new Fold();
  for (const event of run.events) fold.add(event);
  const { state } = fold;
  if (state !== undefined) return state;
  throw new HumanError(`The journal of run ${run.id} has no first record.`, 'It was cut off before anything was done; start a new run.');
}

/** What the journal says of a hand-over; undefined where nobody held the run. */
function takenText(way: WayFree, by: string, why: string): string | undefined {
  switch (way.how) {
    case 'free':
      return undefined;
    case 'let_go':
      return `${by} goes on with this run, which was let go elsewhere: ${why}`;
    case 'unsure': {
      const { pid, host } = way.holder;
      return `${by} took this run over from process ${String(pid)} on ${host}, which does not answer, and of which nobody can tell from here whether it still runs: ${why}`;
    }
  }
}

/** Carries the run out in the background; the handle tells how it goes. */
function carryOn(session: Session, runner: Runner, approval: 'ask' | 'flag', resumed: boolean): RunHandle {
  const stopWatching = watchForHandOver(session);
  // The caller attaches its listeners first, so that it misses nothing.
  const finished = new Promise((resolve) => setImmediate(resolve))
    .then(() => runner.run(approval, resumed))
    .catch((error: unknown) => {
      halt(session, error);
    })
    .then(async () => {
      stopWatching();
      await session.connections.closeAll();
      try {
        session.run.close();
      } catch (error) {
        // A full disk may not even take that the lock is free; it is once this process has ended.
        process.emitWarning(`Run ${session.run.id} could not be closed: ${(error as Error).message}`);
      }
      return session.state;
    });
  return {
    run: session.run.id,
    get state() {
      return session.state;
    },
    onEvent: session.onEvent,
    onOutput: session.onOutput,
    answer: session.answer,
    input: session.input,
    resize: session.resize,
    stop: async (why) => {
      session.stopReason = why;
      session.stopping.abort();
      await finished;
    },
    finished,
  };
}

/** The journal cannot be written, or we have a fault: the last thing that is tried is to say so. */
function halt(session: Session, error: unknown): void {
  const text = error instanceof HumanError ? `${error.message} ${error.next ?? ''}`.trim() : `internal error: ${(error as Error).message}`;
  session.stopping.abort();
  try {
    session.emit({ type: 'run_closed', outcome: 'halted', text, next: [] });
  } catch {
    process.emitWarning(session.masker.maskText(`Run ${session.run.id} was halted: ${text}`));
  }
}
