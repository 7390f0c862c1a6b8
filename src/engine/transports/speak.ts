import type { Exec, ExecChannel, ExecRequest } from './exec.js';
import type { CommandIo } from './transport.js';
import { MarkerReader, ON_BOTH } from './marker.js';

/** Longest time until a host says that a command has begun. After it, the end of the command counts as lost. */
const BEGIN_MS = 30_000;

/** What the first word of a program to us was, and what stood before it. */
export interface Spoken {
  readonly channel: ExecChannel;
  /** Undefined when the program ended, or kept silent, without a word. */
  readonly words: readonly string[] | undefined;
  /** What a login shell said instead, as one line. */
  readonly said: string;
}

/** Starts a command line, hands it `input`, and waits for its first word; what follows goes to `io`. */
export async function speak(
  exec: Exec,
  request: ExecRequest,
  input: string | Uint8Array | undefined,
  nonce: string,
  io: CommandIo,
): Promise<Spoken> {
  let heard: (words: readonly string[]) => void = () => undefined;
  const first = new Promise<readonly string[]>((resolve) => (heard = resolve));
  // What a login shell complains of may arrive after its greeting is over: a program that says so begins on both streams with a word.
  let plainErrors = false;
  const errors = new MarkerReader(
    nonce,
    () => undefined,
    (bytes) => {
      io.stderr(bytes);
    },
  );
  const reader = new MarkerReader(
    nonce,
    (words) => {
      plainErrors = words.at(-1) !== ON_BOTH;
      heard(words);
    },
    (bytes) => {
      io.stdout(bytes);
    },
  );
  const channel = await exec.exec(request, {
    stdout: (bytes) => {
      reader.push(bytes);
    },
    stderr: (bytes) => {
      if (plainErrors) io.stderr(bytes);
      else errors.push(bytes);
    },
  });
  if (input !== undefined) channel.write(input);
  const words = await hear(channel, first);
  // Sent back so that the acknowledgement goes out now: a server with Nagle's algorithm holds the next packet until then, some 40 ms.
  if (words !== undefined && request.terminal === undefined) channel.write('\n');
  return { channel, words, said: plainLine(errors.noise === '' ? reader.noise : errors.noise) };
}

/** Waits for a word on a channel; undefined when it ended first, or kept silent for too long and was closed. */
export async function hear(channel: ExecChannel, word: Promise<readonly string[]>): Promise<readonly string[] | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, BEGIN_MS).unref();
  });
  const words = await Promise.race([word, channel.ended.then(() => undefined), late]);
  clearTimeout(timer);
  if (words === undefined) channel.close();
  return words;
}

/** Text of a host as one short line without control characters. */
export function plainLine(text: string): string {
  return text
    .replaceAll(/[^\P{C}]+/gu, ' ')
    .trim()
    .slice(-300);
}
