import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup/command.mjs';

/** Longer than any check takes on a slow machine: one that hangs must not take what the others found with it. */
const LIMIT_MS = 20 * 60_000;
/** So much of what a failed check printed is shown again at the end. */
const LAST_LINES = 12;

/** Sums up what all checks found, and ends with one line. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  /** @type {string[]} */
  #broken = [];
  /** @type {string[]} */
  #why = [];

  /**
   * Runs checks two at a time, in their order: enough to use a small machine. What one of them prints is shown whole when it ends.
   * @param {readonly import('./checks.mjs').Check[]} checks
   * @returns {Promise<void>}
   */
  async runSideBySide(checks) {
    const waiting = [...checks];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.run(next);
    };
    await Promise.all([work(), work()]);
  }

  /**
   * Runs a check with Node and counts its tests, or the check itself when it has none.
   * @param {import('./checks.mjs').Check} check
   * @param {{ live?: boolean, env?: Readonly<Record<string, string>> }} [options] `live`: output of tests is shown as it comes, which only a check
   *   that runs alone can do
   * @returns {Promise<void>}
   */
  async run(check, options = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'tally-'));
    const file = join(directory, 'counts.jsonl');
    const started = performance.now();
    const reporter = join(root, 'test/support/tallyReporter.cjs');
    const live = options.live === true && check.tests === true;
    if (live) console.log(`\n${check.name}:`);
    const { code, output } = await collect(check.args, { ...options.env, TALLY_FILE: file, TALLY_REPORTER: reporter }, live);
    const counts = existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
    rmSync(directory, { recursive: true, force: true });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const clean = code === 0;
    const broken = counts.flatMap((count) => count.broken ?? []);
    if (!clean) this.#why.push(...(broken.length > 0 ? broken : [lastLines(output)]).map((text) => `${check.name}: ${text}`));
    if (!live && check.tests === true) console.log(`\n${check.name}:`);
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

  /** Prints what failed, once more and together, and the sum, and sets the exit code. */
  conclude() {
    if (this.#broken.length > 0) console.log(`\nfailed: ${this.#broken.join(', ')}`);
    for (const text of this.#why) console.log(`  ✗ ${text.replaceAll('\n', '\n    ')}`);
    if (this.#skipped > 0) console.log(`${this.#skipped} skipped`);
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    if (this.#failed > 0 || this.#passed === 0) process.exitCode = 1;
  }
}

/**
 * The end of what a check printed that counts no tests of its own.
 * @param {Buffer} output
 */
function lastLines(output) {
  return output.toString('utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
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
    const end = (/** @type {number} */ code) => {
      clearTimeout(limit);
      resolve({ code, output: Buffer.concat(output) });
    };
    const limit = setTimeout(() => {
      output.push(Buffer.from(`\nnot ended within ${String(LIMIT_MS / 60_000)} minutes\n`));
      child.kill('SIGKILL');
      // What the check has started itself may live on and hold these open.
      for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      end(1);
    }, LIMIT_MS);
    child.on('close', (code) => end(code ?? 1));
  });
}
