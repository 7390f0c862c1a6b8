import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { Client, Connection, ServerChannel } from 'ssh2';
import { Channels } from '../../../../src/engine/transports/ssh/channels.js';
import { SshExec } from '../../../../src/engine/transports/ssh/sshExec.js';
import { startScriptedServer } from '../../../support/sshServer.js';
import type { Script, ScriptedServer } from '../../../support/sshServer.js';

const NOTHING = (): void => undefined;
const SILENT = { stdout: NOTHING, stderr: NOTHING };
const TERMINAL = { columns: 80, rows: 24 };

describe('command lines over SSH', () => {
  interface Opened {
    readonly exec: SshExec;
    readonly client: Client;
    readonly server: ScriptedServer;
  }

  const withServer = async (made: Script, act: (opened: Opened) => Promise<void>, isAlive?: () => boolean): Promise<void> => {
    const server = await startScriptedServer(made);
    const client = new ssh2.Client();
    let alive = true;
    client.on('error', NOTHING).on('close', () => (alive = false));
    try {
      await new Promise<void>((resolve) => {
        client.on('ready', resolve).connect({ host: server.address, port: server.port, username: 'x' });
      });
      const living = isAlive ?? ((): boolean => alive);
      const channels = new Channels('web_1', client, living, NOTHING);
      await act({ exec: new SshExec('web_1', channels, living, () => undefined, NOTHING), client, server });
    } finally {
      client.destroy();
      await server.stop();
    }
  };

  it('end with the signal that the host names', async () => {
    const killed = (_commandLine: string, accept: () => ServerChannel): void => {
      const channel = accept();
      channel.exit('KILL');
      channel.end();
    };
    await withServer({ exec: killed }, async ({ exec }) => {
      const { ended } = await exec.exec({ commandLine: 'x' }, SILENT);
      assert.deepEqual(await ended, { kind: 'signalled', signal: 'SIGKILL' });
    });
  });

  it('keep output that a line which stands still brings long after the exit code', async () => {
    const slow = (_commandLine: string, accept: () => ServerChannel, connection: Connection): void => {
      const channel = accept();
      channel.write('first ');
      channel.exit(0);
      const { _sock: line } = connection as unknown as { readonly _sock: Socket };
      // From here on nothing leaves the server, its answers neither, until the line moves again.
      line.cork();
      channel.write('last');
      channel.end();
      setTimeout(() => {
        line.uncork();
      }, 1500);
    };
    await withServer({ exec: slow }, async ({ exec }) => {
      let printed = '';
      const { ended } = await exec.exec({ commandLine: 'x' }, { ...SILENT, stdout: (bytes) => (printed += bytes.toString()) });
      assert.deepEqual(await ended, { kind: 'exited', code: 0 });
      assert.equal(printed, 'first last');
    });
  });

  it('are left behind when the server answers and still nothing comes', async () => {
    const holding = (_commandLine: string, accept: () => ServerChannel): void => {
      const channel = accept();
      channel.write('done');
      channel.exit(0);
    };
    await withServer({ exec: holding }, async ({ exec }) => {
      let printed = '';
      const { ended } = await exec.exec({ commandLine: 'x' }, { ...SILENT, stdout: (bytes) => (printed += bytes.toString()) });
      assert.deepEqual(await ended, { kind: 'exited', code: 0 });
      assert.equal(printed, 'done');
    });
  });

  it('read until their input ends; what is said to them afterwards is lost without harm', async () => {
    const heard: string[] = [];
    const reading = (_commandLine: string, accept: () => ServerChannel): void => {
      const channel = accept();
      channel.on('data', (bytes: Buffer) => heard.push(bytes.toString()));
      channel.on('end', () => {
        channel.exit(3);
        channel.end();
      });
    };
    await withServer({ exec: reading }, async ({ exec }) => {
      const channel = await exec.exec({ commandLine: 'x' }, SILENT);
      channel.write('a line');
      channel.end();
      assert.deepEqual(await channel.ended, { kind: 'exited', code: 3 });
      channel.write('more');
      channel.end();
      channel.resize(10, 10);
      channel.close();
      await sleep(20);
      assert.deepEqual(heard, ['a line']);
    });
  });

  it('that are closed before they end are lost, and nobody knows why', async () => {
    await withServer({ exec: (_commandLine, accept) => void accept() }, async ({ exec }) => {
      const channel = await exec.exec({ commandLine: 'x' }, SILENT);
      channel.close();
      assert.deepEqual(await channel.ended, { kind: 'lost', message: 'the connection broke' });
    });
  });

  it('whose exit code overtakes their output are lost when the connection breaks in between', async () => {
    const overtaken: Script = {
      exec: (_commandLine, accept, connection) => {
        const channel = accept();
        channel.write('the first half, ');
        channel.exit(0);
        connection.end();
      },
    };
    await withServer(overtaken, async ({ exec }) => {
      const { ended } = await exec.exec({ commandLine: 'x' }, SILENT);
      assert.deepEqual(await ended, { kind: 'lost', message: 'the connection broke' });
    });
  });

  it('for a terminal may have begun when the connection breaks at once; others have not', async () => {
    const cut: Script = { exec: (_commandLine, _accept, connection) => void connection.end() };
    await withServer(cut, async ({ exec }) => {
      const channel = await exec.exec({ commandLine: 'x', terminal: TERMINAL }, SILENT);
      channel.write('x');
      channel.end();
      channel.resize(10, 10);
      channel.close();
      assert.deepEqual(await channel.ended, { kind: 'lost', message: 'the connection broke' });
    });
    await withServer(cut, async ({ exec }) => {
      await assert.rejects(exec.exec({ commandLine: 'x' }, SILENT), { reason: 'connection_lost', message: /before a command could begin/ });
    });
  });

  it('are not begun on a connection that is gone, whoever learns of it first', async () => {
    const gone = { name: 'TransportError', reason: 'connection_lost', message: 'the connection to web_1 is gone' };
    await withServer(
      {},
      async ({ exec, client }) => {
        client.destroy();
        await assert.rejects(exec.exec({ commandLine: 'x', terminal: TERMINAL }, SILENT), gone);
      },
      () => true,
    );
    await withServer({}, async ({ exec, client }) => {
      const closed = new Promise<void>((resolve) => {
        client.on('close', resolve);
      });
      client.end();
      await closed;
      await assert.rejects(exec.exec({ commandLine: 'x' }, SILENT), gone);
    });
  });
});
