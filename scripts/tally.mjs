import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup/command.mjs';

/** Sums up what all checks found, and ends with one line. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  /** @type {string[]} */
  #broken = [];
  #live;

  /** @param {{ live: boolean }} options `live`: output of tests is shown as it comes, which only one check at a time can do */
  constructor({ live }) {
    this.#live = live;
  }

  /**
   * Runs a check with Node and counts its tests, or the check itself when it has none.
   * @param {import('./checks.mjs').Check} check
   * @param {Readonly<Record<string, string>>} [env]
   * @returns {Promise<void>}
   */
  async run(check, env = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'tally-'));
    const file = join(directory, 'counts.jsonl');
    const started = performance.now();
    const reporter = join(root, 'test/support/tallyReporter.cjs');
    const live = this.#live && check.tests === true;
    if (live) console.log(`\n${check.name}:`);
    const { code, output } = await collect(check.args, { ...env, TALLY_FILE: file, TALLY_REPORTER: reporter }, live);
    const counts = existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
    rmSync(directory, { recursive: true, force: true });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const clean = code === 0;
    if (!live && (!clean || check.tests === true)) process.stdout.write(output);
    console.log(`${clean ? '✓' : '✗'} ${check.name} (${seconds} s)`);
    this.#count(check, clean, counts);
  }

  /**
   * @param {import('./checks.mjs').Check} check
   * @param {boolean} clean
   * @param {{ passed: number, failed: number, skipped: number }[]} counts
   */
  #count(check, clean, counts) {
    const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => counts.reduce((total, count) => total + count[key], 0);
    const [passed, failed] = check.tests === true ? [sum('passed'), sum('failed')] : [clean ? 1 : 0, clean ? 0 : 1];
    this.#passed += passed;
    this.#skipped += sum('skipped');
    // A suite without a test, or one that broke off, has failed even if nothing in it did.
    this.#failed += failed > 0 ? failed : !clean || passed === 0 ? 1 : 0;
    if (!clean || passed === 0) this.#broken.push(check.name);
  }

  /** Prints what failed and the sum, and sets the exit code. */
  conclude() {
    if (this.#broken.length > 0) console.log(`\nfailed: ${this.#broken.join(', ')}`);
    if (this.#skipped > 0) console.log(`${this.#skipped} skipped`);
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    if (this.#failed > 0 || this.#passed === 0) process.exitCode = 1;
  }
}

/**
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} env
 * @param {boolean} live
 * @returns {Promise<{ code: number, output: Buffer }>}
 */
function collect(args, env, live) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output) }));
  });
}
