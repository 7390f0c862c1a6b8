import type { ExecChannel } from '../exec.js';
import type { CommandEnd, CommandIo, OutputPosition } from '../transport.js';
import { FrameReader } from './frames.js';

/** How often the host is asked for output: while it prints, and when it has been silent for a while. */
const OFTEN_MS = 200;
const SELDOM_MS = 500;
const SOON_MS = 5_000;

/** A detached command as its follower on the host shows it. */
export class Shown {
  /** Settles with the last frame, or as lost with the channel that ends without one; never rejects. */
  readonly ended: Promise<CommandEnd>;
  /** Where the bytes of the follower go. */
  readonly io: CommandIo;
  readonly #frames: FrameReader;
  #settle: (end: CommandEnd) => void = () => undefined;
  #channel: ExecChannel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #heard = performance.now();
  #words: readonly string[] | undefined;
  #over = false;

  constructor(nonce: string, io: CommandIo, from: OutputPosition) {
    this.ended = new Promise((settle) => (this.#settle = settle));
    this.#frames = new FrameReader(nonce, io, from, (words) => {
      this.#words = words ?? [];
      clearTimeout(this.#timer);
      this.#conclude();
    });
    this.io = {
      stdout: (bytes) => {
        this.#heard = performance.now();
        this.#frames.push(bytes);
      },
      stderr: () => undefined,
    };
  }

  get position(): OutputPosition {
    return this.#frames.position;
  }

  /** Whether the shell that started it can start another one. */
  get again(): boolean {
    return this.#words?.[2] === 'again';
  }

  /** The follower has said its first word on this channel. */
  follow(channel: ExecChannel): void {
    this.#channel = channel;
    this.#conclude();
    this.#ask();
    void channel.ended.then((end) => {
      this.#over = true;
      const message = end.kind === 'lost' ? end.message : 'the shell that showed its output has ended';
      this.#settle({ kind: 'lost', message });
      clearTimeout(this.#timer);
    });
  }

  /** The host has no clock that costs nothing: it looks for output when it is asked. */
  #ask(): void {
    if (this.#words !== undefined) return;
    const pause = performance.now() - this.#heard > SOON_MS ? SELDOM_MS : OFTEN_MS;
    this.#timer = setTimeout(() => {
      this.#channel?.write('t\n');
      this.#ask();
    }, pause);
    this.#timer.unref();
  }

  /** Tells the host that it may throw the output away. False where all of it was shown, and the host cannot be told on this channel any more. */
  release(): boolean {
    if (this.#words === undefined || this.#words.length === 0) return true;
    if (this.#over) return false;
    this.#channel?.write('got\n');
    return true;
  }

  #conclude(): void {
    if (this.#channel === undefined || this.#words === undefined) return;
    this.#settle(endOf(this.#words));
    if (this.#words.length === 0) this.#channel.close();
  }
}

function endOf([verdict, code]: readonly string[]): CommandEnd {
  if (verdict === 'rc' && code !== undefined && /^\d{1,3}$/.test(code)) return { kind: 'exited', code: Number(code) };
  if (verdict === 'rebooted') return { kind: 'lost', message: 'the host was rebooted' };
  return { kind: 'lost', message: verdict === 'died' ? 'it left no exit code' : 'the host has said what nobody understands' };
}
