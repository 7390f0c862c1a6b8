import type { Step } from '../../schema/generated/runbook.js';
import { rememberByText } from '../../text/remembered.js';
import { actionOf, changes, isProbing } from '../acts.js';
import { keyRange } from '../keyRange.js';
import { listsOf } from '../named.js';
import type { Rule } from '../rule.js';

/** What a step is called, explained or expected by does not make it another act. */
const TELLING = new Set([
  'id',
  'title',
  'notes',
  'source',
  'estimate',
  'expect',
  'figure',
  'impact',
  'watch',
  'on_failure',
  'undo',
  'verify',
  'timeout',
  'every',
  'retry',
]);
/** Words that say nothing about what is done, and kinds of things that are named now so, now so. */
const EMPTY = new Set([
  'a',
  'an',
  'the',
  'of',
  'on',
  'in',
  'to',
  'for',
  'and',
  'with',
  'it',
  'its',
  'by',
  'your',
  'script',
  'program',
  'command',
  'tool',
]);

export const duplicateStep: Rule = {
  id: 'duplicate-step',
  family: 'clarity',
  severity: 'warning',
  rationale: 'Two steps that do one thing are most often one step that was written down twice, and would be done twice.',
  cites: ['capability 4'],
  *check({ runbook, document }) {
    for (const list of listsOf(runbook)) {
      for (const [index, step] of list.entries()) {
        const earlier = earlierOne(list, index);
        if (earlier === undefined) continue;
        const range = keyRange(document, step, 'title', 'id', actionOf(step) ?? '');
        const other = keyRange(document, earlier, 'title', 'id', actionOf(earlier) ?? '');
        if (range === undefined || other === undefined) continue;
        yield {
          range,
          message: `this seems to be ${earlier.title === undefined && earlier.id === undefined ? 'an earlier step' : `"${earlier.title ?? earlier.id ?? ''}"`} once more; remove one of the two, or make plain how they differ`,
          related: [{ file: document.file, range: other, message: 'the other one' }],
        };
      }
    }
  },
};

/** A step before this one that does the same, with nothing between them that could make doing it again worth while. */
function earlierOne(list: readonly Step[], index: number): Step | undefined {
  const step = list[index] as Step;
  for (let at = index - 1; at >= 0; at--) {
    const earlier = list[at] as Step;
    if (at === index - 1 ? isLikeTheOneBefore(earlier, step) : isSameAct(earlier, step)) return earlier;
    if (changes(earlier) || !(isProbing(earlier) || earlier.manual !== undefined)) return undefined;
  }
  return undefined;
}

const likeTheOneBefore = new WeakMap<Step, { readonly before: Step; readonly isLike: boolean }>();

/** Of two steps side by side; remembered, as most of them stay side by side while somebody types. */
function isLikeTheOneBefore(before: Step, step: Step): boolean {
  const known = likeTheOneBefore.get(step);
  if (known?.before === before) return known.isLike;
  const isLike = isSameAct(before, step) || isCalledTheSame(before, step);
  likeTheOneBefore.set(step, { before, isLike });
  return isLike;
}

/** Whether two steps do the same, at one place and time. Most differ in the first key that is looked at. */
function isSameAct(one: Step, other: Step): boolean {
  const isActing = (key: string): boolean => !TELLING.has(key);
  for (const key in one) if (isActing(key) && !isSameMember(one, other, key as keyof Step)) return false;
  return Object.keys(other).every((key) => !isActing(key) || Object.hasOwn(one, key));
}

function isSameMember(one: Step, other: Step, key: keyof Step): boolean {
  const [here, there] = [one[key], other[key]];
  if (typeof here !== 'object' || typeof there !== 'object') return here === there;
  return JSON.stringify(here) === JSON.stringify(there);
}

function isCalledTheSame(one: Step, other: Step): boolean {
  const action = actionOf(one);
  if (action !== actionOf(other) || action === 'steps' || action === 'use' || isProbing(one)) return false;
  const [some, others] = [wordsOf(one.title ?? ''), wordsOf(other.title ?? '')];
  if (some.size < 2 || some.size !== others.size || ![...some].every((word) => others.has(word))) return false;
  return JSON.stringify([one.on, one.from, one.when]) === JSON.stringify([other.on, other.from, other.when]);
}

/** Words of a title, so cut that installer and installation are one. */
const wordsOf = rememberByText((title): ReadonlySet<string> => {
  const words = title.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return new Set(words.filter((word) => !EMPTY.has(word)).map((word) => word.slice(0, 6)));
});
