import assert from 'node:assert/strict';
import type { ActionContext } from '../../../src/engine/steps/action.js';
import { service } from '../../../src/engine/steps/service.js';
import type { Command } from '../../../src/engine/transports/transport.js';

describe('a step that brings a service to a state', () => {
  /** What would be run on a host of a platform; undefined is the machine of the operator. */
  async function commandOn(platform: string | undefined, spec: Readonly<Record<string, unknown>>): Promise<Command> {
    const commands: Command[] = [];
    const context = {
      step: { spec, answers: [], timeoutMs: undefined },
      host: platform === undefined ? undefined : { name: 'one', connection: 'ssh', platform },
      signal: new AbortController().signal,
      attempt: { run: 'r', attempt: 'a' },
      connection: () => Promise.resolve({}),
      render: (text: unknown) => Promise.resolve(text),
      renderText: (text: unknown) => Promise.resolve(String(text)),
      start: (_: unknown, command: Command) => {
        commands.push(command);
        return Promise.resolve({ ended: Promise.resolve({ kind: 'exited', code: 0 }) });
      },
    } as unknown as ActionContext;
    assert.equal((await service.perform(context)).kind, 'done');
    const [command] = commands;
    assert.ok(command);
    return command;
  }

  it('asks the service manager of the platform, with its name and verb as arguments', async () => {
    for (const [state, verb] of [
      ['started', 'start'],
      ['stopped', 'stop'],
      ['restarted', 'restart'],
    ] as const) {
      const linux = await commandOn('linux', { service: { name: 'db; reboot', state } });
      assert.deepEqual([linux.shell, linux.args, linux.become], ['sh', ['db; reboot', verb], undefined]);
      assert.ok(!linux.script.includes('reboot'));
      const windows = await commandOn('windows', { service: { name: 'db', state }, become: true });
      assert.deepEqual([windows.shell, windows.args], ['powershell', ['db', verb]]);
      assert.match(windows.script, new RegExp(`'${verb}' \\{ ${verb}-Service`, 'i'));
    }
    assert.equal((await commandOn(undefined, { service: { name: 'db', state: 'started' }, become: true })).become?.user, 'root');
  });

  it('is judged like any command where its runner ended', async () => {
    const context = {
      connection: () => Promise.resolve({ collect: () => Promise.resolve({ kind: 'not_started' }), bootId: () => Promise.resolve('b') }),
      attempt: { run: 'r', attempt: 'a' },
      signal: new AbortController().signal,
      step: { answers: [], spec: {} },
      bootIdBefore: 'b',
    } as unknown as ActionContext;
    assert.equal((await service.recover(context)).kind, 'again');
  });
});
