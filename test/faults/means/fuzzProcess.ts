import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** How a process came through one lot of documents. */
export interface FuzzLot {
  /** Number of the last document it began with. */
  readonly last: string;
  /** The last other line it printed, or the end of what it complained. */
  readonly said: string;
  /** Its exit code or signal, when it is gone. */
  readonly ended: string | undefined;
  readonly hung: boolean;
}

/** A process that reads lots of hostile documents, one lot after the other: what is looked for may abort it. */
export class FuzzProcess {
  /** Lots it was given so far. */
  cases = 0;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #heard: (line: string) => void = () => undefined;
  #complained = '';
  readonly #ended: Promise<string>;

  constructor(program: string, megabytes: number) {
    const samples = join(import.meta.dirname, '../../fixtures/language');
    this.#child = spawn(process.execPath, [`--max-old-space-size=${String(megabytes)}`, program], {
      env: { ...process.env, FUZZ_SAMPLES: samples, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.on('data', (bytes: Buffer) => (this.#complained = `${this.#complained} ${bytes.toString('utf8')}`.slice(-1000)));
    createInterface(this.#child.stdout).on('line', (line) => {
      this.#heard(line);
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        resolve(signal ?? String(code));
      });
    });
  }

  /** Has it read `count` documents made from `seed`. It is killed when it says nothing for `silenceMs`, and is of no further use then. */
  async read(seed: number, count: number, silenceMs: number): Promise<FuzzLot> {
    this.cases += 1;
    let [last, said, hung] = ['none', '', false];
    const watch = setTimeout(() => {
      hung = true;
      this.#child.kill('SIGKILL');
    }, silenceMs);
    const done = new Promise<undefined>((resolve) => {
      this.#heard = (line) => {
        watch.refresh();
        if (/^\d+$/.test(line)) {
          last = line;
          return;
        }
        said = line.slice(0, 1000);
        resolve(undefined);
      };
    });
    this.#child.stdin.write(`${String(seed)} ${String(count)}\n`);
    const ended = await Promise.race([done, this.#ended]);
    clearTimeout(watch);
    return { last, said: `${said}${this.#complained}`, ended, hung };
  }

  /** Lets it go. */
  end(): void {
    this.#child.stdin.end();
  }
}
