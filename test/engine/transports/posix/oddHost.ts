import type { Exec, ExecChannel } from '../../../../src/engine/transports/exec.js';
import type { CommandEnd } from '../../../../src/engine/transports/transport.js';

/** What a host does with the text that is sent to it: it prints, and may end the channel. */
export interface Reply {
  readonly prints?: string;
  /** Arrives on standard error. */
  readonly complains?: string;
  readonly end?: CommandEnd;
}

/** The connection broke. */
export const CUT: CommandEnd = { kind: 'lost', message: 'the line is dead' };
export const EXITED: CommandEnd = { kind: 'exited', code: 0 };

/**
 * A host that answers as no shell does: `replies` are its answers to the programs it is sent, one after the other, over all channels; each is
 * given the word that only this program can know. It keeps silent afterwards.
 */
export class OddHost implements Exec {
  readonly host = 'odd_1';
  /** Text it was sent that is no program. */
  readonly heard: string[] = [];
  closed = 0;
  readonly #replies: ((nonce: string) => Reply)[];

  constructor(...replies: readonly ((nonce: string) => Reply)[]) {
    this.#replies = [...replies];
  }

  assertMayAct(): void {
    // It always may.
  }

  exec(_request: unknown, io: { stdout(bytes: Uint8Array): void; stderr(bytes: Uint8Array): void }): Promise<ExecChannel> {
    let settle: (end: CommandEnd) => void = () => undefined;
    const ended = new Promise<CommandEnd>((resolve) => (settle = resolve));
    let nonce = '';
    return Promise.resolve({
      ended,
      write: (data) => {
        const text = Buffer.from(data).toString('utf8');
        if (!text.startsWith('{\n')) {
          this.heard.push(text);
          return;
        }
        // A program for a shell that was made ready speaks with the word it was made ready with.
        nonce = /runbook-studio ([0-9a-f]{32}) /.exec(text)?.[1] ?? nonce;
        const { prints, complains, end } = this.#replies.shift()?.(nonce) ?? {};
        if (complains !== undefined) io.stderr(Buffer.from(complains));
        if (prints !== undefined) io.stdout(Buffer.from(prints));
        if (end !== undefined) settle(end);
      },
      end: () => undefined,
      resize: (columns, rows) => void this.heard.push(`${String(columns)}x${String(rows)}`),
      close: () => {
        this.closed++;
        settle({ kind: 'lost', message: 'it was dropped' });
      },
    });
  }
}

/** Says the first word of a program. */
export function says(words: string, then: Reply = {}): (nonce: string) => Reply {
  return (nonce) => ({ ...then, prints: `runbook-studio ${nonce} ${words}\n${(then.prints ?? '').replaceAll('NONCE', nonce)}` });
}
