import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineTimePerStep, NO_SSH } from './engineRun.js';
import { interleaved, table } from './measure.js';

const STEPS = 25;

/** A trivial local step of the engine against the least that could do the same: a shell, and one durable record before and after it. */
export async function benchLocalStep(): Promise<string> {
  const cases = [
    { name: 'bare spawn + 2 fdatasync', once: bareTimePerStep },
    { name: 'engine', once: () => engineTimePerStep(STEPS, '{ connection: local, platform: linux }', NO_SSH) },
  ];
  return table('local step', 'ms a step', await interleaved(cases, 5), ['bare spawn + 2 fdatasync']);
}

async function bareTimePerStep(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  const fd = openSync(join(directory, 'journal'), 'a');
  const record = Buffer.alloc(300, 'x');
  const started = performance.now();
  for (let step = 0; step < STEPS; step++) {
    writeSync(fd, record);
    fdatasyncSync(fd);
    await new Promise((resolve, reject) => {
      const child = spawn('sh', ['-eu', '-c', 'true'], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      child.once('error', reject);
      child.once('close', resolve);
      child.stdout.resume();
      child.stderr.resume();
    });
    writeSync(fd, record);
    fdatasyncSync(fd);
  }
  const time = (performance.now() - started) / STEPS;
  closeSync(fd);
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  return time;
}
