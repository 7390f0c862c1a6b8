import type { Command } from '../../transports/transport.js';
import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';

/** What a look at a host gave. */
export interface Seen {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output was longer than what is kept. */
  readonly truncated: boolean;
}

/** Bytes of output a look keeps; the rest is read and dropped. */
export const LOOK_LIMIT = 4 * 1024 * 1024;

const STDERR_LIMIT = 16 * 1024;
const CANCEL_GRACE_MS = 1000;

/**
 * Runs a read-only script on the host and collects what it prints. Values go in as `args` and `env`, never into the script.
 * Rejects with {@link CannotTell} when the script did not come to its own end.
 */
export async function look(context: ProbeContext, command: Omit<Command, 'attempt' | 'terminal'>): Promise<Seen> {
  const connection = await context.connection();
  context.signal.throwIfAborted();
  const stdout = new Collected(LOOK_LIMIT);
  const stderr = new Collected(STDERR_LIMIT);
  const running = await connection.start(command, { stdout: (bytes) => stdout.add(bytes), stderr: (bytes) => stderr.add(bytes) });
  const cancel = (): void => void running.cancel(CANCEL_GRACE_MS);
  context.signal.addEventListener('abort', cancel, { once: true });
  if (context.signal.aborted) cancel();
  try {
    const end = await running.ended;
    context.signal.throwIfAborted();
    if (end.kind === 'lost') throw new CannotTell(`the connection to ${connection.host.name} broke: ${end.message}`);
    if (end.kind === 'signalled')
      throw new CannotTell(`the command on ${connection.host.name} was ended by ${end.signal}`, tail(context.mask(stderr.text())));
    return { code: end.code, stdout: stdout.text(), stderr: stderr.text(), truncated: stdout.truncated };
  } finally {
    context.signal.removeEventListener('abort', cancel);
  }
}

/** Runs one of our own scripts: the one for the platform of the host, with messages in English so that they can be told apart. */
export async function lookWith(
  context: ProbeContext,
  scripts: { readonly linux: string; readonly macos: string; readonly windows: string },
  args: readonly string[],
): Promise<Seen> {
  const windows = context.platform === 'windows';
  return look(context, {
    script: scripts[context.platform],
    shell: windows ? 'powershell' : 'sh',
    args,
    env: windows ? {} : { LC_ALL: 'C' },
  });
}

/** The last lines of an output, short enough for an event. */
export function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-10).join('\n').slice(-2000);
}

class Collected {
  readonly #decoder = new TextDecoder();
  readonly #limit: number;
  #text = '';
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: Uint8Array): void {
    const room = this.#limit - this.#bytes;
    this.#bytes += bytes.length;
    if (room > 0) this.#text += this.#decoder.decode(bytes.subarray(0, room), { stream: true });
  }

  get truncated(): boolean {
    return this.#bytes > this.#limit;
  }

  text(): string {
    return this.#text + this.#decoder.decode();
  }
}
