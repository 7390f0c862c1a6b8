import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Probe } from '../../../src/language/index.js';
import type { PlanHost } from '../../../src/planner/index.js';
import { processList } from '../../../src/engine/probes/look/processList.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { LocalConnection } from '../../../src/engine/transports/local/localConnection.js';
import { SshTransport } from '../../../src/engine/transports/ssh/sshTransport.js';
import type { Connection } from '../../../src/engine/transports/transport.js';
import { startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { contextWith } from './support/context.js';

type Opened = { readonly connection: Connection; close(): Promise<void> };

async function openLocal(): Promise<Opened> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'local-probes-'));
  const host: PlanHost = { name: 'local', address: '127.0.0.1', connection: 'local', platform: 'linux', vars: {} };
  const connection = new LocalConnection(host, { stateDirectory, assertMayAct: () => undefined });
  return {
    connection,
    close: async () => {
      await connection.close();
      await rm(stateDirectory, { recursive: true });
    },
  };
}

async function openSsh(): Promise<Opened> {
  const server: Sshd = await startSshd();
  const knownHosts = join(server.directory, 'known_hosts_of_the_test');
  await writeFile(knownHosts, `${server.knownHost}\n`);
  const host: PlanHost = {
    name: 'remote',
    address: server.address,
    port: server.port,
    user: userInfo().username,
    connection: 'ssh',
    platform: 'linux',
    vars: {},
  };
  const transport = new SshTransport(
    {
      stateDirectory: server.directory,
      baseDirectory: server.directory,
      version: '0',
      operator: 'tester',
      ssh: {
        knownHosts: [knownHosts],
        identities: [server.identity],
        trustUnknownKey: () => Promise.resolve(false),
        askSecret: () => Promise.resolve(undefined),
        useConfig: false,
      },
      secret: () => Promise.resolve(undefined),
      assertMayAct: () => undefined,
    },
    { remote: host },
  );
  const connection = await transport.connect(host);
  return {
    connection,
    close: async () => {
      await connection.close();
      await server.stop();
    },
  };
}

for (const [name, open] of [
  ['the local transport', openLocal],
  ['a real OpenSSH server', openSsh],
] as const) {
  describe(`probes through ${name}`, () => {
    let opened: Opened;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());
    const context = (): ReturnType<typeof contextWith> =>
      contextWith({ inputs: { word: "it's $(x)" } }, { connection: () => Promise.resolve(opened.connection) });
    const ask = async (probe: Probe): Promise<string> => {
      const verdict = await runProbe(probe, context());
      return verdict.value === undefined ? verdict.verdict : `${verdict.verdict} ${String(verdict.value)}`;
    };

    it('look at files and ports', async () => {
      assert.equal(await ask({ file: { path: '/etc/passwd', contains: '^root:' } }), 'holds');
      assert.equal(await ask({ file: { path: '/etc/passwd.none', state: 'absent' } }), 'holds');
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      assert.equal(await ask({ port: { number: (server.address() as AddressInfo).port } }), 'holds');
      await new Promise((resolve) => server.close(resolve));
    });

    it('never see themselves among the processes', async () => {
      const seen = await processList(context());
      assert.ok(seen.some(({ pid }) => pid === process.pid));
      const below = (pid: number | undefined): boolean =>
        pid === process.pid || (pid !== undefined && below(seen.find((one) => one.pid === pid)?.parent));
      const ours = seen.filter(({ parent, commandLine }) => below(parent) && /runbook-studio|\bps\b/.test(commandLine));
      assert.deepEqual(ours, []);
    });

    it('run commands with values, and tell a missing program from a failing one', async () => {
      assert.equal(await ask({ command: { run: 'printf %s "$1"', args: ['${{ inputs.word }}'] } }), "holds it's $(x)");
      assert.equal(await ask({ command: { run: 'exit 4' } }), 'does_not_hold');
      assert.equal(await ask({ command: { run: 'no-such-program-here' } }), 'could_not_tell');
    });

    it('end with the signal', async () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 300);
      const begun = Date.now();
      const verdict = await runProbe({ command: { run: 'sleep 30' } }, { ...context(), signal: controller.signal });
      assert.equal(verdict.verdict, 'could_not_tell');
      assert.ok(Date.now() - begun < 10_000);
    });
  });
}
