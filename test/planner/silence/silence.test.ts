import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Watched } from './watched.js';

describe('linting and planning every example', () => {
  it('opens no socket, asks for no name, and starts no process and no thread', async () => {
    const { commands, noticed, alarms } = await watched();
    assert.deepEqual(noticed, []);
    assert.ok((commands[0] ?? 0) > 60, `commands by exit code: ${JSON.stringify(commands)}`);
    assert.deepEqual(
      Object.keys(commands).filter((code) => code !== '0' && code !== '2'),
      [],
      'what does not fit together is said, and nothing else goes wrong',
    );
    for (const [act, seen] of Object.entries(alarms)) assert.notDeepEqual(seen, [], `the watch would notice: ${act}`);
  }).timeout(120_000);
});

function watched(): Promise<Watched> {
  const child = fork(join(import.meta.dirname, 'watched.ts'), { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Watched);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the watched process ended with ${String(code)} and said nothing`));
    });
  });
}
