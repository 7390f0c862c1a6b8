import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Lab } from '../../lab/index.js';

const ROOT = path.join(import.meta.dirname, '../..');

/** A copy of a folder of `examples/` whose lab addresses lie in another subnet, so that several labs can run at once. */
export function exampleCopy(name: string, to: string, subnet: string): string {
  const folder = path.join(to, name);
  cpSync(path.join(ROOT, 'examples', name), folder, { recursive: true });
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.yaml'))) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    writeFileSync(path.join(folder, file), text.replaceAll('127.42.', `${subnet}.`));
  }
  return folder;
}

/** How a `runbook` command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the command line of the product from its sources. */
export function runbook(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/bin.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

/** What every run against a lab is given, beside the runbook and the inventory. */
export function labOptions(lab: Lab): readonly string[] {
  return [
    ...['--yes', '--headless', '--no-ssh-config', '--known-hosts', lab.knownHosts, '--identity', lab.identity],
    ...['--state-dir', path.join(lab.directory, 'state')],
  ];
}
