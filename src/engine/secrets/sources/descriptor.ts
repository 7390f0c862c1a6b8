import { closeSync, readSync } from 'node:fs';
import { HumanError } from '../../../events/index.js';
import { withoutLineEnd } from './source.js';
import type { SecretSource } from './source.js';

/** More is a file and no secret. In bytes. */
const LIMIT = 64 * 1024;
/** 0, 1 and 2 are the streams of the terminal. */
const FIRST = 3;

/**
 * Secrets that whoever started this process left in open file descriptors, by name. Each is read to its end and closed at once, before
 * anything is started that could inherit it. Throws a HumanError when one cannot be read.
 */
export function descriptorSource(descriptors: ReadonlyMap<string, number>, platform: NodeJS.Platform = process.platform): SecretSource {
  if (descriptors.size > 0 && platform === 'win32')
    throw new HumanError('On Windows no secret can be handed over by a file descriptor.', 'Use the environment or --secret-command.');
  const values = new Map([...descriptors].map(([name, descriptor]) => [name, readAll(name, descriptor)] as const));
  return {
    atHand: true,
    find: (name) => {
      const value = values.get(name);
      return Promise.resolve(value === undefined ? undefined : { value, from: `the file descriptor ${String(descriptors.get(name))}` });
    },
  };
}

function readAll(name: string, descriptor: number): string {
  const trouble = (why: string): HumanError =>
    new HumanError(
      `The secret "${name}" cannot be read from the file descriptor ${String(descriptor)}: ${why}.`,
      `Open it for the command, for example: ${String(FIRST)}< FILE with --secret-fd ${name}=${String(FIRST)}.`,
    );
  if (!Number.isInteger(descriptor) || descriptor < FIRST) throw trouble(`a number from ${String(FIRST)} on is needed`);
  let bytes: Buffer;
  try {
    bytes = toTheEnd(descriptor);
    closeSync(descriptor);
  } catch (error) {
    throw trouble((error as Error).message);
  }
  if (bytes.length > LIMIT) throw trouble(`it holds more than ${String(LIMIT)} bytes`);
  if (bytes.length === 0) throw trouble('it is empty');
  return withoutLineEnd(bytes.toString('utf8'));
}

function toTheEnd(descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= LIMIT;) {
    const chunk = Buffer.alloc(LIMIT + 1);
    const read = readSync(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
  return Buffer.concat(chunks);
}
