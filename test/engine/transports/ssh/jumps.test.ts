import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanHost } from '../../../../src/planner/index.js';
import { SshConnection } from '../../../../src/engine/transports/ssh/sshConnection.js';
import { haveSshd, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { startScriptedServer } from '../../../support/sshServer.js';
import type { Script, ScriptedServer } from '../../../support/sshServer.js';
import { Bench, NEVER, run, script, sshHost } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

/** What a jump host does with the n-th connection it is asked to pass on. */
type Forwarding = (stream: NodeJS.ReadWriteStream & { destroy(): void }, count: number) => void;

describe('jump hosts', function () {
  this.timeout(60_000);
  const bench = new Bench();
  const home = join(bench.directory, 'home');
  const homeBefore = process.env['HOME'];
  let server: Sshd;

  before(async function () {
    if (!haveSshd) this.skip();
    server = await startSshd();
    mkdirSync(join(home, '.ssh'), { recursive: true });
  });
  afterEach(() => {
    process.env['HOME'] = homeBefore;
  });
  after(async () => {
    await bench.close();
    await server.stop();
  });

  /** A jump host in this process, which lets everybody in. */
  const withJump = async (forwarding: Forwarding, act: (jump: ScriptedServer) => Promise<void>): Promise<void> => {
    let count = 0;
    const made: Script = {
      ready: (connection) => {
        connection.on('tcpip', (accept) => {
          forwarding(accept(), ++count);
        });
      },
    };
    const jump = await startScriptedServer(made);
    try {
      await act(jump);
    } finally {
      await jump.stop();
    }
  };
  const behind = (jump: { address: string; port: number }): readonly [PlanHost, PlanHost] => [
    sshHost('bastion', jump),
    sshHost('web_1', server, { jump: 'bastion' }),
  ];
  const through: Forwarding = (stream) => {
    const beyond = connect(server.port, server.address);
    beyond.on('error', () => undefined);
    stream.pipe(beyond).pipe(stream);
  };
  const configured = (config: string): void => {
    writeFileSync(join(home, '.ssh/config'), config);
    process.env['HOME'] = home;
  };
  const plain = (name: string): PlanHost => ({ name, address: name, connection: 'ssh', platform: 'linux', vars: {} });

  it('that are not in the inventory are named', async () => {
    const host = sshHost('web_1', server, { jump: 'nobody' });
    await assert.rejects(bench.connections([host], '').to(host, NEVER), {
      reason: 'not_started',
      message: 'the jump host nobody of web_1 is not in the inventory',
    });
  });

  it('that do not pass on say so, and whether a host answers behind them is told', async () => {
    const closed = await startSshd({ config: ['AllowTcpForwarding no'] });
    try {
      const hosts = behind(closed);
      const connections = bench.connections(hosts, closed.knownHost + server.knownHost, { identities: [closed.identity] });
      await assert.rejects(connections.to(hosts[1], NEVER), {
        reason: 'connection_refused',
        message: /cannot be reached from bastion/,
        next: /may forward/,
      });
      assert.equal(await connections.reachable(hosts[1]), false);
    } finally {
      await closed.stop();
    }
  });

  it('that are gone pass nothing on', async () => {
    await withJump(through, async (jump) => {
      const [bastion] = behind(jump);
      const connection = await bench.connections([], jump.knownHost).to(bastion, NEVER);
      assert.ok(connection instanceof SshConnection);
      await connection.close();
      await assert.rejects(connection.forward('127.0.0.1', 22), {
        reason: 'connection_refused',
        message: /cannot be reached from bastion/,
      });
    });
  });

  it('are logged in to anew once they are gone', async () => {
    await withJump(through, async (jump) => {
      const hosts = behind(jump);
      const connections = bench.connections(hosts, jump.knownHost + server.knownHost, { identities: [server.identity] });
      const first = await connections.to(hosts[1], NEVER);
      jump.dropConnections();
      await eventually(() => !first.alive, 'the first connection breaks', 5);
      const second = await connections.to(hosts[1], NEVER);
      assert.equal((await run(second, script('echo back'))).stdout, 'back\n');
      assert.equal(jump.logins, 2);
    });
  });

  it('that break while a host behind them is asked for its certificate end the login', async () => {
    let bastion: ScriptedServer | undefined;
    const cut: Forwarding = (stream, count) => {
      if (count === 1) {
        stream.write('SSH-2.0-x\r\n');
      } else bastion?.dropConnections();
    };
    await withJump(cut, async (jump) => {
      bastion = jump;
      const hosts = behind(jump);
      const authority = `@cert-authority [${server.address}]:* ${server.knownHost.split(' ').slice(1).join(' ')}`;
      await assert.rejects(bench.connections(hosts, jump.knownHost + authority).to(hosts[1], NEVER), {
        reason: 'connection_lost',
        message: /^web_1 closed the connection/,
      });
    });
  });

  it('of the configuration are gone through one after the other, each with the user and the port that stand there', async () => {
    await withJump(through, async (jump) => {
      const { user } = sshHost('x', server);
      const hop = `${user ?? assert.fail()}@${server.address}:${String(server.port)}`;
      const outer = `${jump.address}:${String(jump.port)}`;
      configured(
        `Host inner\n HostName ${server.address}\n Port ${String(server.port)}\n User ${user}\n IdentityFile ${server.identity}\n ProxyJump ${outer},${hop}\n`,
      );
      const connections = bench.connections([], jump.knownHost + server.knownHost, {
        useConfig: true,
        identities: [server.identity],
      });
      const connection = await connections.to(plain('inner'), NEVER);
      assert.equal((await run(connection, script('echo in'))).stdout, 'in\n');
      assert.equal(jump.logins, 1);
    });
  });

  it('of the configuration are read unless the options say otherwise; a command to connect through is refused', async () => {
    configured('Host inner\n ProxyCommand nc %h %p\n');
    const connections = bench.connections([], '', {});
    const { useConfig: _unsaid, ...ssh } = { knownHosts: [], identities: [], useConfig: true };
    const unsaid = bench.connections([], '', {}, { ssh: { ...ssh, trustUnknownKey: async () => false, askSecret: async () => undefined } });
    await assert.rejects(unsaid.to(plain('inner'), NEVER), {
      reason: 'connection_refused',
      message: /ProxyCommand, which is not supported/,
    });
    assert.equal(await unsaid.reachable(plain('inner')), false);
    await assert.rejects(connections.to(plain('-inner'), NEVER), { reason: 'not_started' });
  });

  it('that are still being logged in to are given up when the run ends', async () => {
    await withJump(through, async (jump) => {
      const hosts = behind(jump);
      let answer: (trusted: boolean) => void = () => undefined;
      const asked = new Promise<boolean>((resolve) => (answer = resolve));
      let begun: () => void = () => undefined;
      const asking = new Promise<void>((resolve) => (begun = resolve));
      const connections = bench.connections(hosts, '', {
        trustUnknownKey: () => {
          begun();
          return asked;
        },
      });
      const looking = connections.reachable(hosts[1]);
      await asking;
      const closing = connections.closeAll();
      // Only then is the jump host refused.
      await sleep(20);
      answer(false);
      assert.equal(await looking, false);
      await closing;
      assert.equal(jump.logins, 0);
    });
  });

  it('are not looked behind where nothing may be opened any more', async () => {
    let left = 1;
    const assertMayAct = (): void => {
      if (left-- <= 0) throw new RangeError('no longer trusted');
    };
    await assert.rejects(bench.connections([], '', { useConfig: false }, { assertMayAct }).reachable(sshHost('web_1', server)), (error) => {
      return error instanceof RangeError || assert.fail(String(error));
    });
  });
});
