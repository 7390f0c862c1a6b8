import { readFileSync } from 'node:fs';
import { EVENT_FORMAT } from '../../events/index.js';
import type { RunEvent } from '../../events/index.js';
import { firstHash, parseHeader, parseRecord } from './record.js';

/**
 * How sound a journal is.
 * `torn`: the last record was cut off while it was written; it was never acknowledged.
 * `damaged`: something follows a record that is not as it was written.
 * `newer`: written by a later version of the product. `unreadable`: there is no file, or it may not be read.
 */
export type JournalCondition = 'sound' | 'torn' | 'damaged' | 'newer' | 'unreadable';

/** What a journal file holds. */
export interface JournalContent {
  readonly condition: JournalCondition;
  /** What is wrong, as a sentence for people; absent when nothing is. */
  readonly problem?: string;
  /** The longest prefix in which every record is as it was written. */
  readonly events: readonly RunEvent[];
  /** Length in bytes of that prefix with its header; 0 when not even the header is whole. */
  readonly validBytes: number;
  /** The hash that a next record would follow. */
  readonly hash: string;
}

const NEWLINE = 0x0a;

/** Called with the hash of every sound record, in order. */
export type RecordSeen = (hash: string) => void;

/** Reads a journal file. Never throws: whatever cannot be read is reported in the result. */
export function readJournal(path: string, seen?: RecordSeen): JournalContent {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return unreadable(`The journal cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
  return journalContent(bytes, seen);
}

/** What there is of a journal that cannot be read, for this reason: a sentence for people. */
export function unreadable(problem: string): JournalContent {
  return { ...NOTHING, condition: 'unreadable', problem };
}

const NOTHING = { events: [], validBytes: 0, hash: '' } as const;

/** Reads the bytes of a journal. Never throws. */
export function journalContent(bytes: Uint8Array, seen: RecordSeen = () => undefined): JournalContent {
  const headerEnd = bytes.indexOf(NEWLINE);
  if (headerEnd < 0) return { ...NOTHING, condition: 'torn', problem: 'The journal ends before its first record.' };
  const headerLine = lineOf(bytes, 0, headerEnd);
  const header = parseHeader(headerLine);
  if (header === undefined) return { ...NOTHING, condition: 'damaged', problem: 'The first line of the journal is damaged.' };
  if (header.format > EVENT_FORMAT) {
    return {
      ...NOTHING,
      condition: 'newer',
      problem: `The journal has format ${String(header.format)}; this version knows formats up to ${String(EVENT_FORMAT)}.`,
    };
  }
  const events: RunEvent[] = [];
  let hash = firstHash(headerLine);
  let at = headerEnd + 1;
  while (at < bytes.length) {
    const end = bytes.indexOf(NEWLINE, at);
    const record = end < 0 ? undefined : parseRecord(hash, lineOf(bytes, at, end));
    if (record === undefined)
      return { ...trouble(bytes.length - at, end >= 0 && end + 1 < bytes.length, events.length), events, validBytes: at, hash };
    events.push(record.event);
    hash = record.hash;
    seen(hash);
    at = end + 1;
  }
  return { condition: 'sound', events, validBytes: at, hash };
}

/** Only one record is ever under way, so a bad line that another one follows was not torn: it was changed. */
function trouble(rest: number, followed: boolean, good: number): { condition: JournalCondition; problem: string } {
  if (!followed) return { condition: 'torn', problem: `The last record was cut off (${String(rest)} bytes); it was never acknowledged.` };
  return { condition: 'damaged', problem: `Record ${String(good + 1)} is not as it was written; what follows it cannot be trusted.` };
}

/** Bytes that are no UTF-8 become U+FFFD, which no hash fits. */
function lineOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
