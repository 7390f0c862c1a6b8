import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptState, RunState, TargetState } from '../../../src/events/index.js';
import { TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';

/** A host of a trial as the engine reaches it. */
export interface Reached {
  readonly port: number;
  readonly user: string;
  readonly identity: string;
  /** Type and base64 of the host key, as in a `.pub` file. */
  readonly hostKey: string;
  /** Home directory of the login there, on this machine. */
  readonly home: string;
}

/** A run of one step on one host over SSH, with an engine and files of its own. */
export class SshTrial {
  private constructor(
    readonly engine: TestEngine,
    private readonly inventory: string,
    private readonly home: string,
  ) {}

  /** `keepaliveMs`: see `SshOptions`. */
  static async open({ port, user, identity, hostKey, home }: Reached, keepaliveMs: number): Promise<SshTrial> {
    const engine = await TestEngine.open({ identities: [identity], keepaliveMs });
    // Trials share a home, and a connection that is cut leaves the lock of its run there.
    engine.ignoredHostLocks = { one: 'trials share this host' };
    writeFileSync(join(engine.directory, 'known_hosts'), `[127.0.0.1]:${String(port)} ${hostKey}\n`);
    // Any login of the host may leave marks.
    chmodSync(engine.directory, 0o711);
    mkdirSync(join(engine.directory, 'marks'));
    chmodSync(join(engine.directory, 'marks'), 0o777);
    const host = `{ address: 127.0.0.1, platform: linux, port: ${String(port)}, user: ${user} }`;
    const inventory = `inventory: v1\nenvironment: trial\nhosts:\n  one: ${host}\nroles:\n  app: [one]\n`;
    return new SshTrial(engine, inventory, home);
  }

  /** Directory the step may leave marks in. */
  get marks(): string {
    return join(this.engine.directory, 'marks');
  }

  /**
   * Begins a run of one step, `the_step`; `step` is the rest of it, YAML in one line. Its first argument is the directory of marks;
   * `more` are the others.
   */
  begin(step: string, more: readonly string[] = []): Promise<TestRun> {
    return this.engine.start(`  - { id: the_step, args: ${JSON.stringify([this.marks, ...more])}, ${step} }`, {
      documents: { inventory: this.inventory },
    });
  }

  /** How often the step left a mark. */
  count(mark: string): number {
    const file = join(this.marks, mark);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
  }

  /** The exit code the host itself wrote down for an attempt; undefined when it wrote none. */
  exitCodeThere(run: string, attempt: AttemptState): number | undefined {
    const file = join(this.home, '.cache/runbook-studio/runs', run, attempt.id, 'rc');
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

/** How the one step of a trial stands. Throws when there is none. */
export function theStep(state: RunState): TargetState {
  const [targets] = Object.values(state.steps);
  const [target] = Object.values(targets ?? {});
  if (target === undefined) throw new Error('the plan of the trial has no target');
  return target;
}

/** The final state of a run. Rejects when it does not end in so many milliseconds. */
export async function endOf(run: TestRun, milliseconds: number): Promise<RunState> {
  const patience = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: patience.signal }).then(
    () => {
      throw new Error(`the run did not end in ${String(milliseconds / 1000)} s; its last event: ${JSON.stringify(run.events.at(-1))}`);
    },
    () => undefined,
  );
  try {
    return (await Promise.race([run.finished(), late])) as RunState;
  } finally {
    patience.abort();
  }
}
