import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process of a name, which runs while `use` works, unless somebody ends it. */
export async function withProcess(name: string, use: (pid: number) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'process-'));
  await copyFile('/bin/sleep', join(directory, name));
  const child = spawn(join(directory, name), ['60'], { stdio: 'ignore' });
  try {
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    await use(child.pid ?? 0);
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
    await rm(directory, { recursive: true, force: true });
  }
}
