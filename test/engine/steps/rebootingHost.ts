import type { ActionContext } from '../../../src/engine/steps/action.js';
import type { Verdict } from '../../../src/engine/probes/probe.js';
import type { AttemptEvidence, Command, CommandEnd } from '../../../src/engine/transports/transport.js';
import type { Platform } from '../../../src/language/index.js';

/** A host that reboots when a test says so: a real one would take this machine with it. */
export class RebootingHost {
  bootId: string | undefined = 'first boot';
  /** Looks at which it does not answer; the next one is. */
  deafLooks = 0;
  /** Looks at which it answers and lets nobody in. */
  closedLooks = 0;
  evidence: AttemptEvidence = { kind: 'not_started' };
  platform: Platform = 'linux';
  /** What its reboot command does, and how it ends. */
  reboots: () => Promise<CommandEnd> = () => {
    this.bootId = 'next boot';
    this.deafLooks = 1;
    return Promise.resolve({ kind: 'lost', message: 'the connection is gone' });
  };
  /** Answers of `back_when`, one a look. */
  readonly verdicts: Verdict[] = [];
  readonly commands: Command[] = [];
  readonly said: string[] = [];
  looks = 0;
  readonly stopping = new AbortController();
  stopped = false;

  /** What the action is given. */
  context(more: Partial<ActionContext> = {}, spec: Readonly<Record<string, unknown>> = { reboot: {} }): ActionContext {
    const connection = {
      bootId: () => {
        if (this.closedLooks > 0) {
          this.closedLooks -= 1;
          return Promise.reject(new Error('not far enough yet'));
        }
        return Promise.resolve(this.bootId);
      },
      collect: () => Promise.resolve(this.evidence),
    };
    const context = {
      step: { spec, everyMs: 1, timeoutMs: undefined },
      host: { name: 'one', connection: 'ssh', platform: this.platform },
      attempt: { run: 'r', attempt: 'a' },
      signal: this.stopping.signal,
      stopped: () => this.stopped,
      bootIdBefore: 'first boot',
      bootIdsOfTries: [],
      render: (text: unknown) => Promise.resolve(text),
      evaluate: () => Promise.resolve(true),
      secret: (name: string) => Promise.resolve(`value of ${name}`),
      connection: () => (this.stopping.signal.aborted ? Promise.reject(this.stopping.signal.reason as Error) : Promise.resolve(connection)),
      reachable: () => {
        this.looks += 1;
        this.deafLooks -= 1;
        return Promise.resolve(this.deafLooks < 0);
      },
      start: (_: unknown, command: Command, io: { stdout(bytes: Uint8Array): void; stderr(bytes: Uint8Array): void }) => {
        this.commands.push(command);
        io.stdout(Buffer.from('going down'));
        io.stderr(Buffer.from('now'));
        return Promise.resolve({ ended: this.reboots() });
      },
      print: (_: unknown, text: Uint8Array | string) => this.said.push(typeof text === 'string' ? text : Buffer.from(text).toString()),
      progress: (text: string) => this.said.push(text),
      probe: () => Promise.resolve(this.verdicts.shift() ?? { verdict: 'holds', text: 'it is there' }),
      // Time passes quickly; a test that waits for ever ends by its own limit.
      sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
      ...more,
    };
    return context as unknown as ActionContext;
  }

  /** The time of the step is over, or the run is stopped, at the look with this number. */
  abortAtLook(number: number, stopped: boolean): Partial<ActionContext> {
    return {
      reachable: () => {
        this.looks += 1;
        if (this.looks < number) return Promise.resolve(false);
        this.stopped = stopped;
        this.stopping.abort();
        return Promise.resolve(true);
      },
    };
  }
}
