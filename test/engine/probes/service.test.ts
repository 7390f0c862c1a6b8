import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseServiceState } from '../../../src/engine/probes/look/serviceState.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { contextWith } from './support/context.js';
import { shellConnection } from './support/shellConnection.js';

describe('service probe', () => {
  let bin: string;
  before(async () => {
    bin = await mkdtemp(join(tmpdir(), 'service-probe-'));
  });
  after(() => rm(bin, { recursive: true }));

  const program = (name: string, text: string): Promise<void> => writeFile(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const ask = async (name: string, state?: 'started' | 'stopped'): Promise<string> => {
    const context = contextWith({}, { connection: () => Promise.resolve(shellConnection(bin)) });
    return (await runProbe({ service: { name, ...(state === undefined ? {} : { state }) } }, context)).verdict;
  };

  it('asks systemd', async () => {
    await program(
      'systemctl',
      'case $2 in ucd) echo active ;; idle) echo inactive; exit 3 ;; coming) echo activating; exit 3 ;; *) echo inactive; exit 4 ;; esac',
    );
    assert.equal(await ask('ucd'), 'holds');
    assert.equal(await ask('ucd', 'stopped'), 'does_not_hold');
    assert.equal(await ask('idle', 'stopped'), 'holds');
    assert.equal(await ask('coming'), 'does_not_hold');
    assert.equal(await ask('coming', 'stopped'), 'does_not_hold');
    assert.equal(await ask('nobody', 'stopped'), 'could_not_tell');
  });

  it('tells a service that old systemds do not know from one that is stopped', async () => {
    await program(
      'systemctl',
      'case $1 in show) case $4 in idle) echo LoadState=loaded ;; *) echo LoadState=not-found ;; esac ;; *) echo inactive; exit 3 ;; esac',
    );
    assert.equal(await ask('idle', 'stopped'), 'holds');
    assert.equal(await ask('nobody', 'stopped'), 'could_not_tell');
  });

  it('asks the service script where systemd does not run the host', async () => {
    await program('systemctl', 'echo "System has not been booted with systemd" >&2; exit 1');
    await program(
      'service',
      'case $1 in ucd) echo running ;; idle) exit 3 ;; dead) echo "dead but pid file exists"; exit 1 ;; *) echo "$1: unrecognized service"; exit 1 ;; esac',
    );
    assert.equal(await ask('ucd'), 'holds');
    assert.equal(await ask('idle', 'stopped'), 'holds');
    assert.equal(await ask('dead', 'stopped'), 'holds');
    assert.equal(await ask('nobody', 'stopped'), 'could_not_tell');
  });

  it('could not tell without any service manager, and never passes an option for a name', async () => {
    await rm(join(bin, 'systemctl'));
    await rm(join(bin, 'service'));
    assert.equal(await ask('ucd', 'stopped'), 'could_not_tell');
    assert.equal(await ask('--help', 'stopped'), 'could_not_tell');
  });

  it('reads launchd and Windows', () => {
    assert.equal(parseServiceState('launchctl 0\n{\n\t"Label" = "x";\n\t"PID" = 512;\n};\n', 'x').state, 'started');
    assert.equal(parseServiceState('launchctl 0\n{\n\t"Label" = "x";\n};\n', 'x').state, 'stopped');
    assert.throws(() => parseServiceState('launchctl 113\nCould not find service "x" in domain for port\n', 'x'), { name: 'CannotTell' });
    assert.equal(parseServiceState('windows 0\r\nRunning\r\n', 'x').state, 'started');
    assert.equal(parseServiceState('windows 0\r\nStopPending\r\n', 'x').state, 'changing');
    assert.equal(parseServiceState('windows 0\r\nStopped\r\n', 'x').state, 'stopped');
    assert.throws(() => parseServiceState('', 'x'), { name: 'CannotTell', message: /its manager gave no answer/ });
    assert.throws(() => parseServiceState('windows 1\r\n', 'x'), { name: 'CannotTell' });
  });
});
