import { parseVersionRange } from '../../language/index.js';

/** How a value is compared: `<`, `<=`, `>`, `>=`, `==` or `!=`. */
export interface Comparison<Bound> {
  readonly operator: string;
  readonly bound: Bound;
}

/** An atom as far as its shape tells: a name, and how its values are told apart. Of `alternatives` one must hold, and of it all. */
export type Shape =
  | { readonly kind: 'boolean'; readonly name: string; readonly negated: boolean }
  | { readonly kind: 'choice'; readonly name: string; readonly options: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'number'; readonly name: string; readonly alternatives: readonly (readonly Comparison<number>[])[] }
  | { readonly kind: 'version'; readonly name: string; readonly alternatives: readonly (readonly Comparison<string>[])[] }
  | { readonly kind: 'opaque' };

const NAME = String.raw`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)`;
const TEXT = String.raw`"[^"\\]*"|'[^'\\]*'`;
const VALUE = String.raw`(?:${TEXT}|-?\d+|true|false|version\(\s*(?:${TEXT})\s*\))`;
const OPERATOR = String.raw`(==|!=|<=|>=|<|>)`;
const PLAIN = new RegExp(`^${NAME}$`);
const COMPARED = new RegExp(`^${NAME}\\s*${OPERATOR}\\s*(${VALUE})$`);
const REVERSED = new RegExp(`^(${VALUE})\\s*${OPERATOR}\\s*${NAME}$`);
const ONE_OF = new RegExp(`^${NAME}\\s+in\\s+\\[\\s*(${VALUE}(?:\\s*,\\s*${VALUE})*)\\s*\\]$`);
const WITHIN = new RegExp(`^${NAME}\\.within\\(\\s*(${TEXT})\\s*\\)$`);

/** The same comparison read from its other side. */
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
const OPAQUE: Shape = { kind: 'opaque' };
const known = new Map<string, Shape>();
const MOST_KNOWN = 5000;

/** Reads the shape of an atom. */
export function shapeOf(cel: string): Shape {
  let shape = known.get(cel);
  if (shape === undefined) {
    shape = readShape(cel);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(cel, shape);
  }
  return shape;
}

function readShape(cel: string): Shape {
  const plain = PLAIN.exec(cel)?.[1];
  if (plain !== undefined) return { kind: 'boolean', name: plain, negated: false };
  const [, name = '', operator = '', value = ''] = COMPARED.exec(cel) ?? [];
  if (name !== '') return comparison(name, operator, value);
  const [, left = '', reversed = '', right = ''] = REVERSED.exec(cel) ?? [];
  if (right !== '') return comparison(right, MIRRORED[reversed] ?? reversed, left);
  const [, one = '', list = ''] = ONE_OF.exec(cel) ?? [];
  if (one !== '') return oneOf(one, list.match(new RegExp(VALUE, 'g')) ?? []);
  const [, ranged = '', text = ''] = WITHIN.exec(cel) ?? [];
  const range = ranged === '' ? undefined : parseVersionRange(unquoted(text));
  if (range === undefined) return OPAQUE;
  const alternatives = range.alternatives.map((bounds) =>
    bounds.map(({ comparator, version }) => ({ operator: comparator === '=' ? '==' : comparator, bound: version })),
  );
  return { kind: 'version', name: ranged, alternatives };
}

function comparison(name: string, operator: string, value: string): Shape {
  const equality = operator === '==' || operator === '!=';
  if (value === 'true' || value === 'false')
    return equality ? { kind: 'boolean', name, negated: (value === 'true') !== (operator === '==') } : OPAQUE;
  if (/^-?\d+$/.test(value)) return { kind: 'number', name, alternatives: [[{ operator, bound: Number(value) }]] };
  const version = versionIn(value);
  if (version !== undefined) return { kind: 'version', name, alternatives: [[{ operator, bound: version }]] };
  return equality ? { kind: 'choice', name, options: [unquoted(value)], negated: operator === '!=' } : OPAQUE;
}

function oneOf(name: string, values: readonly string[]): Shape {
  if (values.every((value) => /^["']/.test(value))) return { kind: 'choice', name, options: values.map(unquoted), negated: false };
  if (values.every((value) => /^-?\d+$/.test(value)))
    return { kind: 'number', name, alternatives: values.map((value) => [{ operator: '==', bound: Number(value) }]) };
  const versions = values.flatMap((value) => versionIn(value) ?? []);
  if (versions.length !== values.length) return OPAQUE;
  return { kind: 'version', name, alternatives: versions.map((version) => [{ operator: '==', bound: version }]) };
}

function versionIn(value: string): string | undefined {
  const text = /^version\(\s*(.+?)\s*\)$/.exec(value)?.[1];
  return text === undefined ? undefined : unquoted(text);
}

function unquoted(text: string): string {
  return text.slice(1, -1);
}
