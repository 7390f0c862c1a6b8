import assert from 'node:assert/strict';
import type { Probe } from '../../../src/language/index.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import type { Verdict } from '../../../src/engine/probes/probe.js';
import { TransportError } from '../../../src/engine/transports/transport.js';
import { contextWith } from './support/context.js';
import type { Known } from './support/context.js';
import { recordedConnection } from './support/shellConnection.js';

const ask = (command: NonNullable<Probe['command']>, known: Known = {}): Promise<Verdict> => runProbe({ command }, contextWith(known));

describe('command probe', () => {
  it('compares the exit code', async () => {
    assert.equal((await ask({ run: 'exit 0' })).verdict, 'holds');
    assert.equal((await ask({ run: 'exit 3', exit: 3 })).verdict, 'holds');
    const other = await ask({ run: 'echo why; echo because >&2; exit 3' });
    assert.equal(other.verdict, 'does_not_hold');
    assert.match(other.text, /exit code 3, not 0/);
    assert.equal(other.detail, 'why\n\nbecause');
  });

  it('yields the trimmed output, or what is captured', async () => {
    assert.equal((await ask({ run: 'echo "  7.0.2.1 LTS "' })).value, '7.0.2.1 LTS');
    assert.equal((await ask({ run: 'echo "version: 7.0.2.1 LTS, built today"', capture: 'version: ([^,]+),' })).value, '7.0.2.1 LTS');
    const none = await ask({ run: 'echo nothing', capture: 'version: (.*)' });
    assert.equal(none.verdict, 'does_not_hold');
    assert.equal(none.value, undefined);
  });

  it('searches standard output only', async () => {
    assert.equal((await ask({ run: 'echo "other: staged"', stdout: 'other: staged' })).verdict, 'holds');
    assert.equal((await ask({ run: 'echo "other: staged" >&2', stdout: 'other: staged' })).verdict, 'does_not_hold');
  });

  it('passes values as arguments and environment, byte for byte', async () => {
    const hostile = `a b'c"d$(exit 9)\`x\`;é\\n*`;
    const seen = await ask(
      {
        run: 'printf "%s|%s|%s" "$1" "$#" "$VALUE"',
        args: ['${{ inputs.x }}', { value: 'left out', when: 'inputs.x == "no"' }, { value: true, when: 'inputs.x != "no"' }],
        env: { VALUE: '${{ inputs.x }}' },
      },
      { inputs: { x: hostile } },
    );
    assert.equal(seen.value, `${hostile}|2|${hostile}`);
  });

  it('could not tell when a program is missing, the command is killed, or an argument hangs on something unknown', async () => {
    const missing = await ask({ run: 'no-such-program-here' });
    assert.equal(missing.verdict, 'could_not_tell');
    assert.match(missing.text, /no-such-program-here/);
    const forbidden = await ask({ run: '/dev/null' });
    assert.equal(forbidden.verdict, 'could_not_tell');
    assert.match(forbidden.text, /may not be run/);
    assert.equal((await ask({ run: 'kill -9 $$' })).verdict, 'could_not_tell');
    assert.equal((await ask({ run: 'true', args: [{ value: 'x', when: 'facts.unread == "y"' }] })).verdict, 'could_not_tell');
    assert.equal((await ask({ run: { windows: 'exit 0' } })).verdict, 'could_not_tell');
  });

  it('could not tell when the host is away, with the next step', async () => {
    const away = contextWith(
      {},
      { connection: () => Promise.reject(new TransportError('connection_refused', 'web1 does not answer', 'start it')) },
    );
    assert.deepEqual(await runProbe({ command: { run: 'true' } }, away), {
      verdict: 'could_not_tell',
      text: 'web1 does not answer',
      detail: 'start it',
    });
    const cut = contextWith({}, { connection: () => Promise.resolve(recordedConnection({ kind: 'lost', message: 'reset' }, 'half')) });
    assert.equal((await runProbe({ command: { run: 'true' } }, cut)).verdict, 'could_not_tell');
  });

  it('carries the rights and the password of another user to the transport', async () => {
    const recorded = recordedConnection({ kind: 'exited', code: 1 }, '', 'sudo: a password is required\n');
    const context = contextWith({ secrets: { root: 'hunter22' } }, { connection: () => Promise.resolve(recorded) });
    const verdict = await runProbe({ command: { run: 'true', become: { password: 'root' } } }, context);
    assert.deepEqual(recorded.commands[0]?.become, { user: 'root', password: 'hunter22' });
    assert.equal(verdict.verdict, 'could_not_tell');
  });

  it('ends what was started while the look was being cut short', async () => {
    const stop = new AbortController();
    const connection = recordedConnection({ kind: 'signalled', signal: 'KILL' }, '');
    let cancelled = 0;
    const late = {
      ...connection,
      start: async (...given: Parameters<typeof connection.start>) => {
        const running = await connection.start(...given);
        stop.abort();
        return { ...running, cancel: () => Promise.resolve(((cancelled += 1), [])) };
      },
    };
    const context = contextWith({}, { signal: stop.signal, connection: () => Promise.resolve(late) });
    assert.match((await runProbe({ command: { run: 'sleep 60' } }, context)).text, /cut short/);
    assert.equal(cancelled, 1);
  });

  it('ends with the signal, and takes what runs with it', async () => {
    const controller = new AbortController();
    const begun = Date.now();
    setTimeout(() => controller.abort(), 100);
    const verdict = await runProbe({ command: { run: 'sleep 30' } }, contextWith({}, { signal: controller.signal }));
    assert.equal(verdict.verdict, 'could_not_tell');
    assert.ok(Date.now() - begun < 5000);
  });

  it('keeps bounded memory and does not call a match absent that may stand in what was dropped', async () => {
    const flood = 'head -c 6000000 /dev/zero | tr "\\0" x; echo the-end';
    assert.equal((await ask({ run: flood, stdout: 'the-end' })).verdict, 'could_not_tell');
    assert.equal((await ask({ run: flood, stdout: 'xxx' })).verdict, 'holds');
  });

  it('lets our own bugs through', async () => {
    const broken = contextWith({}, { connection: () => Promise.reject(new TypeError('bug')) });
    await assert.rejects(runProbe({ command: { run: 'true' } }, broken), TypeError);
  });
});
