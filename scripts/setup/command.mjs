import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = join(fileURLToPath(import.meta.url), '../../..');

/** npm is a script file on Windows, which only a shell starts. */
const needsShell = (/** @type {string} */ program) => process.platform === 'win32' && program === 'npm';

/**
 * Runs a program in the repository with the terminal's own input and output.
 * Resolves with its exit code; 127 when it could not be started.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Readonly<Record<string, string | undefined>>, quiet?: boolean }} [options] `quiet`: output is shown only when it fails;
 *   in `env` undefined takes a variable away
 * @returns {Promise<number>}
 */
export function execute(program, args, options = {}) {
  return new Promise((resolve) => {
    const quiet = options.quiet === true;
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: needsShell(program),
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      const result = code ?? (signal === 'SIGINT' ? 130 : 1);
      if (quiet && result !== 0) process.stderr.write(Buffer.concat(output));
      resolve(result);
    });
  });
}

/**
 * Like {@link execute}, and ends this process when the program fails.
 * @param {string} what for the person: what is being done
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Readonly<Record<string, string | undefined>>, quiet?: boolean }} [options]
 * @returns {Promise<void>}
 */
export async function need(what, program, args, options = {}) {
  console.log(`${what} …`);
  const code = await execute(program, args, options);
  if (code === 0) return;
  console.error(`${what}: failed (${[program, ...args].join(' ')} ended with ${code}).`);
  process.exit(code);
}
