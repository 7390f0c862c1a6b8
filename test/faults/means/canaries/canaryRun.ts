import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cli, startCli } from '../../../journeys/support/cli.js';
import type { CliProcess, CliResult } from '../../../journeys/support/cli.js';
import { startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { makePlace, STEP_MARK, writeDocuments } from './documents.js';
import type { Path, Place } from './documents.js';
import { startEcho } from './echo.js';
import type { Echo } from './echo.js';
import { editorRun } from './editorRun.js';
import { canaries, CanarySearch, FORMS } from './forms.js';
import { writePrinterPlan } from './printer.js';
import type { PrinterEnd } from './printer.js';
import { ProcessWatch } from './processWatch.js';
import { SinkContents, SINKS } from './sinks.js';
import type { Sink } from './sinks.js';

/** A shell knows file descriptors of one digit: so many secrets are handed over by them, the others by the environment. */
const BY_DESCRIPTOR = 6;
const FIRST_DESCRIPTOR = 3;
/** A step that is to be interrupted stays so long. */
const HOLD_MS = 60_000;
/** Time of a loaded machine until a step has printed. */
const PRINTED_MS = 60_000;

/** Where every run shows something that steps have printed. */
const SHOWING: readonly Sink[] = ['journal', 'files of output', 'report as JSON', 'panel', 'terminal of a host'];

/** What was found in each sink after runs that went one way, by the number of the form. */
export interface Findings {
  readonly found: ReadonlyMap<Sink, readonly string[]>;
  /** Something that keeps the sinks from saying anything; undefined when the runs went as they should. */
  readonly astray: string | undefined;
}

/** Runs the command line and the engine of the editor one way with new canaries, and looks into every sink. */
export async function canaryRun(path: Path, random: () => number): Promise<Findings> {
  const directory = mkdtempSync(join(tmpdir(), 'fault-canaries-'));
  const secrets = canaries(random);
  const sshd = await startSshd();
  // What is shown of an answer ends somewhere in the canaries.
  const echo = await startEcho(secrets, 1_400 + Math.floor(random() * 500));
  try {
    return await new CanaryRun(path, makePlace(directory), secrets, sshd, echo, random).all();
  } finally {
    await echo.close();
    await sshd.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

class CanaryRun {
  readonly #contents = new SinkContents();
  readonly #search: CanarySearch;
  readonly #watch: ProcessWatch;
  #astray: string | undefined;

  constructor(
    private readonly path: Path,
    private readonly place: Place,
    private readonly secrets: readonly string[],
    private readonly sshd: Sshd,
    private readonly echo: Echo,
    private readonly random: () => number,
  ) {
    this.#search = new CanarySearch(secrets);
    this.#watch = new ProcessWatch(this.#search, STEP_MARK);
    writeFileSync(join(place.hidden, 'known_hosts'), sshd.knownHost);
    secrets.forEach((secret, index) => {
      writeFileSync(join(place.hidden, `secret-${String(index)}`), secret);
    });
  }

  async all(): Promise<Findings> {
    const seen = await this.#runs().finally(() => this.#watch.stop());
    const found = new Map<Sink, readonly string[]>();
    for (const sink of SINKS) {
      if (sink === 'arguments of processes') found.set(sink, seen.arguments);
      else if (sink === 'environment of other processes') found.set(sink, seen.environments);
      else found.set(sink, this.#search.in(this.#contents.of(sink)));
    }
    if (seen.looks === 0) this.#astray ??= 'no process was looked at';
    const unmasked = this.path === 'plan' ? undefined : SHOWING.find((sink) => !this.#contents.of(sink).includes('***'));
    if (unmasked !== undefined) this.#astray ??= `nothing in "${unmasked}" was masked, so nothing of it was looked at`;
    return { found, astray: this.#astray };
  }

  async #runs(): Promise<ReturnType<ProcessWatch['stop']>> {
    writeDocuments(this.place, this.sshd, this.echo.url, this.path);
    this.#plan('print', { code: 0, hold: 0 });
    this.#plan('probe', { code: 0, hold: 0 });
    this.#plan('fail', { code: 3, hold: 0 });
    this.#plan('hold', { code: 0, hold: HOLD_MS });
    await this.#commandLine();
    await this.#afterwards();
    if (this.path !== 'plan') await editorRun(this.path, { ...this.place, sshd: this.sshd }, this.secrets, this.#contents);
    const { state, folder, temporary } = this.place;
    this.#contents.giveFiles(state, (file) =>
      file.endsWith('journal.jsonl') ? 'journal' : /\.log(\.|$)/.test(file) ? 'files of output' : 'other files of the state directory',
    );
    this.#contents.giveFiles(folder, () => 'folder of the author');
    this.#contents.giveFiles(temporary, () => 'temporary files');
    this.#contents.giveFiles(this.sshd.directory, () => 'files and log of the host');
    return this.#watch.stop();
  }

  #plan(name: string, end: PrinterEnd): void {
    writePrinterPlan(join(this.place.hidden, name), this.secrets, this.random, end);
  }

  async #commandLine(): Promise<void> {
    const documents = ['canaries.runbook.yaml', '--inventory', 'here.inventory.yaml'];
    if (this.path === 'plan') {
      for (const more of [[], ['--json']]) this.#take(await this.#start(['plan', ...documents, ...more]).done, 0);
      return;
    }
    if (this.path === 'debug') {
      // What Node.js itself prints then cannot be masked: no secret is handed out.
      const refused = await this.#start(['run', ...documents], { NODE_DEBUG: 'child_process,http,net,stream,fs' }).done;
      this.#take(refused, 1);
    }
    const first = this.#start(['run', ...documents], this.path === 'debug' ? { DEBUG: '*' } : {});
    if (this.path === 'cancel' || this.path === 'crash') {
      await this.#printed(first);
      first.process.kill(this.path === 'cancel' ? 'SIGINT' : 'SIGKILL');
    }
    const expected = { ok: 0, debug: 0, retry: 0, fail: 1, cancel: 4, crash: null }[this.path];
    this.#take(await first.done, expected);
    if (this.path !== 'crash') return;
    const run = /^Run (\S+)$/m.exec(first.printed())?.[1] ?? '';
    const release = join(this.place.hidden, 'hold.release');
    writeFileSync(release, '');
    this.#take(await this.#start(['resume', run, '--on-unknown', 'stop']).done, 0);
    rmSync(release);
  }

  /** Waits until the step that is held has printed everything. */
  async #printed(process: CliProcess): Promise<void> {
    const mark = join(this.place.hidden, 'hold.done');
    for (const until = performance.now() + PRINTED_MS; performance.now() < until && process.process.exitCode === null;) {
      if (existsSync(mark)) return;
      await sleep(50);
    }
    this.#astray ??= `the held step has not printed: ${process.printed()}`;
  }

  #take({ code, out, err }: CliResult, expected: number | null): void {
    this.#contents.give('standard output', out);
    this.#contents.give('standard error', err);
    if (code !== expected) this.#astray ??= `it ended with ${String(code)}, not ${String(expected)}: ${out}${err}`;
  }

  /** What the command line tells of the run later, when it knows no secret any more. */
  async #afterwards(): Promise<void> {
    const ask = async (...words: string[]): Promise<string> => {
      const { out, err } = await cli([...words, '--state-dir', this.place.state], { cwd: this.place.folder, env: this.#surroundings() });
      this.#contents.give('standard error', err);
      return out;
    };
    const list = await ask('runs');
    this.#contents.give('list of runs', `${list}${await ask('runs', '--json')}`);
    const run = /\b\d{8}-\d{4}-\S+/.exec(list)?.[0];
    if (run === undefined) return;
    this.#contents.give('account of a run', `${await ask('runs', run)}${await ask('runs', run, '--json')}`);
    this.#contents.give('check of a journal', await ask('journal', 'verify', run));
    this.#contents.give('report as Markdown', await ask('journal', 'export', run));
    this.#contents.give('report as HTML', await ask('journal', 'export', run, '--format', 'html'));
    this.#contents.give('report as JSON', await ask('journal', 'export', run, '--format', 'json'));
  }

  #start(words: readonly string[], more: Readonly<Record<string, string>> = {}): CliProcess {
    const { hidden, state, folder } = this.place;
    const numbers = FORMS.map((_, index) => index);
    const byDescriptor = numbers.filter((index) => index < BY_DESCRIPTOR);
    const env = Object.fromEntries(
      numbers.filter((index) => index >= BY_DESCRIPTOR).map((index) => [`RUNBOOK_SECRET_C${String(index)}`, this.secrets[index] ?? '']),
    );
    const descriptor = (index: number): string => String(index + FIRST_DESCRIPTOR);
    const open = byDescriptor.map((index) => `${descriptor(index)}<${join(hidden, `secret-${String(index)}`)}`).join(' ');
    const acting = [
      ...['--yes', '--headless', '--no-ssh-config', '--known-hosts', join(hidden, 'known_hosts'), '--identity', this.sshd.identity],
      ...byDescriptor.flatMap((index) => ['--secret-fd', `c${String(index)}=${descriptor(index)}`]),
    ];
    const started = startCli([...words, '--state-dir', state, ...(words[0] === 'plan' ? [] : acting)], {
      cwd: folder,
      env: { ...env, ...this.#surroundings(), ...more },
      through: ['sh', '-c', `exec "$@" ${open}`, 'sh'],
    });
    this.#watch.allow(started.process.pid);
    return started;
  }

  #surroundings(): Readonly<Record<string, string>> {
    return { RUNBOOK_OPERATOR: 'pat', TMPDIR: this.place.temporary };
  }
}
