import assert from 'node:assert/strict';
import { RunEnd } from '../../../src/engine/runEnd.js';
import type { ActionContext, ActionResult } from '../../../src/engine/steps/action.js';
import { Printed } from '../../../src/engine/steps/printed.js';
import { run } from '../../../src/engine/steps/run.js';
import { takeUp } from '../../../src/engine/steps/takingUp.js';
import { FROM_THE_BEGINNING, TransportError } from '../../../src/engine/transports/transport.js';
import type { AttemptEvidence, CommandEnd, CommandIo, OutputPosition, RunningCommand } from '../../../src/engine/transports/transport.js';

const LOST: CommandEnd = { kind: 'lost', message: 'the line is dead' };
const CAUSE = 'Contact was lost';

/** A host whose connection comes and goes as a test says. */
class ComingAndGoing {
  /** How the command ends, as often as it is started or followed. */
  readonly ends: (CommandEnd | Promise<CommandEnd>)[] = [];
  /** What the host says of it, one look after the other; an error is why it cannot be asked. */
  readonly evidence: (AttemptEvidence | Error)[] = [];
  readonly followedFrom: OutputPosition[] = [];
  position: OutputPosition | undefined = { stdout: 3, stderr: 0 };
  survivors: readonly string[] = [];
  bootId: string | undefined = 'first boot';
  prints: (io: CommandIo) => void = () => undefined;
  cancelled = 0;
  readonly stopping = new AbortController();

  #running(io: CommandIo): RunningCommand {
    this.prints(io);
    return {
      ended: Promise.resolve(this.ends.shift() ?? LOST),
      position: () => this.position,
      write: () => undefined,
      resize: () => undefined,
      cancel: () => {
        this.cancelled += 1;
        return Promise.resolve(this.survivors);
      },
    };
  }

  context(spec: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}): ActionContext {
    const connection = {
      bootId: () => Promise.resolve(this.bootId),
      collect: () => {
        const found = this.evidence.shift() ?? { kind: 'none' as const };
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      },
    };
    const context = {
      step: { spec: { run: 'work', ...spec }, answers: [], everyMs: 1, timeoutMs: undefined },
      host: { name: 'one', connection: 'ssh', platform: 'linux' },
      attempt: { run: 'r', attempt: 'a' },
      signal: this.stopping.signal,
      stopped: () => true,
      bootIdBefore: 'first boot',
      render: (text: unknown) => Promise.resolve(text),
      evaluate: () => Promise.resolve(true),
      connection: () => Promise.resolve(connection),
      start: (_: unknown, _command: unknown, io: CommandIo) => Promise.resolve(this.#running(io)),
      follow: (_: unknown, io: CommandIo, from: OutputPosition) => {
        this.followedFrom.push(from);
        return Promise.resolve(this.#running(io));
      },
      print: () => undefined,
      printed: () => 'the last words\n',
      missed: () => undefined,
      progress: () => undefined,
      screen: () => Promise.resolve('Name?'),
      sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
      ...more,
    };
    return context as unknown as ActionContext;
  }
}

const LOCAL = { host: { name: 'one', connection: 'local', platform: 'linux' } };

function messageOf(result: ActionResult): string {
  assert.ok(result.kind === 'failed' || result.kind === 'unknown', result.kind);
  return `${result.kind} ${result.failure.reason}: ${result.failure.message}`;
}

describe('a command that contact is lost with', function () {
  this.timeout(20_000);
  let host: ComingAndGoing;
  beforeEach(() => (host = new ComingAndGoing()));

  it('is given up where it is lost again whenever it is followed, and prints nothing meanwhile', async () => {
    for (let looks = 0; looks < 20; looks++) host.evidence.push({ kind: 'running', pid: 7 });
    const result = await run.perform(host.context());
    assert.match(messageOf(result), /^unknown connection_lost: .* is lost again whenever it is followed\.$/);
    assert.equal(host.followedFrom.length, 6);
  });

  it('is followed from the beginning where nobody knows how far it was read', async () => {
    host.position = undefined;
    host.ends.push(LOST, { kind: 'exited', code: 4 });
    host.evidence.push({ kind: 'finished', code: 4 });
    assert.match(messageOf(await run.perform(host.context())), /exit code 4/);
    assert.deepEqual(host.followedFrom, [FROM_THE_BEGINNING]);
  });

  it('has failed where the host never began it, and is unknown where that was in another boot', async () => {
    host.evidence.push({ kind: 'not_started' });
    assert.match(messageOf(await run.perform(host.context())), /^failed connection_lost: .* before it started: the line is dead\.$/);
    host.evidence.push({ kind: 'not_started' });
    host.bootId = 'next boot';
    assert.match(messageOf(await run.perform(host.context())), /^unknown connection_lost: .* nobody can know whether it began\.$/);
  });

  it('is done where it could not outlive the connection and has succeeded; whether a failure is the doing of the cut, nobody can know', async () => {
    const PIPE_BROKE = 141;
    for (const code of [0, 3, PIPE_BROKE]) host.evidence.push({ kind: 'finished', code });
    assert.equal((await run.perform(host.context({}, LOCAL))).kind, 'done');
    assert.match(
      messageOf(await run.perform(host.context({}, LOCAL))),
      /^unknown connection_lost: .* has ended with exit code 3, of itself or/,
    );
    assert.match(
      messageOf(await run.perform(host.context({}, LOCAL))),
      /^unknown connection_lost: .* has ended with exit code 141, of itself/,
    );
  });

  it('is waited for where it runs still, through another cut', async () => {
    host.ends.push(LOST, LOST, { kind: 'signalled', signal: 'HUP' });
    host.evidence.push({ kind: 'running', pid: 7 }, { kind: 'running', pid: 7 });
    assert.match(
      messageOf(await run.perform(host.context({}, LOCAL))),
      /^unknown connection_lost: .* has ended with the signal HUP, of itself/,
    );
    assert.equal(host.followedFrom.length, 2);
    host.ends.push(LOST, { kind: 'exited', code: 0 });
    host.evidence.push({ kind: 'running', pid: 7 });
    assert.equal((await run.perform(host.context({}, LOCAL))).kind, 'done');
  });

  it('is unknown at once where the host shows another key, or keeps no evidence', async () => {
    host.evidence.push(new TransportError('host_key', 'its key has changed'), { kind: 'none' });
    assert.match(messageOf(await run.perform(host.context())), /^unknown connection_lost: .*, and its key has changed$/);
    assert.match(messageOf(await run.perform(host.context())), /this host keeps no evidence/);
  });

  it('is unknown where the host could not be asked in time, or the run was stopped before', async () => {
    const context = host.context();
    host.evidence.push(new Error('no route'));
    const late = await takeUp(context, new Printed(context), undefined, CAUSE, 100);
    assert.deepEqual(late, { kind: 'unknown', why: `${CAUSE}, and the host could not be asked since: no route` });
    host.stopping.abort();
    const stopped = await takeUp(context, new Printed(context), undefined, CAUSE, 100);
    assert.deepEqual(stopped, {
      kind: 'unknown',
      why: `${CAUSE}, and the run was stopped before the host could be asked; it may be running there still.`,
    });
  });
});

describe('a command that is stopped', function () {
  this.timeout(20_000);
  let host: ComingAndGoing;
  beforeEach(() => {
    host = new ComingAndGoing();
    host.ends.push(new Promise<CommandEnd>(() => undefined));
  });

  it('names what is left of it running, and where to look', async () => {
    host.stopping.abort();
    host.survivors = ['process 7 (stubborn) is still running'];
    const result = await run.perform(host.context());
    assert.deepEqual(result, {
      kind: 'failed',
      failure: {
        reason: 'cancelled',
        message: 'It was stopped, but some of its processes are still running.',
        detail: 'process 7 (stubborn) is still running',
        next: 'Look at these processes on the host before you go on.',
      },
    });
  });

  const asking = { step: { spec: { run: 'work' }, answers: [{ prompt: 'Name', when: 'x', answer: 'Ada' }], everyMs: 1 } };

  it('with the run, where a person ended that at a question for its answers', async () => {
    const ending = new RunEnd('stopped', 'pat stopped the run.');
    await assert.rejects(run.perform(host.context({}, { ...asking, evaluate: () => Promise.reject(ending) })), ending);
    assert.equal(host.cancelled, 1);
  });

  it('has failed where its questions cannot be answered', async () => {
    const broken = { ...asking, evaluate: () => Promise.reject(new Error('no such value')) };
    assert.match(
      messageOf(await run.perform(host.context({}, broken))),
      /^failed forbidden_prompt: .* could not be answered: no such value$/,
    );
    assert.equal(host.cancelled, 1);
  });
});

describe('a command a part of whose output is gone', () => {
  const OUTPUTS = { outputs: { word: { type: 'string', value: 'stdout' } } };

  it('gives no values, and is not done again for them', async () => {
    const host = new ComingAndGoing();
    host.ends.push({ kind: 'exited', code: 0 });
    host.prints = (io) => io.dropped?.('stdout', 5);
    assert.match(
      messageOf(await run.perform(host.context(OUTPUTS))),
      /^unknown value: It succeeded, but a part of what it printed was lost/,
    );
  });

  it('gives its values all the same where only standard error is missing', async () => {
    const host = new ComingAndGoing();
    host.ends.push({ kind: 'exited', code: 0 });
    host.prints = (io) => {
      io.stdout(Buffer.from('word'));
      io.dropped?.('stderr', 5);
    };
    const result = await run.perform(host.context(OUTPUTS, { evaluate: () => Promise.resolve('word') }));
    assert.deepEqual(result, { kind: 'done', exitCode: 0, values: { word: 'word' } });
  });
});
