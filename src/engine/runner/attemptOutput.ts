import { join } from 'node:path';
import type { OutputRef, RunOutput } from '../../events/index.js';
import { secretsOf } from '../secrets/namesIn.js';
import { markMasked } from '../secrets/masked.js';
import type { Masked } from '../secrets/masked.js';
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
const NOTHING = markMasked(Buffer.alloc(0));

/** Where everything goes that one attempt prints: masked first, then to its file, to the live terminals, and to the screen prompts are read from. */
export interface AttemptOutput {
  write(stream: RunOutput['stream'], bytes: Uint8Array | string): void;
  /** So many bytes of a stream are gone at this point: what comes next does not follow what came before. */
  missed(stream: RunOutput['stream'], bytes: number): void;
  /** The last of it, masked, as plain text. */
  tail(): string;
  screen(): Promise<string>;
  /** What is printed is neither shown nor kept. */
  hides(): boolean;
  /** Ends it; undefined when nothing was printed. */
  close(): OutputRef | undefined;
}

/**
 * Opens the output of an attempt. Nothing is made on disk before the first byte; `file`, unique in the run, names what is made then.
 * `afterwards`: what another runner began may print secrets that nobody has given to this one.
 */
export function openAttemptOutput(
  session: Session,
  step: PlanStep,
  target: Target,
  number: number,
  file: string,
  afterwards = false,
): AttemptOutput {
  const names = secretsOf(step);
  const why = (): string | undefined => {
    if (Object.values(step.spec.outputs ?? {}).some(({ secret }) => secret === true)) return 'it gives out a secret';
    if (names.some((name) => session.isWeakSecret(name))) return 'one of its secrets is too short to be found in it for certain';
    if (afterwards && names.some((name) => !session.hasSecret(name))) return 'nobody gave its secrets again';
    return undefined;
  };
  let told = false;
  const kept = new OutputFile(join(session.run.outputDirectory, `${file}.log`));
  const screen = new Screen();
  const streams = new Map<RunOutput['stream'], Channel>();
  let tail = '';
  const emit = (stream: RunOutput['stream'], masked: Masked<Uint8Array>, decoded: string, filter: EscapeFilter): void => {
    if (masked.length === 0 && decoded === '') return;
    if (stream !== 'note') {
      kept.write(masked);
      tail = (tail + decoded).slice(-TAIL);
    }
    const filtered = filter.filter(decoded);
    // Without what the filter takes out, it may spell a secret that it did not spell before.
    const text = filtered === decoded ? filtered : session.masker.maskText(filtered);
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
      if (stream === 'note') return channel(stream).push(raw);
      screen.feed(raw);
      const hidden = why();
      if (hidden === undefined) return channel(stream).push(raw);
      if (told) return;
      told = true;
      channel('note').push(Buffer.from(`(what it prints is neither shown nor kept: ${hidden})\n`));
    },
    missed: (stream, bytes) => {
      streams.get(stream)?.end();
      streams.delete(stream);
      kept.miss(bytes);
      channel('note').push(
        Buffer.from(`(${String(bytes)} bytes of output are left out here: they were printed faster than they could be read)\n`),
      );
    },
    tail: () => {
      for (const open of streams.values()) open.settle();
      return plainText(tail);
    },
    screen: () => screen.text(),
    hides: () => why() !== undefined,
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
  readonly #emit: (masked: Masked<Uint8Array>, decoded: string, filter: EscapeFilter) => void;
  readonly #decoder = new TextDecoder();
  readonly #filter = new EscapeFilter();
  #timer: NodeJS.Timeout | undefined;

  constructor(mask: MaskStream, emit: (masked: Masked<Uint8Array>, decoded: string, filter: EscapeFilter) => void) {
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
    this.#emit(NOTHING, rest, this.#filter);
    const reset = this.#filter.end();
    if (reset !== '') this.#emit(NOTHING, reset, this.#filter);
  }

  #pass(masked: Masked<Uint8Array>): void {
    if (masked.length > 0) this.#emit(masked, this.#decoder.decode(masked, { stream: true }), this.#filter);
  }
}
