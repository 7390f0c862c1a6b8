import { isAlias, isScalar, isSeq } from 'yaml';
import type { Scalar } from 'yaml';
import { misspelt, placesOf, replaced } from './support/mutant.js';
import type { Mutant, Place } from './support/mutant.js';

/** Keys whose value is the name of something, or a list of names. */
const NAMING = new Set(
  'on from of except installed escalate otherwise scheme secret fact across role kept_on jump use source effects stages type severity state per pick demands approver platforms platform method connection'.split(
    ' ',
  ),
);
/** Mappings whose keys are names that only their reader outside of the runbook knows. */
const FOREIGN = new Set(['headers', 'json', 'form', 'env']);
/** Keys whose value is an expression as a whole. */
const EXPRESSIONS = new Set(['when', 'where', 'that', 'value', 'unsure_when']);
/** Words in expressions that an answer brings, not the runbook. */
const ANSWERED = new Set(['body', 'status', 'stdout', 'exit', 'string', 'size']);

/** One key misspelt, one at a time. Names for the world outside (`headers`, `json`, `env`) and the names of methods belong to the author. */
export function* misspeltKeys(text: string): Generator<Mutant> {
  for (const { pair, name, above } of placesOf(text)) {
    const [holder = ''] = above.slice(-1);
    if (FOREIGN.has(holder) || holder === 'methods') continue;
    const [start, end] = pair.key.range ?? [0, 0];
    yield { text: replaced(text, start, end, misspelt(text.slice(start, end))), what: `misspelt key: ${name}` };
  }
}

/** One name misspelt where something is referred to, one at a time: in values that are names, and in expressions. */
export function* misspeltReferences(text: string): Generator<Mutant> {
  for (const place of placesOf(text)) {
    yield* inNames(text, place);
    yield* inExpressions(text, place);
  }
}

function* inNames(text: string, { pair, name, above }: Place): Generator<Mutant> {
  const key = String(pair.key.value);
  const isOrder = above.some((part) => part === 'order') && above.some((part) => part === 'first' || part === 'then');
  const isMoment = key === 'at' && above.includes('invariants');
  const isBinding = above.at(-1) === 'roles' && above.length > 1;
  const isInventoryRole = above.length === 1 && above[0] === 'roles' && isSeq(pair.value);
  const inputFile = key === 'from' && above.includes('with');
  const isForeign = above.some((part) => FOREIGN.has(part));
  const isPeriod = above.includes('windows') || above.includes('blackouts') || above.includes('stops');
  if (inputFile || isForeign || isPeriod || !(NAMING.has(key) || isOrder || isMoment || isBinding || isInventoryRole)) return;
  for (const scalar of scalarsOf(pair.value)) {
    const [start, end] = scalar.range ?? [0, 0];
    const written = text.slice(start, end);
    if (written.includes('${{')) continue;
    for (const match of written.matchAll(/[a-z][a-z0-9_]{1,}/gi)) {
      // A citation names a document; the place in it is that document's affair.
      if (key === 'source' && match.index > 1) continue;
      const changed = misspelt(match[0]);
      yield {
        text: replaced(text, start + match.index, start + match.index + match[0].length, changed),
        what: `misspelt name: ${name}: ${changed}`,
      };
    }
  }
}

function* inExpressions(text: string, { pair, name }: Place): Generator<Mutant> {
  const key = String(pair.key.value);
  for (const scalar of scalarsOf(pair.value)) {
    const [start, end] = scalar.range ?? [0, 0];
    const written = text.slice(start, end);
    const isWhole = EXPRESSIONS.has(key) && typeof scalar.value === 'string';
    const spans = isWhole
      ? [{ index: 0, cel: written }]
      : [...written.matchAll(/\$\{\{(.*?)\}\}/gs)].map((match) => ({ index: match.index + 3, cel: match[1] ?? '' }));
    for (const { index, cel } of spans) {
      for (const word of wordsOf(cel)) {
        const at = start + index + word.index;
        const changed = misspelt(word.text);
        yield { text: replaced(text, at, at + word.text.length, changed), what: `misspelt name: ${name}: ${changed}` };
      }
    }
  }
}

/** Names in an expression, outside of its strings; not those of an answer, whose members nobody can know. */
function wordsOf(cel: string): readonly { readonly index: number; readonly text: string }[] {
  const bare = cel.replaceAll(/(?<!is\()(["'])(?:(?!\1).)*\1/g, (quoted) => ' '.repeat(quoted.length));
  return [...bare.matchAll(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g)].flatMap((match) => {
    const parts = match[0].split('.');
    if (ANSWERED.has(parts[0] ?? '')) return [];
    let offset = match.index;
    return parts.flatMap((part) => {
      const here = { index: offset, text: part };
      offset += part.length + 1;
      return part === 'true' || part === 'false' || part === 'in' ? [] : [here];
    });
  });
}

function scalarsOf(value: unknown): readonly Scalar[] {
  if (isScalar(value)) return [value];
  return isSeq(value) && !isAlias(value) ? value.items.filter((item) => isScalar(item)) : [];
}
