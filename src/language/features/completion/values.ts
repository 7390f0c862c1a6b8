import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchesOf, takesKind } from '../../schema/lookup.js';
import { wordDoc } from '../../schema/wordDocs.js';
import type { Range } from '../../text/range.js';
import { quoteYaml } from '../../text/quote.js';
import { rank } from './item.js';
import type { CompletionItem } from './item.js';

/** Where a value goes. */
export interface ValuePlace {
  readonly range: Range;
  /** The quote around it; empty for none. */
  readonly quote: string;
  /** Before the value: a blank, a bracket. */
  readonly before: string;
  readonly after: string;
}

/** Something that may be a value. */
export interface ValueChoice {
  readonly text: string;
  readonly kind: CompletionItem['kind'];
  readonly detail?: string;
  readonly documentation?: string | undefined;
  readonly retrigger?: boolean;
  /** It is a number, which stands without quotes. */
  readonly isNumber?: boolean;
}

const TIMES: readonly (readonly [string, string])[] = [
  ['30s', '30 seconds'],
  ['5m', '5 minutes'],
  ['30m', '30 minutes'],
  ['1h', '1 hour'],
  ['1h30m', '1 hour and 30 minutes'],
  ['1d', '1 day'],
];
const LEADS: readonly (readonly [string, string])[] = [
  ['2 working days', 'Saturdays and Sundays do not count'],
  ['36h', '36 hours'],
  ['7d', '7 days'],
];

/** Words, booleans and times that a place takes. */
export function choicesOf(root: JsonSchema, schema: JsonSchema): readonly ValueChoice[] {
  return branchesOf(root, schema).flatMap((branch): readonly ValueChoice[] => {
    const words = [...(branch.enum ?? []), ...(branch.const === undefined ? [] : [branch.const])];
    if (words.length > 0)
      return words.map((text) => ({
        text,
        kind: 'value',
        documentation: wordDoc(text, words),
        ...(branch.default === text ? { detail: 'default' } : {}),
      }));
    if (takesKind(branch, 'boolean') && !takesKind(branch, 'text'))
      return ['true', 'false'].map((text) => ({ text, kind: 'value', ...(String(branch.default) === text ? { detail: 'default' } : {}) }));
    if (branch.format === 'duration') return TIMES.map(([text, detail]) => ({ text, kind: 'value', detail }));
    if (branch.format === 'lead_time') return LEADS.map(([text, detail]) => ({ text, kind: 'value', detail }));
    return [];
  });
}

/** Makes items of choices, in quotes where YAML would read them otherwise. */
export function valueItems(choices: readonly ValueChoice[], place: ValuePlace): readonly CompletionItem[] {
  const distinct = new Map(choices.map((choice) => [choice.text, choice]));
  return [...distinct.values()].map(({ text, kind, detail, documentation, retrigger, isNumber }, index): CompletionItem => ({
    label: text,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
    edit: { range: place.range, text: place.before + (isNumber === true ? text : written(text, place.quote)) + place.after },
    format: 'plain',
    sortText: rank(0, index),
    ...(retrigger === true ? { retrigger } : {}),
  }));
}

function written(text: string, quote: string): string {
  if (quote === '"') return text.replace(/["\\]/g, '\\$&');
  if (quote === "'") return text.replaceAll("'", "''");
  if (/^#|^\d+(?:\.\d+)*$/.test(text)) return `"${text}"`;
  return /^[\w./$][^#:,[\]{}]*$/.test(text) ? text : quoteYaml(text);
}
