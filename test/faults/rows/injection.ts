import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Connection } from '../../../src/engine/transports/transport.js';
import { Bench, HERE, NEVER, newAttempt, run, toServer } from '../../engine/transports/hosts.js';
import { haveSshd, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { hostileValue } from '../means/hostileValues.js';
import { lacksTracedShells, SHELLS, TracedShells } from '../means/tracedShells.js';
import type { ShellName, Way } from '../means/tracedShells.js';
import type { FaultCase, OpenRow, Row, Verdict } from '../row.js';

const VALUES = 100;
const WAYS: readonly Way[] = ['local', 'ssh'];
type Processes = ReturnType<TracedShells['count']>;

export const injection: Row = {
  id: 'injection',
  title: `hostile values, ${String(VALUES)} a case, as arguments and variables through bash, dash, busybox and zsh; local and SSH`,
  must: 'each arrives byte for byte, and no process more is made than for harmless values (acts over SSH, which are polled: no other program is started)',
  cases: { pr: 2_000 / VALUES, nightly: 20_000 / VALUES },
  missing: () => Promise.resolve(haveSshd ? lacksTracedShells() : 'it has no sshd'),
  open: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'runbook-injection-'));
    const opened = new Injection(directory);
    await opened.start();
    return opened;
  },
};

class Injection implements OpenRow {
  readonly #directory: string;
  readonly #shells: TracedShells;
  readonly #bench = new Bench();
  readonly #servers = new Map<ShellName, Sshd>();
  readonly #remote = new Map<ShellName, Connection>();
  readonly #usual = new Map<string, Processes>();

  constructor(directory: string) {
    this.#directory = directory;
    this.#shells = new TracedShells(directory);
  }

  async start(): Promise<void> {
    for (const shell of SHELLS) {
      const server = await startSshd({ config: [this.#shells.forced(shell)] });
      this.#servers.set(shell, server);
      this.#remote.set(shell, await toServer(this.#bench, server));
    }
    await this.#seesAnInjection();
  }

  /** What is looked for must be found when it is there: a script that does what none may do. */
  async #seesAnInjection(): Promise<void> {
    const env = { VALUE: `touch '${join(this.#shells.markPlace, 'mark')}'` };
    for (const [script, processes] of [
      ['eval :', 0],
      ['eval "$VALUE"', 1],
    ] as const) {
      this.#shells.count('local', 'dash');
      await this.#in('local', 'dash', (connection) => run(connection, { script, shell: 'sh', args: [], env }));
      const seen = this.#shells.count('local', 'dash');
      this.#usual.set(script, seen);
      if (this.#shells.marks.length !== processes)
        throw new Error(`internal error: ${script} left ${String(this.#shells.marks.length)} marks`);
    }
    if ((this.#usual.get('eval "$VALUE"')?.processes ?? 0) <= (this.#usual.get('eval :')?.processes ?? 0))
      throw new Error('internal error: an extra process is not seen');
    this.#shells.clear();
    this.#usual.clear();
  }

  async run({ index, random }: FaultCase): Promise<Verdict> {
    const shell = SHELLS[index % SHELLS.length] as ShellName;
    const way = WAYS[Math.floor(index / SHELLS.length) % WAYS.length] as Way;
    const isAct = Math.floor(index / (SHELLS.length * WAYS.length)) % 2 === 0;
    const key = `${way} ${shell} ${String(isAct)}`;
    if (!this.#usual.has(key)) {
      // The first act of a host makes the directory of its evidence, and the shell that waits for the others. That may be made again later.
      const first = await this.#carry(way, shell, isAct, ['x']);
      const harmless = await this.#carry(way, shell, isAct, Array<string>(VALUES).fill('x'));
      if (harmless.wrong !== undefined) return { kind: 'broken', what: `${key}, harmless values: ${harmless.wrong}` };
      if (harmless.seen.processes === 0) return { kind: 'broken', what: `${key}: nothing was traced` };
      const programs = new Set([...first.seen.programs, ...harmless.seen.programs]);
      this.#usual.set(key, { processes: harmless.seen.processes, programs });
    }
    const values = Array.from({ length: VALUES }, () => hostileValue(random, join(this.#shells.markPlace, 'mark')));
    const { wrong, seen } = await this.#carry(way, shell, isAct, values);
    if (wrong !== undefined) return { kind: 'broken', what: `${key}: ${wrong}` };
    const usual = this.#usual.get(key) as Processes;
    const strange = [...seen.programs].filter((program) => !usual.programs.has(program));
    if (strange.length > 0) return { kind: 'broken', what: `${key}: started ${strange.join(', ')}` };
    // An act over SSH is asked for what it has printed as often as that takes: there only the programs can be compared.
    const extra = way === 'ssh' && isAct ? 0 : seen.processes - usual.processes;
    if (extra !== 0) return { kind: 'broken', what: `${key}: ${String(extra)} processes more than for harmless values` };
    if (this.#shells.marks.length > 0) return { kind: 'broken', what: `${key}: a value was carried out` };
    return { kind: 'held', measured: { values: VALUES } };
  }

  async close(): Promise<void> {
    await this.#bench.close();
    for (const server of this.#servers.values()) await server.stop();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Gives a script the values, and says how many processes that took and what of it came out wrong. */
  async #carry(
    way: Way,
    shell: ShellName,
    isAct: boolean,
    values: readonly string[],
  ): Promise<{ wrong: string | undefined; seen: Processes }> {
    const names = values.map((_, index) => `V${String(index)}`);
    const command: Command = {
      script: `printf '%s\\0' "$@"\nprintf '%s\\0' ${names.map((name) => `"$${name}"`).join(' ')}\n`,
      shell: 'sh',
      args: values,
      env: Object.fromEntries(names.map((name, index) => [name, values[index] as string])),
      ...(isAct ? { attempt: newAttempt() } : {}),
    };
    this.#shells.count(way, shell);
    const { end, stdout, stderr } = await this.#in(way, shell, (connection) => run(connection, command));
    const seen = this.#shells.count(way, shell);
    if (end.kind !== 'exited' || end.code !== 0) return { wrong: `it ended as ${JSON.stringify(end)}: ${stderr.slice(0, 500)}`, seen };
    const [came, sent] = [stdout.split('\0').slice(0, -1), [...values, ...values]];
    const at = sent.findIndex((value, index) => came[index] !== value);
    if (at < 0 && came.length === sent.length && stderr === '') return { wrong: undefined, seen };
    return { wrong: `${JSON.stringify(sent[at])} came as ${JSON.stringify(came[at])} ${stderr.slice(0, 200)}`, seen };
  }

  async #in<T>(way: Way, shell: ShellName, work: (connection: Connection) => Promise<T>): Promise<T> {
    if (way === 'ssh') return work(this.#remote.get(shell) as Connection);
    const before = process.env['PATH'];
    process.env['PATH'] = this.#shells.pathOf(shell);
    try {
      return await work(await this.#bench.connections([], '').to(HERE, NEVER));
    } finally {
      process.env['PATH'] = before;
    }
  }
}
