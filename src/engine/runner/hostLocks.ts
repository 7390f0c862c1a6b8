import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunSummary } from '../journal/runSummary.js';
import { RunStore } from '../journal/runStore.js';
import { LOCAL, stepsOf } from '../../planner/index.js';
import type { HostName, PlanHost, PlanStep } from '../../planner/index.js';
import type { IgnoredHostLocks } from '../engine.js';
import { RunEnd } from '../runEnd.js';
import { TransportError } from '../transports/transport.js';
import type { Connection } from '../transports/transport.js';
import { lockOwnerHere, releaseHostLock, takeHostLock } from './hostLock.js';
import type { HostLockOwner } from './hostLock.js';
import type { Session } from './session.js';

/** Actions that change something on the host they are performed on. */
const ACTING: ReadonlySet<PlanStep['action']> = new Set(['run', 'service', 'upload', 'reboot']);
const RELEASE_MS = 5000;
const OVER: ReadonlySet<RunSummary['status']> = new Set(['succeeded', 'failed', 'stopped', 'halted']);

/**
 * The advisory locks of a run: one on each POSIX host it acts on over SSH, made before the first act there and taken away at the end. They keep two runs of
 * different people apart; they are no protection from programs that do not ask for them. Where none can be made, the run goes on without.
 */
export class HostLocks {
  readonly #session: Session;
  readonly #ignored: IgnoredHostLocks;
  readonly #asked = new Map<HostName, Promise<string | undefined>>();
  readonly #held = new Map<HostName, PlanHost>();

  constructor(session: Session, ignored: IgnoredHostLocks) {
    this.#session = session;
    this.#ignored = ignored;
  }

  /** Takes the locks of all hosts that are connected now and that the steps act on. Throws a RunEnd that names every host another run holds. */
  async takeAll(): Promise<void> {
    const { plan, only, hosts } = this.#session.state;
    const names = new Set<HostName>();
    for (const step of stepsOf(plan.steps)) {
      if (only !== undefined && step.path !== only && !step.path.startsWith(`${only}/`) && !step.path.startsWith(`${only}@`)) continue;
      for (const way of step.action === 'methods' ? Object.values(step.methods) : [step])
        if (ACTING.has(way.action)) for (const { at } of way.targets) if (hosts[at]?.excluded === undefined) names.add(at);
    }
    const connected = [...names].flatMap((name) => {
      const connection = this.#session.connections.living(name);
      return connection === undefined ? [] : [{ name, connection }];
    });
    const troubles = await Promise.all(connected.map(({ name, connection }) => this.#once(name, () => Promise.resolve(connection))));
    this.#refuse(troubles);
  }

  /** Takes the lock of the host an act is performed on, unless it is held already. Throws a RunEnd when another run holds it. */
  async before(acting: PlanStep, at: HostName): Promise<void> {
    const host = this.#session.state.plan.hosts[at];
    if (!ACTING.has(acting.action) || host === undefined) return;
    this.#refuse([await this.#once(at, () => this.#session.connections.to(host, this.#session.stopping.signal))]);
  }

  /** Gives back what is held. A host that cannot be reached keeps its lock, which is told where `tell` is true. Never rejects because of a host. */
  async releaseAll(tell = true): Promise<void> {
    const names = [...this.#held.keys()];
    this.#held.clear();
    this.#asked.clear();
    await Promise.all(names.map((name) => this.#release(name, tell)));
  }

  #refuse(troubles: readonly (string | undefined)[]): void {
    const all = troubles.filter((trouble) => trouble !== undefined);
    if (all.length > 0) throw new RunEnd('failed', all.join(' '));
  }

  /** Why the host may not be acted on; undefined when it may. */
  #once(name: HostName, connect: () => Promise<Connection>): Promise<string | undefined> {
    const host = this.#session.state.plan.hosts[name];
    if (host?.connection !== 'ssh' || name === LOCAL || host.platform === 'windows') return Promise.resolve(undefined);
    let asked = this.#asked.get(name);
    if (asked === undefined) {
      asked = this.#take(host, connect);
      this.#asked.set(name, asked);
      // A host that could not be reached is asked again before the next act.
      void asked.then(() => this.#held.has(name) || this.#asked.delete(name)).catch(() => this.#asked.delete(name));
    }
    return asked;
  }

  async #take(host: PlanHost, connect: () => Promise<Connection>): Promise<string | undefined> {
    const { options, run } = this.#session;
    const mine = lockOwnerHere(run.id, options.operator);
    try {
      const connection = await connect();
      const result = await takeHostLock(connection, 'take', mine);
      this.#held.set(host.name, host);
      if (result.kind === 'taken') return undefined;
      if (result.kind === 'cannot') {
        this.#remark(`No lock can be made on ${host.name}, so other runs are not kept off it: ${result.why}`);
        return undefined;
      }
      const passedOver = this.#reasonToPassOver(host.name, result.by);
      if (passedOver === undefined) {
        this.#held.delete(host.name);
        return refusal(host.name, result.by, run.id);
      }
      await takeHostLock(connection, 'seize', mine);
      this.#remark(`${heldText(host.name, result.by)} ${passedOver}`);
      return undefined;
    } catch (error) {
      // The act itself says what is wrong with the connection.
      if (error instanceof TransportError) return undefined;
      throw error;
    }
  }

  #reasonToPassOver(name: HostName, by: HostLockOwner | undefined): string | undefined {
    const why = Object.hasOwn(this.#ignored, name) ? this.#ignored[name] : undefined;
    if (why !== undefined) return `${this.#session.options.operator} passed over that: ${why}`;
    return by !== undefined && this.#isOver(by) ? 'That run is over, so its lock was left behind and is taken over.' : undefined;
  }

  /** A run that is kept here, has an end, and leaves nothing in doubt: only its lock is still there. */
  #isOver({ run, machine }: HostLockOwner): boolean {
    if (machine !== hostname()) return false;
    try {
      const { summary } = new RunStore(this.#session.options.stateDirectory).read(run);
      return summary.run === run && OVER.has(summary.status) && summary.unknown === 0 && summary.holder === undefined;
    } catch {
      return false;
    }
  }

  async #release(name: HostName, tell: boolean): Promise<void> {
    const connection = this.#session.connections.living(name);
    const given = connection === undefined ? false : await within(releaseHostLock(connection, this.#session.run.id), RELEASE_MS);
    if (given || !tell) return;
    this.#remark(
      `The lock of this run stays on ${name}, which cannot be reached now. The same run takes it over; another one is told of it.`,
    );
  }

  #remark(text: string): void {
    this.#session.emit({ type: 'remark', severity: 'warning', text });
  }
}

function refusal(host: HostName, by: HostLockOwner | undefined, run: string): string {
  return `${heldText(host, by)} Wait until it has ended, or pass over it with \`runbook resume ${run} --ignore-host-lock ${host}=WHY\`.`;
}

function heldText(host: HostName, by: HostLockOwner | undefined): string {
  if (by === undefined) return `${host} is held by a run that has not said which.`;
  return `${host} is held by run ${by.run} of ${by.operator} on ${by.machine} since ${by.since}.`;
}

async function within(work: Promise<boolean>, ms: number): Promise<boolean> {
  const late = new AbortController();
  try {
    return await Promise.race([work.catch(() => false), sleep(ms, false, { signal: late.signal })]);
  } finally {
    late.abort();
  }
}
