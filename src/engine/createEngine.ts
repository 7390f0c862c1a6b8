import { join } from 'node:path';
import type { OutputRef, RunState } from '../events/index.js';
import { EVENT_FORMAT, reduce } from '../events/index.js';
import { planDigest, typedValue } from '../planner/index.js';
import type { GivenFact, Plan } from '../planner/index.js';
import type { EngineOptions, OnUnknown, RunHandle, StartOptions } from './engine.js';
import { HumanError } from './humanError.js';
import { RunStore } from './journal/runStore.js';
import { lastLines } from './journal/outputFile.js';
import type { OpenRun, ReadRun, RunSummary } from './journal/runStore.js';
import { plainText } from './terminal/escapeFilter.js';
import { discover } from './runner/discovery.js';
import type { AskDiscovery, DiscoveredFact, OpenDraft } from './runner/discovery.js';
import { Runner } from './runner/runner.js';
import { Session } from './runner/session.js';
import { Masker } from './secrets/masker.js';
import { createConnections } from './transports/connections.js';

/** Plans in, run events out. */
export interface Engine {
  /** Begins a run. Rejects with a HumanError when it cannot be begun at all; later trouble is in the run. */
  start(options: StartOptions): Promise<RunHandle>;
  /** Goes on with a run where its journal ends. Rejects with a HumanError when it cannot be opened, or another process holds it. */
  resume(run: string, options: { readonly onUnknown: OnUnknown; readonly approval: 'ask' | 'flag' }): Promise<RunHandle>;
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
      const session = openSession(options, run, start.plan.hosts, undefined);
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
      return Promise.resolve(carryOn(session, start.approval, false, 'ask'));
    },
    resume: (name, { onUnknown, approval }) => {
      options.assertMayAct();
      const run = store.openForWriting(name);
      const state = stateOf(run);
      const session = openSession(options, run, state.plan.hosts, state);
      if (session.state.status === 'succeeded') {
        run.close();
        throw new HumanError(`Run ${run.id} has succeeded; there is nothing left to do.`, 'Start a new run.');
      }
      orGiveBack(run, () => {
        session.emit({ type: 'run_opened', epoch: run.epoch, owner: run.owner, operator: options.operator });
        if (run.mended !== undefined) session.emit({ type: 'remark', severity: 'warning', text: run.mended });
      });
      return Promise.resolve(carryOn(session, approval, true, onUnknown));
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
function orGiveBack(run: OpenRun, open: () => void): void {
  try {
    open();
  } catch (error) {
    run.close();
    throw error;
  }
}

function openSession(options: EngineOptions, run: OpenRun, hosts: Plan['hosts'], state: RunState | undefined): Session {
  return new Session(options, run, createConnections(options, hosts), new Masker(), state);
}

function stateOf(run: OpenRun): RunState {
  let state: RunState | undefined;
  for (const event of run.events) state = reduce(state, event);
  if (state === undefined) {
    run.close();
    throw new HumanError(`The journal of run ${run.id} has no first record.`, 'It was cut off before anything was done; start a new run.');
  }
  return state;
}

/** Carries the run out in the background; the handle tells how it goes. */
function carryOn(session: Session, approval: 'ask' | 'flag', resumed: boolean, onUnknown: OnUnknown): RunHandle {
  const runner = new Runner(session, onUnknown);
  // The caller attaches its listeners first, so that it misses nothing.
  const finished = new Promise((resolve) => setImmediate(resolve))
    .then(() => runner.run(approval, resumed))
    .catch((error: unknown) => {
      halt(session, error);
    })
    .then(async () => {
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
    process.emitWarning(`Run ${session.run.id} was halted: ${text}`);
  }
}
