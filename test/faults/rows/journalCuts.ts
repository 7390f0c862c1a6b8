import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFile, reservePath } from '../../../src/engine/journal/journalFile.js';
import { markMasked } from '../../../src/engine/secrets/masked.js';
import { journalContent, readJournal } from '../../../src/engine/journal/reader.js';
import type { JournalContent } from '../../../src/engine/journal/reader.js';
import type { RunEvent } from '../../../src/events/index.js';
import { recordedJournal } from '../means/recordedJournal.js';
import type { FaultCase, Row, Verdict } from '../row.js';

/** Broken ones of a journal that are told; they tend to have one cause. */
const TOLD = 5;
const NEWLINE = 0x0a;

/** Journals of real runs, cut and changed at every byte. One case is one journal. */
export const journalCuts: Row = {
  id: 'journal-cuts',
  title: 'a journal is cut off at every byte; one bit of every byte is flipped; the cut ones are gone on with',
  must: 'the longest prefix of whole records is read, and every flip is found',
  cases: { pr: 3, nightly: 20 },
  limitMs: 600_000,
  missing: async () => undefined,
  open: async () => ({ run: tried, close: async () => undefined }),
};

async function tried(fault: FaultCase): Promise<Verdict> {
  const { bytes, directory, name } = await recordedJournal(fault.index);
  try {
    const whole = journalContent(bytes);
    if (whole.condition !== 'sound' || whole.events.length < 3)
      return { kind: 'broken', what: `${name}: the journal itself is ${whole.condition}` };
    const prefixes = wholePrefixes(bytes, whole);
    const wrong = [
      ...wrongCuts(bytes, prefixes),
      ...wrongFlips(bytes, prefixes, fault.random),
      ...wrongContinuations(bytes, prefixes, join(directory, 'journal.jsonl'), fault.random),
    ];
    if (wrong.length > 0) return { kind: 'broken', what: `${name}: ${wrong.slice(0, TOLD).join('\n')}` };
    return { kind: 'held', measured: { cuts: bytes.length, flips: bytes.length } };
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The journal up to the end of its header, and up to the end of each record. */
interface Prefix {
  readonly end: number;
  readonly events: readonly RunEvent[];
  readonly hash: string;
}

function wholePrefixes(bytes: Buffer, whole: JournalContent): readonly Prefix[] {
  const ends = [...bytes.keys()].filter((at) => bytes[at] === NEWLINE).map((at) => at + 1);
  return ends.map((end, index) => ({ end, events: whole.events.slice(0, index), hash: journalContent(bytes.subarray(0, end)).hash }));
}

function wrongCuts(bytes: Buffer, prefixes: readonly Prefix[]): readonly string[] {
  const wrong: string[] = [];
  for (let length = 0; length < bytes.length; length++) {
    const content = journalContent(bytes.subarray(0, length));
    const prefix = prefixes.findLast(({ end }) => end <= length);
    const condition = prefix?.end === length ? 'sound' : 'torn';
    if (!isPrefix(content, prefix) || content.condition !== condition)
      wrong.push(`cut off after ${String(length)} bytes: ${told(content)}`);
  }
  return wrong;
}

function wrongFlips(bytes: Buffer, prefixes: readonly Prefix[], random: () => number): readonly string[] {
  const wrong: string[] = [];
  const changed = Buffer.from(bytes);
  for (let at = 0; at < bytes.length; at++) {
    const bit = Math.floor(random() * 8);
    changed[at] = (bytes[at] ?? 0) ^ (1 << bit);
    const content = journalContent(changed);
    const prefix = prefixes.findLast(({ end }) => end <= at);
    // A changed number of the format may make a later one of it: then nothing is read at all.
    const isRead = isPrefix(content, prefix) || (prefix === undefined && content.events.length === 0);
    if (!isRead || content.condition === 'sound') wrong.push(`bit ${String(bit)} of byte ${String(at)} flipped: ${told(content)}`);
    changed[at] = bytes[at] ?? 0;
  }
  return wrong;
}

/** A journal that was cut within each record takes further records, and reads as one. */
function wrongContinuations(bytes: Buffer, prefixes: readonly Prefix[], file: string, random: () => number): readonly string[] {
  return prefixes.slice(1).flatMap(({ end, events }, index) => {
    const start = prefixes[index]?.end ?? 0;
    const length = start + 1 + Math.floor(random() * (end - start - 1));
    writeFileSync(file, bytes.subarray(0, length));
    const journal = JournalFile.reopen(file, readJournal(file));
    const next = events.at(-1);
    if (next === undefined) throw new Error('a prefix after the header has events');
    journal.append(markMasked(next));
    journal.close();
    const content = journalContent(readFileSync(file));
    rmSync(reservePath(file), { force: true });
    const isOne = content.condition === 'sound' && JSON.stringify(content.events) === JSON.stringify(events);
    return isOne ? [] : [`cut off after ${String(length)} bytes and gone on with: ${told(content)}`];
  });
}

function isPrefix(content: JournalContent, prefix: Prefix | undefined): boolean {
  if (prefix === undefined) return content.events.length === 0 && content.validBytes === 0;
  const { end, events, hash } = prefix;
  return (
    content.validBytes === end &&
    content.hash === hash &&
    content.events.length === events.length &&
    JSON.stringify(content.events.at(-1)) === JSON.stringify(events.at(-1))
  );
}

function told({ condition, events, validBytes }: JournalContent): string {
  return `read as ${condition} with ${String(events.length)} records in ${String(validBytes)} bytes`;
}
