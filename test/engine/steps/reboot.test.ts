import assert from 'node:assert/strict';
import { HUNG_UP, reboot } from '../../../src/engine/steps/reboot.js';
import type { ActionResult, Recovery } from '../../../src/engine/steps/action.js';
import { RebootingHost } from './rebootingHost.js';

function messageOf(result: ActionResult): string {
  assert.ok(result.kind === 'failed' || result.kind === 'unknown', result.kind);
  return result.failure.message;
}

describe('a reboot', function () {
  this.timeout(20_000);
  let host: RebootingHost;
  beforeEach(() => (host = new RebootingHost()));

  it('is done once the host answers with another boot id, and its command ran as told', async () => {
    const result = await reboot.perform(
      host.context({}, { reboot: { command: 'shutdown -r now' }, become: { user: 'admin', password: 'pw' } }),
    );
    assert.deepEqual(result, { kind: 'done' });
    const [command] = host.commands;
    assert.equal(command?.script, 'shutdown -r now');
    assert.deepEqual(command?.become, { user: 'admin', password: 'value of pw' });
    assert.deepEqual(command?.attempt, { run: 'r', attempt: 'a' });
    assert.ok(host.said.includes('going down') && host.said.includes('now'));
    assert.ok(host.said.includes('Waiting for it to come back: it does not answer'));
  });

  it('uses the command of the platform', async () => {
    await reboot.perform(host.context());
    host.platform = 'windows';
    host.bootId = 'first boot';
    await reboot.perform(host.context());
    assert.deepEqual(
      host.commands.map(({ script, shell }) => [script, shell]),
      [
        ['reboot', 'sh'],
        ['Restart-Computer -Force', 'powershell'],
      ],
    );
  });

  it('is done as well where its command never returns: the host stops answering', async () => {
    host.reboots = () => {
      host.deafLooks = 2;
      host.bootId = 'next boot';
      return new Promise(() => undefined);
    };
    assert.equal((await reboot.perform(host.context())).kind, 'done');
    assert.ok(host.looks >= 3);
  });

  it('asks the host for its boot id where none is journalled, and takes any answer for the end where it has none', async () => {
    assert.equal((await reboot.perform(host.context({ bootIdBefore: undefined }))).kind, 'done');
    const without = new RebootingHost();
    without.bootId = undefined;
    without.reboots = () => Promise.resolve({ kind: 'exited', code: 0 });
    assert.equal((await reboot.perform(without.context({ bootIdBefore: undefined }))).kind, 'done');
  });

  it('waits while the host is still up, closed, or not ready', async () => {
    host.reboots = () => {
      setTimeout(() => (host.bootId = 'next boot'), 30);
      host.closedLooks = 1;
      return Promise.resolve({ kind: 'exited', code: 0 });
    };
    host.verdicts.push({ verdict: 'does_not_hold', text: 'the page is empty' });
    assert.equal((await reboot.perform(host.context({}, { reboot: { back_when: { that: 'true' } } }))).kind, 'done');
    for (const seen of ['not far enough yet', 'it has not gone down yet', 'the page is empty'])
      assert.ok(host.said.includes(`Waiting for it to come back: ${seen}`), seen);
  });

  it('is refused where its command fails, and no one waits', async () => {
    host.reboots = () => Promise.resolve({ kind: 'exited', code: 1 });
    const result = await reboot.perform(host.context());
    assert.match(messageOf(result), /ended with exit code 1/);
    assert.equal(result.kind === 'failed' && result.exitCode, 1);
  });

  it('is not done to the machine of the operator', async () => {
    const context = host.context({ host: undefined });
    assert.match(messageOf(await reboot.perform(context)), /machine of the operator is not rebooted/);
    assert.equal((await reboot.recover(context)).kind, 'again');
    assert.equal(host.commands.length, 0);
  });

  it('fails when the host is not back in time, with what was seen before the time was over', async () => {
    host.reboots = () => Promise.resolve({ kind: 'exited', code: 0 });
    const result = await reboot.perform(host.context(host.abortAtLook(3, false)));
    assert.equal(messageOf(result), 'The host is not back in time: it does not answer.');
    assert.equal(result.kind === 'failed' && result.failure.reason, 'timeout');
  });

  it('is unknown when the run is stopped while the host is away', async () => {
    host.reboots = () => Promise.resolve({ kind: 'exited', code: 0 });
    const result = await reboot.perform(host.context(host.abortAtLook(2, true)));
    assert.equal(result.kind, 'unknown');
    assert.match(messageOf(result), /stopped while the host was to reboot: it does not answer/);
  });

  it('gives up a command that never returns when its time is over', async () => {
    host.reboots = () => new Promise(() => undefined);
    const result = await reboot.perform(
      host.context({
        reachable: () => {
          host.stopping.abort();
          return Promise.resolve(true);
        },
      }),
    );
    assert.match(messageOf(result), /not back in time: it has not answered yet/);
  });
});

describe('a reboot that was tried before', function () {
  this.timeout(20_000);
  let host: RebootingHost;
  beforeEach(() => (host = new RebootingHost()));

  it('is not done again where the host has been rebooted since, if late', async () => {
    host.bootId = 'next boot';
    host.deafLooks = 1;
    host.closedLooks = 1;
    assert.equal((await reboot.perform(host.context({ bootIdsOfTries: ['first boot'] }))).kind, 'done');
    assert.equal(host.commands.length, 0);
    assert.ok(host.said.includes('It has been rebooted since this step was first tried; it is not rebooted again.\n'));
    assert.ok(host.said.some((text) => /Waiting for it to come back from the reboot that was tried before/.test(text)));
  });

  it('is done again where it had no effect, or nobody can tell', async () => {
    assert.equal((await reboot.perform(host.context({ bootIdsOfTries: ['first boot'] }))).kind, 'done');
    assert.equal(host.commands.length, 1);
    host.bootId = undefined;
    host.reboots = () => Promise.resolve({ kind: 'exited', code: 0 });
    await reboot.perform(host.context({ bootIdsOfTries: ['first boot'] }));
    assert.equal(host.commands.length, 2);
  });

  it('is not done while nobody can look: the time is over first', async () => {
    const tried = reboot.perform(
      host.context({
        bootIdsOfTries: ['first boot'],
        reachable: () => {
          host.stopping.abort();
          return Promise.resolve(false);
        },
      }),
    );
    await assert.rejects(tried, (error) => error === host.stopping.signal.reason);
    assert.equal(host.commands.length, 0);
  });
});

describe('a reboot whose runner ended', function () {
  this.timeout(20_000);
  let host: RebootingHost;
  beforeEach(() => (host = new RebootingHost()));

  function whyOf(recovery: Recovery): string {
    assert.ok(recovery.kind !== 'ended', recovery.kind);
    return `${recovery.kind}: ${recovery.why}`;
  }

  it('is over where the host has another boot id', async () => {
    host.bootId = 'next boot';
    host.deafLooks = 2;
    host.closedLooks = 1;
    assert.deepEqual(await reboot.recover(host.context()), { kind: 'ended', result: { kind: 'done' } });
  });

  it('is judged by what the host has kept of its command, where it is the same boot', async () => {
    assert.match(whyOf(await reboot.recover(host.context())), /^again: The host never began it/);
    host.evidence = { kind: 'none' };
    assert.match(whyOf(await reboot.recover(host.context())), /^unknown: .* may yet go down/);
    host.evidence = { kind: 'finished', code: HUNG_UP };
    assert.match(whyOf(await reboot.recover(host.context())), /^unknown: .*which ended the reboot command too/);
    host.evidence = { kind: 'finished', code: 4 };
    const refused = await reboot.recover(host.context());
    assert.ok(refused.kind === 'ended');
    assert.match(messageOf(refused.result), /exit code 4/);
  });

  it('is waited for where its command ended well, or runs', async () => {
    for (const evidence of [
      { kind: 'finished', code: 0 },
      { kind: 'running', pid: 7 },
    ] as const) {
      host = new RebootingHost();
      host.evidence = evidence;
      setTimeout(() => (host.bootId = 'next boot'), 30);
      assert.deepEqual(await reboot.recover(host.context()), { kind: 'ended', result: { kind: 'done' } });
    }
  });

  it('is unknown where there is no boot id to compare, or the host does not answer in time', async () => {
    assert.match(whyOf(await reboot.recover(host.context({ bootIdBefore: undefined }))), /no boot id to compare/);
    const context = host.context();
    const impatient = { ...context, step: { ...context.step, timeoutMs: 40 }, reachable: () => Promise.resolve(false) };
    assert.match(whyOf(await reboot.recover(impatient)), /has not answered in time since/);
  });
});
