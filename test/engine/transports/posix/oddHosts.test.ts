import assert from 'node:assert/strict';
import { PosixSession } from '../../../../src/engine/transports/posix/session.js';
import { LOCAL_EVIDENCE, LOGIN_EVIDENCE } from '../../../../src/engine/transports/posix/wrapper.js';
import { FROM_THE_BEGINNING } from '../../../../src/engine/transports/transport.js';
import { newAttempt, script } from '../hosts.js';
import { CUT, EXITED, OddHost, says } from './oddHost.js';
import type { Reply } from './oddHost.js';
import { eventually } from '../../../support/eventually.js';

const SILENT = { stdout: () => undefined, stderr: () => undefined };

function sessionWith(...replies: readonly ((nonce: string) => Reply)[]): { host: OddHost; session: PosixSession } {
  const host = new OddHost(...replies);
  return { host, session: new PosixSession(host, LOGIN_EVIDENCE) };
}

const broke = (): Reply => ({ end: CUT });

describe('a host that is asked what became of an attempt', () => {
  for (const answer of ['rc nine', 'running away', 'fine'])
    it(`is not believed when it says "${answer}"`, async () => {
      const { session } = sessionWith(says(answer, { end: EXITED }));
      await assert.rejects(session.collect(newAttempt()), { reason: 'connection_lost', message: /^odd_1 cannot tell what became of/ });
    });

  it('is said to be cut off when the connection breaks before a word', async () => {
    await assert.rejects(sessionWith(broke).session.collect(newAttempt()), {
      reason: 'connection_lost',
      message: 'the connection to odd_1 broke: the line is dead',
    });
  });

  it('is said to start nothing when its login shell ends without a word', async () => {
    const { session } = sessionWith(() => ({ end: EXITED }));
    await assert.rejects(session.collect(newAttempt()), { reason: 'not_started', message: /ended before the command could begin$/ });
  });

  const follow = async (frames: string): Promise<{ host: OddHost; end: unknown }> => {
    const { host, session } = sessionWith(says('following 4711 99', { prints: frames }));
    const running = await session.attach(newAttempt(), SILENT, FROM_THE_BEGINNING);
    const end = await running.ended;
    assert.ok(!host.heard.includes('got\n'), 'it keeps the output until it is released');
    running.release?.();
    return { host, end };
  };

  it('is followed to a reboot, which is no exit code', async () => {
    const { host, end } = await follow('NONCE end rebooted\n');
    assert.deepEqual(end, { kind: 'lost', message: 'the host was rebooted' });
    assert.ok(host.heard.includes('got\n'), 'it may forget the output');
  });

  it('gives no verdict with words that nobody understands', async () => {
    const { end } = await follow('NONCE end well rc 0\n');
    assert.deepEqual(end, { kind: 'lost', message: 'the host has said what nobody understands' });
  });

  it('is left, and keeps its output, when what it shows is no frame', async () => {
    const { host, end } = await follow('NONCE o many\n');
    assert.deepEqual(end, { kind: 'lost', message: 'the host has said what nobody understands' });
    assert.deepEqual([host.closed, host.heard.includes('got\n')], [1, false]);
  });

  it('cannot be followed when the connection breaks before it says so, or when it says why not', async () => {
    for (const reply of [broke, says('cannot its process id is not there', { end: EXITED })])
      await assert.rejects(sessionWith(reply).session.attach(newAttempt(), SILENT, FROM_THE_BEGINNING), { reason: 'connection_lost' });
  });
});

describe('a host that is looked at before the first act', () => {
  it('is not called unfit when the connection broke', async () => {
    await assert.rejects(sessionWith(broke).session.preflight(), { name: 'TransportError', reason: 'connection_lost' });
  });

  it('is called unfit when its login shell ends and says nothing at all', async () => {
    await assert.rejects(sessionWith(() => ({ end: EXITED })).session.preflight(), {
      reason: 'not_started',
      message: 'odd_1 cannot carry out the steps: its login shell does not start `sh` for us',
    });
  });

  it('has no boot id when it prints none', async () => {
    assert.equal(await sessionWith(says('started 4711 99', { prints: '\n', end: EXITED })).session.bootId(), undefined);
  });

  it('could not look when the script failed, and is cut off when the connection broke', async () => {
    const failing = sessionWith(says('started 4711 99', { complains: 'no such thing\n', end: { kind: 'exited', code: 2 } })).session;
    await assert.rejects(failing.text('look', []), { reason: 'transfer', message: /^odd_1 could not look: / });
    await assert.rejects(sessionWith(says('started 4711 99', { end: CUT })).session.text('look', []), { reason: 'connection_lost' });
  });
});

describe('a host that is to start an act', () => {
  const act = (): ReturnType<typeof script> => script('true', { attempt: newAttempt() });

  it('is refused with its own words when it cannot give a shell, or cannot keep the evidence', async () => {
    const full = sessionWith(says('refused No space left on device', { end: EXITED })).session;
    await assert.rejects(full.start(act(), SILENT), {
      reason: 'not_started',
      message: 'odd_1 could not keep the evidence of the attempt: No space left on device',
    });
    const { host, session } = sessionWith(says('ready'), () => ({}), says('refused Read-only file system'));
    // The second program makes a shell ready; the third is the act.
    await assert.rejects(session.start(act(), SILENT), { reason: 'not_started', message: /: Read-only file system$/ });
    assert.equal(host.closed, 1);
  });

  it('is not asked for a shell again when the connection broke first', async () => {
    await assert.rejects(sessionWith(broke).session.start(act(), SILENT), { reason: 'connection_lost' });
    await assert.rejects(sessionWith(() => ({ end: EXITED })).session.start(act(), SILENT), { reason: 'not_started' });
  });

  it('may have started it when the connection breaks after the program was sent', async () => {
    const { session } = sessionWith(says('ready'), () => ({}), broke);
    const running = await session.start(act(), SILENT);
    assert.deepEqual(await running.ended, CUT);
    assert.deepEqual(running.position(), FROM_THE_BEGINNING);
    running.write('typed');
    running.resize(1, 1);
    assert.deepEqual(await running.cancel(0), [], 'there is nothing it could be known by');
  });

  it('has not started it when its shell ends and says so', async () => {
    const { session } = sessionWith(
      says('ready'),
      () => ({}),
      () => ({ end: EXITED }),
    );
    await assert.rejects(session.start(act(), SILENT), { reason: 'not_started', message: /ended before the command could begin/ });
  });

  it('may have started it when a shell that has served others ends without a word', async () => {
    const { session } = sessionWith(
      says('ready'),
      () => ({}),
      says('started 4711 99 12', { prints: 'NONCE end rc 0 again\n' }),
      () => ({}),
      () => ({ end: EXITED }),
    );
    const first = await session.start(act(), SILENT);
    assert.deepEqual(await first.ended, EXITED);
    first.release?.();
    assert.deepEqual(await (await session.start(act(), SILENT)).ended, { kind: 'lost', message: 'no word came from it' });
  });

  it('is told on another way to throw the output away, where the one it was shown on is closed', async () => {
    const programs: string[] = [];
    const clear = (nonce: string): { end: typeof EXITED } => {
      programs.push(nonce);
      return { end: EXITED };
    };
    const { host, session } = sessionWith(
      says('ready'),
      () => ({}),
      says('started 4711 99 12', { prints: 'NONCE end rc 0 again\n' }),
      clear,
    );
    const running = await session.start(act(), SILENT);
    assert.deepEqual(await running.ended, EXITED);
    // Something else needs the room of a shell that only keeps output.
    session.giveRoom();
    assert.equal(host.closed, 1);
    await new Promise((resolve) => setImmediate(resolve));
    running.release?.();
    await eventually(() => programs.length === 1, 'it is asked to');
    assert.ok(!host.heard.includes('got\n'));
  });

  it('takes nothing that is typed after the end, nor a new size', async () => {
    const { host, session } = sessionWith(says('started 4711 99', { end: EXITED }));
    const running = await session.start(script('true'), SILENT);
    await running.ended;
    running.write('typed');
    running.resize(1, 1);
    assert.deepEqual(host.heard, ['\n']);
  });

  it('is refused in a terminal when it cannot store the command, and sends nothing more', async () => {
    const { session } = sessionWith(says('refused the disk is full', { end: EXITED }));
    await assert.rejects(session.start({ ...act(), terminal: { columns: 80, rows: 24 } }, SILENT), {
      reason: 'not_started',
      message: /: the disk is full$/,
    });
  });

  it('is refused here too, where the directory is made ahead', async () => {
    const session = new PosixSession(new OddHost(says('refused no room')), LOCAL_EVIDENCE, () => Promise.resolve(true));
    await assert.rejects(session.start(act(), SILENT), { reason: 'not_started', message: /: no room$/ });
    const cut = new PosixSession(new OddHost(broke), LOCAL_EVIDENCE, () => Promise.resolve(true));
    assert.deepEqual(await (await cut.start(act(), SILENT)).ended, CUT);
  });

  it('is given no PowerShell, and no terminal without evidence', async () => {
    const { host, session } = sessionWith();
    await assert.rejects(session.start(script('Get-Date', { shell: 'powershell' }), SILENT), {
      reason: 'not_started',
      message: 'PowerShell scripts run on Windows hosts only',
    });
    await assert.rejects(session.start(script('true', { terminal: { columns: 80, rows: 24 } }), SILENT), /internal error/);
    assert.deepEqual(host.heard, []);
  });

  it('makes no directory of a name that could lead elsewhere', async () => {
    const made: string[] = [];
    const session = new PosixSession(new OddHost(), LOCAL_EVIDENCE, (directory) => Promise.resolve(made.push(directory) > 0));
    await assert.rejects(session.start(script('true', { attempt: { run: '../x', attempt: 'y' } }), SILENT), /cannot name a directory/);
    assert.deepEqual(made, []);
  });
});
