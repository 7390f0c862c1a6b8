import { createHash } from 'node:crypto';
import { EVENT_FORMAT } from '../../events/index.js';
import type { RunEvent } from '../../events/index.js';

/** First line of a journal. Its text is where the chain of hashes begins. */
export interface JournalHeader {
  readonly format: number;
  readonly run: string;
}

const HASH_AT = '{"hash":"';
const EVENT_AT = '","event":';
const HASH_LENGTH = 64;
const EVENT_START = HASH_AT.length + HASH_LENGTH + EVENT_AT.length;

/** The header line of a new journal, without its newline. */
export function headerText(run: string): string {
  const header: JournalHeader = { format: EVENT_FORMAT, run };
  return JSON.stringify(header);
}

/** Reads a header line; undefined when it is none. */
export function parseHeader(line: string): JournalHeader | undefined {
  const value = parsed(line) as Partial<JournalHeader> | undefined;
  if (typeof value?.format !== 'number' || typeof value.run !== 'string') return undefined;
  return { format: value.format, run: value.run };
}

/** Hash that the first record follows. */
export function firstHash(header: string): string {
  return sha256(header);
}

/** A record line, without its newline, and the hash that the next one follows. */
export function recordText(previous: string, event: RunEvent): { readonly line: string; readonly hash: string } {
  const text = JSON.stringify(event);
  const hash = sha256(previous + text);
  return { line: `${HASH_AT}${hash}${EVENT_AT}${text}}`, hash };
}

/** Reads a record line that follows `previous`; undefined when a byte of it is not as it was written. */
export function parseRecord(previous: string, line: string): { readonly event: RunEvent; readonly hash: string } | undefined {
  const hash = line.slice(HASH_AT.length, HASH_AT.length + HASH_LENGTH);
  const text = line.slice(EVENT_START, -1);
  if (line !== `${HASH_AT}${hash}${EVENT_AT}${text}}` || hash !== sha256(previous + text)) return undefined;
  const event = parsed(text) as RunEvent | undefined;
  return event === undefined ? undefined : { event, hash };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
