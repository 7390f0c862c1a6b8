import type { ParsedDocument } from '../../../language/index.js';
import type { ChangePlace } from '../change.js';
import type { Recorder } from '../recorder.js';
import { suppressionsOf } from '../../lint/suppressions.js';
import { quoted } from '../words.js';

interface Silenced {
  readonly rule: string;
  readonly reason: string;
  readonly ofFile: boolean;
  readonly place: ChangePlace;
}

/**
 * Tells of comments that silence findings and were not there before. Comments are counted by rule over all files, so that a part that moves takes its
 * comments along; a comment for a whole file is another one than a comment for a line.
 */
export function compareSuppressions(old: readonly ParsedDocument[], now: readonly ParsedDocument[], recorder: Recorder): void {
  const before = counted(silencedIn(old));
  for (const [key, list] of counted(silencedIn(now)))
    for (const { rule, reason, ofFile, place } of list.slice(before.get(key)?.length ?? 0))
      recorder.addAt(
        'suppression-added',
        `findings of ${quoted(rule)} are silenced ${ofFile ? 'in the whole file' : 'here'}${reason === '' ? '' : `: ${reason}`}`,
        place,
        rule,
      );
}

function silencedIn(documents: readonly ParsedDocument[]): readonly Silenced[] {
  return documents.flatMap(({ file, text }) =>
    suppressionsOf(text).flatMap(({ rules, reason, scope, comment }) =>
      rules.map(({ id }) => ({ rule: id, reason, ofFile: scope?.start === 0 && scope.end > text.length, place: { file, range: comment } })),
    ),
  );
}

function counted(list: readonly Silenced[]): ReadonlyMap<string, readonly Silenced[]> {
  const found = new Map<string, Silenced[]>();
  for (const one of list) {
    const key = JSON.stringify([one.rule, one.ofFile]);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}
