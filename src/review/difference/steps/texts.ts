import type { Note } from '../../../language/index.js';
import { beforeAfter, quoted } from '../words.js';
import type { PartPair } from './partPair.js';

const WORDS = ['title', 'estimate', 'figure', 'impact', 'watch', 'source', 'cause', 'match'] as const;

/** What only people read. */
export function compareTexts(pair: PartPair): void {
  for (const key of WORDS)
    if (pair.differs(key)) pair.tell('text-changed', `${key} of ${pair.label}: ${beforeAfter(pair.before(key), pair.after(key))}`, key);
  compareNotes(pair);
}

/** Remarks of a step, a group or the whole runbook. */
export function compareNotes(pair: PartPair): void {
  if (!pair.differs('notes')) return;
  const before = (pair.before('notes') ?? []) as readonly Note[];
  const after = (pair.after('notes') ?? []) as readonly Note[];
  const weighs = ({ severity }: Note): boolean => severity !== 'note';
  const gone = before.filter(
    (note) => weighs(note) && !after.some(({ text, severity }) => text === note.text && severity === note.severity),
  );
  const fresh = after.filter(
    (note) => weighs(note) && !before.some(({ text, severity }) => text === note.text && severity === note.severity),
  );
  gone.forEach((note, index) => {
    const now = fresh[index];
    if (now === undefined) pair.tell('warning-removed', `the remark ${quoted(note.text)} of ${pair.label} is gone`, 'notes');
    else pair.tell('warning-removed', `a remark of ${pair.label} is another one: ${beforeAfter(note, now)}`, 'notes');
  });
  if (gone.length === 0) pair.tell('text-changed', `remarks of ${pair.label} differ`, 'notes');
}
