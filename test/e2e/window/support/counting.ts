import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRun } from '../../../../src/engine/index.js';
import { openSession } from '../../../host/session.js';
import type { Session } from '../../../host/session.js';

/** How long anything is waited for on a busy machine, in ms. */
export const PATIENCE_MS = 60_000;

/** A folder with runbooks whose steps leave a line each time they are carried out: the lines are the judge. */
export class Counting {
  readonly folder = mkdtempSync(join(tmpdir(), 'counting-'));
  readonly stateDirectory = join(this.folder, '.state');
  readonly #log = join(this.folder, 'lines.txt');
  readonly #home = join(this.folder, '.home');

  constructor() {
    mkdirSync(join(this.#home, '.ssh'), { recursive: true });
    mkdirSync(join(this.folder, 'may'));
  }

  /** Script of a step: leaves its line, and then whatever comes. */
  script(name: string, then = ''): string {
    return `echo ${name} >> '${this.#log}'${then === '' ? '' : `; ${then}`}`;
  }

  /** Script that goes on once {@link mayGoOn} allows it; it gives up after two minutes. */
  waitFor(name: string): string {
    return `n=0; until [ -e '${join(this.folder, 'may', name)}' ] || [ $n -ge 1200 ]; do n=$((n+1)); sleep 0.1; done`;
  }

  mayGoOn(name: string): void {
    writeFileSync(join(this.folder, 'may', name), '');
  }

  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  /** Lines so far, in order. */
  lines(): readonly string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8').trim().split('\n') : [];
  }

  forgetLines(): void {
    rmSync(this.#log, { force: true });
  }

  /** Waits until the step has left its line. Throws when it does not in time. */
  async line(name: string): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (!this.lines().includes(name)) {
      if (performance.now() > until) throw new Error(`"${name}" has left no line: ${this.lines().join(', ')}`);
      await sleep(50);
    }
  }

  read(run: string): ReturnType<typeof readRun> {
    return readRun(this.stateDirectory, run);
  }

  /** A window on the folder that takes nothing from who runs the tests. */
  open(settings: Readonly<Record<string, unknown>> = {}): Promise<Session> {
    return openSession({
      workspace: this.folder,
      theme: 'dark',
      size: { width: 1600, height: 1000 },
      settings: { 'runbook.stateDirectory': this.stateDirectory, 'runbook.ssh.useConfig': false, ...settings },
      env: { HOME: this.#home, XDG_STATE_HOME: this.#home, SSH_AUTH_SOCK: '', RUNBOOK_OPERATOR: 'wanda' },
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
