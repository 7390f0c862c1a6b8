import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProbe } from '../../../src/engine/probes/probes.js';
import type { Verdict } from '../../../src/engine/probes/probe.js';
import { contextWith } from './support/context.js';
import { recordedConnection, shellConnection } from './support/shellConnection.js';

describe('login at a management controller', () => {
  let bin: string;
  before(async () => {
    bin = await mkdtemp(join(tmpdir(), 'login-probe-'));
    const program = [
      '#!/bin/sh',
      'case "$*" in "-I lanplus -H 192.0.2.7 -U admin -E chassis power status") ;; *) echo "unexpected: $*" >&2; exit 9 ;; esac',
      'if [ "$IPMI_PASSWORD" = right ]; then echo "Chassis Power is off"; else echo "Error: RAKP 2 HMAC is invalid" >&2; exit 1; fi',
    ];
    await writeFile(join(bin, 'ipmitool'), `${program.join('\n')}\n`, { mode: 0o755 });
  });
  after(() => rm(bin, { recursive: true }));

  const ask = (settings: object, password: string, path = bin): Promise<Verdict> =>
    runProbe(
      { login: { ipmi: '192.0.2.7', user: 'admin', secret: 'ipmi', ...settings } },
      contextWith({ secrets: { ipmi: password } }, { connection: () => Promise.resolve(shellConnection(path)) }),
    );

  it('holds with the right password, and not with another', async () => {
    assert.equal((await ask({}, 'right')).verdict, 'holds');
    assert.equal((await ask({}, 'wrong')).verdict, 'does_not_hold');
  });

  it('could not tell without ipmitool, or when the controller says something else', async () => {
    assert.equal((await ask({}, 'right', '/nowhere')).verdict, 'could_not_tell');
    assert.equal((await ask({ user: 'operator' }, 'right')).verdict, 'could_not_tell');
    const silent = recordedConnection({ kind: 'exited', code: 5 }, '');
    const context = contextWith({ secrets: { ipmi: 'x' } }, { connection: () => Promise.resolve(silent) });
    const { verdict, text } = await runProbe({ login: { ipmi: '192.0.2.7', secret: 'ipmi' } }, context);
    assert.deepEqual([verdict, text], ['could_not_tell', 'the controller 192.0.2.7 could not be asked: exit code 5']);
    assert.deepEqual(silent.commands[0]?.args, ['-I', 'lanplus', '-H', '192.0.2.7', '-E', 'chassis', 'power', 'status']);
  });

  it('never passes an option for an address', async () => {
    assert.equal((await ask({ ipmi: '-vv' }, 'right')).verdict, 'could_not_tell');
    const nowhere = await runProbe({ login: { secret: 'ipmi' } }, contextWith({ secrets: { ipmi: 'x' } }));
    assert.match(nowhere.text, /"" is not an address/);
  });
});
