import assert from 'node:assert/strict';
import { commandOf } from '../../../src/engine/steps/commandOf.js';
import type { CommandValues } from '../../../src/engine/steps/commandOf.js';

/** Values as a run would render them: every template is written in capitals afterwards. */
function values(platform: CommandValues['platform'], allowed: boolean[] = []): CommandValues {
  return {
    platform,
    render: (text, options) => {
      allowed.push(options?.secrets === true);
      return Promise.resolve(typeof text === 'string' ? text.toUpperCase() : text);
    },
    condition: (cel) => Promise.resolve(cel === 'true'),
    secret: (name) => Promise.resolve(`value of ${name}`),
  };
}

describe('a command', () => {
  it('has the script of its platform, and is no command without one', async () => {
    const run = { linux: 'ls', windows: 'dir' };
    assert.equal((await commandOf({ run }, values('linux'))).script, 'ls');
    const windows = await commandOf({ run }, values('windows'));
    assert.deepEqual([windows.script, windows.shell], ['dir', 'powershell']);
    await assert.rejects(commandOf({ run }, values('macos')), /no script for macos/);
  });

  it('leaves its script as it is written, and has values only beside it', async () => {
    const allowed: boolean[] = [];
    const command = await commandOf(
      {
        run: 'echo "$1"',
        shell: 'bash',
        args: ['a', { when: 'true', value: 'b' }, { when: 'false', value: 'c' }, 7, true],
        env: { KEY: 'k' },
        workdir: '/srv',
      },
      values('linux', allowed),
    );
    assert.deepEqual(command, {
      script: 'echo "$1"',
      shell: 'bash',
      args: ['A', 'B', '7', 'true'],
      env: { KEY: 'K' },
      workdir: '/SRV',
    });
    assert.deepEqual(allowed, [false, false, false, false, true, false], 'secrets stand in the environment only');
  });

  it('is run as somebody else only where it says so', async () => {
    const becomeOf = async (become: Parameters<typeof commandOf>[0]['become']): Promise<unknown> =>
      (await commandOf({ run: 'id', ...(become === undefined ? {} : { become }) }, values('linux'))).become;
    assert.equal(await becomeOf(undefined), undefined);
    assert.equal(await becomeOf(false), undefined);
    assert.deepEqual(await becomeOf(true), { user: 'root' });
    assert.deepEqual(await becomeOf({ user: 'db' }), { user: 'DB' });
    assert.deepEqual(await becomeOf({ password: 'sudo' }), { user: 'root', password: 'value of sudo' });
  });
});
