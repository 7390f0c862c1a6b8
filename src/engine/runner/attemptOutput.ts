import { join } from 'node:path';
import type { OutputRef, RunOutput } from '../../events/index.js';
import type { PlanStep, Target } from '../../planner/index.js';
import { OutputFile } from '../journal/outputFile.js';
import type { MaskStream } from '../secrets/maskStream.js';
import { EscapeFilter, plainText } from '../terminal/escapeFilter.js';
import { Screen } from '../terminal/screen.js';
import type { Session } from './session.js';

/** The last part of the output that failures quote and remedies are matched with, in characters. */
const TAIL = 16 * 1024;
/** What is held back and is hardly the beginning of a secret is let go when nothing follows for so long, in ms: a prompt must be seen. */
const SETTLE_MS = 200;

/** Where everything goes that one attempt prints: masked first, then to its file, to the live terminals, and to the screen prompts are read from. */
export interface AttemptOutput {
  write(stream: RunOutput['stream'], bytes: Uint8Array | string): void;
  /** The last of it, masked, as plain text. */
  tail(): string;
  screen(): Promise<string>;
  /** Ends it; undefined when nothing was printed. */
  close(): OutputRef | undefined;
}

/** Opens the output of an attempt. Nothing is made on disk before the first byte; `file`, unique in the run, names what is made then. */
export function openAttemptOutput(session: Session, step: PlanStep, target: Target, number: number, file: string): AttemptOutput {
  const kept = new OutputFile(join(session.run.outputDirectory, `${file}.log`));
  const screen = new Screen();
  const streams = new Map<RunOutput['stream'], Channel>();
  let tail = '';
  const emit = (stream: RunOutput['stream'], masked: Uint8Array, decoded: string, filter: EscapeFilter): void => {
    if (masked.length === 0 && decoded === '') return;
    if (stream !== 'note') {
      kept.write(masked);
      tail = (tail + decoded).slice(-TAIL);
    }
    const text = filter.filter(decoded);
    if (text !== '') session.output({ step: step.path, target: target.key, attempt: number, stream, text });
  };
  const channel = (stream: RunOutput['stream']): Channel => {
    let found = streams.get(stream);
    if (found === undefined) {
      found = new Channel(session.masker.stream(), (masked, decoded, filter) => {
        emit(stream, masked, decoded, filter);
      });
      streams.set(stream, found);
    }
    return found;
  };
  return {
    write: (stream, bytes) => {
      const raw = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      if (stream !== 'note') screen.feed(raw);
      channel(stream).push(raw);
    },
    tail: () => {
      for (const open of streams.values()) open.settle();
      return plainText(tail);
    },
    screen: () => screen.text(),
    close: () => {
      for (const open of streams.values()) open.end();
      screen.dispose();
      return kept.close();
    },
  };
}

/** One stream of an attempt on its way through the mask. */
class Channel {
  readonly #mask: MaskStream;
  readonly #emit: (masked: Uint8Array, decoded: string, filter: EscapeFilter) => void;
  readonly #decoder = new TextDecoder();
  readonly #filter = new EscapeFilter();
  #timer: NodeJS.Timeout | undefined;

  constructor(mask: MaskStream, emit: (masked: Uint8Array, decoded: string, filter: EscapeFilter) => void) {
    this.#mask = mask;
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    this.#pass(this.#mask.push(bytes));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.settle();
    }, SETTLE_MS);
  }

  settle(): void {
    this.#pass(this.#mask.settle());
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#pass(this.#mask.flush('cut'));
    const rest = this.#decoder.decode(new Uint8Array());
    this.#emit(Buffer.alloc(0), rest, this.#filter);
    const reset = this.#filter.end();
    if (reset !== '') this.#emit(Buffer.alloc(0), reset, this.#filter);
  }

  #pass(masked: Uint8Array): void {
    if (masked.length > 0) this.#emit(masked, this.#decoder.decode(masked, { stream: true }), this.#filter);
  }
}
