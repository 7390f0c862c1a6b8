import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecChannel } from '../../../../src/engine/transports/exec.js';
import { LocalExec } from '../../../../src/engine/transports/local/localExec.js';
import { loadNodePty } from '../../../../src/engine/transports/local/nodePty.js';
import { Bench, HERE, NEVER, newAttempt, run, script } from '../hosts.js';

const TERMINAL = { columns: 80, rows: 24 };

describe('command lines on this machine', function () {
  this.timeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), 'runbook-exec-'));
  const exec = new LocalExec(directory, undefined, () => undefined);
  let printed: string;

  const start = (commandLine: string, terminal?: typeof TERMINAL): Promise<ExecChannel> => {
    printed = '';
    const note = (bytes: Uint8Array): void => void (printed += Buffer.from(bytes).toString('utf8'));
    return exec.exec({ commandLine, ...(terminal === undefined ? {} : { terminal }) }, { stdout: note, stderr: note });
  };
  after(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });

  it('are told as ended by a signal, with a terminal or without', async () => {
    assert.deepEqual(await (await start('kill -TERM $$')).ended, { kind: 'signalled', signal: 'SIGTERM' });
    // The shell that holds the terminal dies before it can say how the command ended.
    const inTerminal = await start('kill -KILL $PPID; sleep 1', TERMINAL);
    assert.deepEqual(await inTerminal.ended, { kind: 'signalled', signal: '9' });
  });

  it('that end by a signal after they were dropped are lost: nobody knows whose it was', async () => {
    const channel = await start('read -r line; kill -KILL $$');
    channel.close();
    assert.deepEqual(await channel.ended, { kind: 'lost', message: 'it was dropped' });
  });

  it('in a terminal take bytes while they run, and nothing after their end', async () => {
    const channel = await start('read -r line; echo "[$line]"', TERMINAL);
    channel.write(Buffer.from('bytes\r'));
    assert.deepEqual(await channel.ended, { kind: 'exited', code: 0 });
    channel.write('late');
    channel.resize(1, 1);
    channel.close();
    assert.equal(printed, 'bytes\r\n[bytes]\r\n');
  });

  it('in a terminal are hung up when it is closed', async () => {
    const channel = await start('trap "exit 5" HUP; echo ready; while :; do sleep 0.1; done', TERMINAL);
    for (let tries = 0; tries < 200 && !printed.includes('ready'); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    channel.close();
    assert.deepEqual(await channel.ended, { kind: 'exited', code: 5 });
  });

  it('get a terminal from the package when the editor has none at its place', async () => {
    const pty = await loadNodePty(join(directory, 'no', 'node-pty.js'));
    assert.equal(typeof pty.spawn, 'function');
  });
});

describe('the machine of the operator', function () {
  this.timeout(60_000);
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.close());

  it('starts nothing where the evidence cannot be kept, and says why', async () => {
    const connection = await bench.connections([], '').to(HERE, NEVER);
    mkdirSync(join(bench.directory, 'state'));
    writeFileSync(join(bench.directory, 'state', 'attempts'), 'a file');
    await assert.rejects(run(connection, script(`touch '${bench.directory}/done'`, { attempt: newAttempt() })), {
      reason: 'not_started',
      message: /^this machine could not keep the evidence of the attempt: ENOTDIR/,
    });
    assert.throws(() => rmSync(join(bench.directory, 'done')));
  });

  it('finds programs by the PATH of the step', async () => {
    const connection = await bench.connections([], '').to(HERE, NEVER);
    const bin = join(bench.directory, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'only-here'), '#!/bin/sh\necho found\n', { mode: 0o755 });
    const path = `${bin}:${process.env['PATH'] ?? ''}`;
    assert.equal((await run(connection, script('only-here', { env: { PATH: path } }))).stdout, 'found\n');
  });

  it('takes "~/" of a path as the home directory', async () => {
    const connection = await bench.connections([], '').to(HERE, NEVER);
    const file = join(bench.directory, 'image');
    writeFileSync(file, 'content');
    const before = process.env['HOME'];
    process.env['HOME'] = bench.directory;
    try {
      const { path, bytes } = await connection.upload(file, '~/copied', () => undefined);
      assert.deepEqual({ path, bytes }, { path: join(bench.directory, 'copied'), bytes: 7 });
    } finally {
      process.env['HOME'] = before;
    }
  });
});
