import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/engine/index.js';
import type { Engine, EngineOptions, OnUnknown, RunHandle } from '../../src/engine/index.js';
import type { Gate, GateAnswer, RunEvent, RunState } from '../../src/events/index.js';
import { planDigest } from '../../src/planner/index.js';
import type { Plan } from '../../src/planner/index.js';
import { planOf } from './drafting.js';
import type { Documents } from './drafting.js';

/** Two hosts that are this machine, so that scripts really run. */
export const LOCAL_INVENTORY = `
inventory: v1
environment: here
hosts:
  one: { connection: local, platform: linux }
  two: { connection: local, platform: linux }
roles:
  app: [one, two]
`;

export const LOCAL_HEAD = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. } }\n';

/** An engine with a directory of its own, for one test. */
export class TestEngine {
  readonly secrets: Record<string, string> = {};
  mayAct = true;
  /** What the person here says to somebody who asks for the run. */
  allowHandOver: (() => Promise<boolean>) | undefined;
  /** Host locks that its runs pass over. */
  ignoredHostLocks: Readonly<Record<string, string>> = {};
  private constructor(
    readonly directory: string,
    readonly engine: Engine,
  ) {}

  /** `ssh`: how hosts are reached that are not this machine; with nothing said, none can be. */
  static async open(ssh: Partial<EngineOptions['ssh']> = {}, more: Partial<EngineOptions> = {}): Promise<TestEngine> {
    const directory = await mkdtemp(join(tmpdir(), 'engine-'));
    const holder: { made?: TestEngine } = {};
    const engine = createEngine({
      stateDirectory: join(directory, 'state'),
      version: 'test',
      operator: 'pat',
      baseDirectory: directory,
      assertMayAct: () => {
        if (holder.made?.mayAct === false) throw new Error('not allowed to act');
      },
      secret: (name) => {
        const value = holder.made?.secrets[name];
        return Promise.resolve(value === undefined ? undefined : { value, from: 'the test' });
      },
      allowHandOver: () => holder.made?.allowHandOver?.() ?? Promise.resolve(false),
      ssh: {
        knownHosts: [join(directory, 'known_hosts')],
        identities: [],
        useConfig: false,
        trustUnknownKey: () => Promise.resolve(false),
        askSecret: () => Promise.resolve(undefined),
        ...ssh,
      },
      ...more,
    });
    holder.made = new TestEngine(directory, engine);
    return holder.made;
  }

  /** The file that steps made by {@link say} write into. */
  get log(): string {
    return join(this.directory, 'log');
  }

  /** What they have written, line by line; nothing before the first. */
  async logged(): Promise<readonly string[]> {
    return (await readFile(this.log, 'utf8').catch(() => '')).trim().split('\n').filter(Boolean);
  }

  /** A step that writes a word into the log, as YAML. */
  say(id: string, word = id, more = ''): string {
    return `  - { id: ${id}, env: { LOG: "${this.log}" }, args: ["${word}"], run: 'echo "$1" >> "$LOG"'${more} }`;
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Starts a runbook whose steps are given as YAML; `more` stands before them. */
  async start(steps: string, options: StartWith = {}): Promise<TestRun> {
    const planned = await planOf({
      runbooks: { 'a.runbook.yaml': `${LOCAL_HEAD}${options.more ?? ''}\nsteps:\n${steps}` },
      inventory: LOCAL_INVENTORY,
      ...options.documents,
    });
    const plan = options.altered?.(planned) ?? planned;
    const handle = await this.engine.start({
      plan,
      digest: planDigest(plan),
      facts: options.documents?.facts ?? [],
      approval: options.approval ?? 'flag',
      ignoredHostLocks: this.ignoredHostLocks,
      ...(options.only === undefined ? {} : { only: options.only }),
      ...(options.from === undefined ? {} : { from: options.from }),
    });
    return new TestRun(handle, options.answer ?? (() => ({ kind: 'stop' })));
  }

  async resume(run: string, options: { answer?: Answers; onUnknown?: OnUnknown } = {}): Promise<TestRun> {
    return new TestRun(
      await this.engine.resume(run, {
        onUnknown: options.onUnknown ?? 'ask',
        approval: 'flag',
        ignoredHostLocks: this.ignoredHostLocks,
      }),
      options.answer ?? (() => ({ kind: 'stop' })),
    );
  }
}

/** How a run under test is begun. */
export interface StartWith {
  /** Stands before the steps. */
  readonly more?: string;
  readonly answer?: Answers;
  readonly documents?: Partial<Documents>;
  readonly only?: string;
  readonly from?: string;
  /** Default: it is approved already. */
  readonly approval?: 'ask' | 'flag';
  /** Changes the plan on its way: what the planner would never have let through. */
  readonly altered?: (plan: Plan) => Plan;
}

/** Answers a gate; `undefined` leaves it open. */
export type Answers = (gate: Gate) => GateAnswer | undefined;

/** A run under test, with everything it said. */
export class TestRun {
  readonly events: RunEvent[] = [];
  readonly gates: Gate[] = [];
  output = '';
  #waiting: { readonly fits: (event: RunEvent) => boolean; readonly resolve: (event: RunEvent) => void }[] = [];

  constructor(
    readonly handle: RunHandle,
    answer: Answers,
  ) {
    handle.onOutput((output) => (this.output += output.text));
    handle.onEvent((event) => {
      this.events.push(event);
      this.#waiting = this.#waiting.filter((waiting) => {
        if (!waiting.fits(event)) return true;
        waiting.resolve(event);
        return false;
      });
      if (event.type !== 'gate_opened') return;
      this.gates.push(event.gate);
      const given = answer(event.gate);
      if (given !== undefined) queueMicrotask(() => handle.answer(event.gate.id, given));
    });
  }

  /** The next event (or one that has been) for which `fits` is true. */
  event(fits: (event: RunEvent) => boolean): Promise<RunEvent> {
    const seen = this.events.find(fits);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve) => this.#waiting.push({ fits, resolve }));
  }

  finished(): Promise<RunState> {
    return this.handle.finished;
  }
}

/** Status of every target, `step@target: status`. */
export function statuses(state: RunState): readonly string[] {
  return Object.entries(state.steps).flatMap(([step, targets]) =>
    Object.entries(targets).map(([target, { status }]) => `${step}${target === '-' ? '' : ` ${target}`}: ${status}`),
  );
}
