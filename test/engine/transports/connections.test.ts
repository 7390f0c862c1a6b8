import assert from 'node:assert/strict';
import { startScriptedServer } from '../../support/sshServer.js';
import type { ScriptedServer } from '../../support/sshServer.js';
import { Bench, HERE, NEVER, sshHost } from './hosts.js';
import { eventually } from '../../support/eventually.js';

describe('connections of a run', () => {
  const bench = new Bench();
  let server: ScriptedServer;

  before(async () => {
    server = await startScriptedServer();
  });
  after(async () => {
    await bench.close();
    await server.stop();
  });

  it('lead nowhere for a host without one, and say what to do', async () => {
    const host = sshHost('printer', server, { connection: 'none' });
    await assert.rejects(bench.connections([], '').to(host, NEVER), {
      reason: 'not_started',
      message: 'printer has no connection: nothing can be run there',
      next: /by hand/,
    });
  });

  it('always reach the machine they begin on', async () => {
    const connections = bench.connections([], '');
    assert.equal(await connections.reachable(HERE), true);
    assert.equal(await connections.reachable(sshHost('other', server, { connection: 'local' })), true);
  });

  it('are living until they break', async () => {
    const connections = bench.connections([], server.knownHost);
    assert.equal(connections.living('web_1'), undefined);
    const connection = await connections.to(sshHost('web_1', server), NEVER);
    assert.equal(connections.living('web_1'), connection);
    server.dropConnections();
    await eventually(() => !connection.alive, 'the connection breaks', 5);
    assert.equal(connections.living('web_1'), undefined);
    // It is asked nothing after this machine has slept: there is nobody to answer.
    connections.verify();
    await connections.verified();
    await connection.close();
  });

  it('that nobody waits for any more are told so at once', async () => {
    const stopped = AbortSignal.abort(new Error('the run was stopped'));
    await assert.rejects(bench.connections([], server.knownHost).to(sshHost('web_1', server), stopped), /the run was stopped/);
  });

  it('that are still being opened when the run ends are opened anew for the next who asks', async () => {
    const answers: ((trusted: boolean) => void)[] = [];
    const connections = bench.connections([], '', {
      knownHosts: [],
      trustUnknownKey: () => new Promise<boolean>((resolve) => answers.push(resolve)),
    });
    const asked = async (count: number): Promise<void> => {
      await eventually(() => answers.length >= count, `${String(count)} keys are asked about`, 5);
      assert.equal(answers.length, count);
    };
    const first = assert.rejects(connections.to(sshHost('web_1', server), NEVER), { reason: 'host_key' });
    await asked(1);
    const closing = connections.closeAll();
    const second = connections.to(sshHost('web_1', server), NEVER);
    await asked(2);
    answers[0]?.(false);
    await first;
    answers[1]?.(true);
    assert.equal(await connections.to(sshHost('web_1', server), NEVER), await second);
    assert.equal(answers.length, 2);
    await closing;
  });
});
