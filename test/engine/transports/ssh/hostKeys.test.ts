import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import type { HostKeyQuestion } from '../../../../src/engine/engine.js';
import { failClosed } from '../../../../src/engine/transports/ssh/hostVerifier.js';
import { fingerprintOf } from '../../../../src/engine/transports/ssh/knownHosts.js';
import { newKey, startScriptedServer } from '../../../support/sshServer.js';
import type { ScriptedServer } from '../../../support/sshServer.js';
import { Bench, NEVER, sshHost } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

type Answer = (permitted: unknown) => void;

/** Every shape of verifier that a program may hand to ssh2; only the first two are consent. */
const SHAPES: readonly (readonly [string, unknown])[] = [
  ['no verifier', undefined],
  ['null', () => null],
  ['zero', () => 0],
  ['an empty text', () => ''],
  [
    'callback(undefined)',
    (_key: Buffer, answer: Answer) => {
      answer(undefined);
    },
  ],
  [
    'callback(null)',
    (_key: Buffer, answer: Answer) => {
      answer(null);
    },
  ],
  [
    'callback(an error)',
    (_key: Buffer, answer: Answer) => {
      answer(new Error('no'));
    },
  ],
  ['no function', 'yes'],
  ['async false', async () => false],
  [
    'async throwing',
    async () => {
      throw new Error('no');
    },
  ],
  ['false', () => false],
  [
    'callback(false)',
    (_key: Buffer, answer: Answer) => {
      answer(false);
    },
  ],
  ['no answer at all', () => undefined],
  ['async undefined', async () => undefined],
  [
    'throwing',
    () => {
      throw new Error('no');
    },
  ],
  ['one', () => 1],
  [
    'a refusal that changes its mind',
    (_key: Buffer, answer: Answer) => {
      answer(false);
      answer(true);
    },
  ],
];

describe('host keys', () => {
  const bench = new Bench();
  let server: ScriptedServer;

  beforeEach(async () => {
    server = await startScriptedServer();
  });
  afterEach(async () => {
    await server.stop();
  });
  after(async () => {
    await bench.close();
  });

  const connects = (hostVerifier: (key: Buffer, verify: (permitted: boolean) => void) => void): Promise<boolean> =>
    new Promise((resolve) => {
      const client = new ssh2.Client();
      const finish = (connected: boolean) => (): void => {
        client.destroy();
        resolve(connected);
      };
      client.on('ready', finish(true)).on('error', finish(false)).on('close', finish(false));
      client.connect({ host: server.address, port: server.port, username: 'x', hostVerifier, readyTimeout: 3000 });
    });

  for (const [name, shape] of SHAPES) {
    it(`are refused by ${name}`, async () => {
      assert.equal(await connects(failClosed(shape)), false);
      assert.equal(server.logins, 0);
    });
  }

  it('are accepted by the literal true, as a value, in a promise or through the callback', async () => {
    assert.equal(await connects(failClosed(() => true)), true);
    assert.equal(await connects(failClosed(async () => true)), true);
    assert.equal(
      await connects(
        failClosed((_key: Buffer, answer: Answer) => {
          answer(true);
        }),
      ),
      true,
    );
  });

  const refused = async (
    known: string,
    more: { hostKey?: string } = {},
    trust?: (question: HostKeyQuestion) => Promise<boolean>,
  ): Promise<{ message: string; next: string }> => {
    const connections = bench.connections([], known, trust === undefined ? {} : { trustUnknownKey: trust });
    const error = await connections.to(sshHost('web_1', server, more), NEVER).then(
      () => assert.fail('it connected'),
      (reason: unknown) => reason as { reason: string; message: string; next: string },
    );
    assert.equal(error.reason, 'host_key');
    assert.equal(server.logins, 0);
    return error;
  };

  it('that are known connect', async () => {
    const connection = await bench.connections([], server.knownHost).to(sshHost('web_1', server), NEVER);
    assert.equal(connection.fingerprint, fingerprintOf(server.hostKey));
  });

  it('that are unknown are asked about with their fingerprint, and remembered when trusted', async () => {
    const asked: HostKeyQuestion[] = [];
    const connections = bench.connections([], '', { trustUnknownKey: async (question) => asked.push(question) === 1 });
    await connections.to(sshHost('web_1', server), NEVER);
    assert.deepEqual(asked, [
      { host: 'web_1', address: server.address, port: server.port, keyType: 'ssh-ed25519', fingerprint: fingerprintOf(server.hostKey) },
    ]);
    assert.equal(readFileSync(bench.knownHosts, 'utf8'), server.knownHost);
  });

  it('that are trusted are not remembered where no file is named for them', async () => {
    const connections = bench.connections([], '', { knownHosts: [], trustUnknownKey: async () => true });
    const connection = await connections.to(sshHost('web_1', server), NEVER);
    assert.equal(connection.fingerprint, fingerprintOf(server.hostKey));
    assert.equal(readFileSync(bench.knownHosts, 'utf8'), '');
  });

  it('cannot be judged where the files about them cannot be read or written, and nobody is let in', async () => {
    const first = bench.connections([], '', { knownHosts: [bench.directory], trustUnknownKey: () => assert.fail('asked') });
    await assert.rejects(first.to(sshHost('web_1', server), NEVER), { reason: 'host_key', message: /known hosts in .* cannot be read/ });
    const below = `${bench.knownHosts}/none/known_hosts`;
    const second = bench.connections([], '', { knownHosts: [below], trustUnknownKey: async () => true });
    await assert.rejects(second.to(sshHost('web_1', server), NEVER), { reason: 'host_key', message: /could not be judged/ });
    assert.equal(existsSync(below), false);
    assert.equal(server.logins, 0);
  });

  it('that nobody was asked about are no reason to believe the library', async () => {
    class Careless extends EventEmitter {
      readonly _protocol = { authPK: (): void => undefined };
      connect(): void {
        setImmediate(() => this.emit('ready'));
      }
      destroy(): void {
        this.emit('close');
      }
    }
    const real = ssh2.Client;
    ssh2.Client = Careless as unknown as typeof ssh2.Client;
    try {
      assert.match((await refused(server.knownHost)).message, /without a look at its key/);
    } finally {
      ssh2.Client = real;
    }
  });

  it('that are unknown do not connect on anything but true', async () => {
    for (const answer of [false, undefined, null, 'yes', 1]) await refused('', {}, async () => answer as unknown as boolean);
    await refused('', {}, async () => {
      throw new Error('nobody there');
    });
  });

  it('that have changed do not connect, and nobody is asked', async () => {
    const other = newKey().public;
    const error = await refused(`[127.0.0.1]:${String(server.port)} ${other}\n`, {}, () => assert.fail('asked'));
    const expected = fingerprintOf(Buffer.from(other.split(' ')[1] ?? '', 'base64'));
    assert.match(error.message, new RegExp(`${escape(fingerprintOf(server.hostKey))}.*${escape(expected)}`));
    assert.match(error.next, /line 1 of /);
  });

  it('that are revoked or only an authority vouches for do not connect', async () => {
    const key = server.knownHost.split(' ').slice(1).join(' ');
    assert.match((await refused(`${server.knownHost}@revoked * ${key}`)).message, /revoked/);
    assert.match((await refused(`@cert-authority * ${key}`, {}, () => assert.fail('asked'))).message, /certificate authority/);
  });

  it('that differ from the inventory do not connect, though they are known', async () => {
    assert.match((await refused(server.knownHost, { hostKey: 'SHA256:somethingelse' })).message, /inventory/);
  });

  it('that change between two connections of a run do not connect again, though both are known', async () => {
    const second = await startScriptedServer();
    try {
      const host = sshHost('web_1', server);
      const connections = bench.connections([], server.knownHost + second.knownHost);
      const first = await connections.to(host, NEVER);
      server.dropConnections();
      await eventually(() => !first.alive, 'the first connection breaks', 5);
      await assert.rejects(connections.to({ ...host, port: second.port }, NEVER), { reason: 'host_key' });
      assert.equal(second.logins, 0);
    } finally {
      await second.stop();
    }
  });

  it('that have changed since the run was interrupted do not connect, though they are known', async () => {
    const shownBefore = (fingerprint: string): Promise<unknown> =>
      bench.connections([], server.knownHost, {}, {}, { web_1: fingerprint }).to(sshHost('web_1', server), NEVER);
    await shownBefore(fingerprintOf(server.hostKey));
    await assert.rejects(shownBefore('SHA256:another'), { reason: 'host_key', message: /earlier in this run/ });
    assert.equal(server.logins, 1);
  });

  it('of servers with weak algorithms only are never looked at', async () => {
    const weak = await startScriptedServer({ config: { algorithms: { cipher: ['aes256-cbc'] } } });
    try {
      await assert.rejects(bench.connections([], weak.knownHost).to(sshHost('old', weak), NEVER), {
        reason: 'connection_refused',
        message: /no longer safe/,
      });
    } finally {
      await weak.stop();
    }
  });
});

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
