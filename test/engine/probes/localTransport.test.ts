import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Probe } from '../../../src/language/index.js';
import type { PlanHost } from '../../../src/planner/index.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { LocalConnection } from '../../../src/engine/transports/local/localConnection.js';
import { contextWith } from './support/context.js';

const host: PlanHost = { name: 'local', address: '127.0.0.1', connection: 'local', platform: 'linux', vars: {} };

describe('probes through the local transport', () => {
  let directory: string;
  let connection: LocalConnection;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-probes-'));
    connection = new LocalConnection(host, { stateDirectory: directory, assertMayAct: () => undefined });
  });
  after(async () => {
    await connection.close();
    await rm(directory, { recursive: true });
  });
  const ask = async (probe: Probe): Promise<string> => {
    const verdict = await runProbe(
      probe,
      contextWith({ inputs: { word: "it's $(x)" } }, { connection: () => Promise.resolve(connection) }),
    );
    return verdict.value === undefined ? verdict.verdict : `${verdict.verdict} ${String(verdict.value)}`;
  };

  it('look at files, processes and ports', async () => {
    assert.equal(await ask({ file: { path: '/etc/passwd', contains: '^root:' } }), 'holds');
    assert.equal(await ask({ file: { path: '/etc/passwd.none', state: 'absent' } }), 'holds');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    assert.equal(await ask({ port: { number: (server.address() as AddressInfo).port } }), 'holds');
    await new Promise((resolve) => server.close(resolve));
  });

  it('never see themselves among the processes', async () => {
    assert.equal(await ask({ process: { command_line: 'runbook-studio$', state: 'absent' } }), 'holds');
    assert.equal(await ask({ process: { name: 'ps', state: 'absent' } }), 'holds');
  });

  it('run commands with values, and tell a missing program from a failing one', async () => {
    assert.equal(await ask({ command: { run: 'printf %s "$1"', args: ['${{ inputs.word }}'] } }), "holds it's $(x)");
    assert.equal(await ask({ command: { run: 'exit 4' } }), 'does_not_hold');
    assert.equal(await ask({ command: { run: 'no-such-program-here' } }), 'could_not_tell');
  });
});
