import { HOST_MEMBERS } from '../expressions/names.js';
import { plainValue } from '../parser/plainValue.js';
import { ID_PATTERN } from '../schema/jsonSchema.js';
import type { SymbolKind } from './symbols/symbol.js';

interface Shape {
  readonly pattern: RegExp;
  readonly advice: string;
}

const ID: Shape = { pattern: new RegExp(ID_PATTERN), advice: 'write small letters, digits and _, with a letter first' };
const SHAPES: Readonly<Partial<Record<SymbolKind, Shape>>> = {
  host: { pattern: /^[a-z0-9][a-z0-9._-]*$/, advice: 'write small letters, digits, ".", "_" and "-"' },
  local: { pattern: /^[A-Za-z_]\w*$/, advice: 'write letters, digits and _, with a letter first' },
  field: { pattern: /^[A-Za-z_]\w*$/, advice: 'write letters, digits and _, with a letter first' },
  anchor: { pattern: /^[A-Za-z0-9_-]+$/, advice: 'write letters, digits, "_" and "-"' },
};

/** Words of the language of expressions that are no names in it. */
const RESERVED = new Set(
  'as break const continue else false for function if import in let loop null package namespace return true var void while'.split(' '),
);
/** Names expressions begin with, which a local name would hide. */
const ROOTS = new Set('inputs facts host hosts steps secrets advisories run hop body status stdout exit'.split(' '));
const FORBIDDEN = new Set(['constructor', 'prototype', '__proto__']);

/** Why a name is none for this kind of thing, whatever else there is; undefined when it is fine. */
export function wrongNewName(kinds: ReadonlySet<SymbolKind>, name: string): string | undefined {
  for (const kind of kinds) {
    const { pattern, advice } = SHAPES[kind] ?? ID;
    if (!pattern.test(name)) return `"${name}" cannot be a name here; ${advice}`;
  }
  if (RESERVED.has(name) || FORBIDDEN.has(name) || plainValue(name) !== name)
    return `"${name}" is a word with a meaning of its own; choose another name`;
  if (kinds.has('role') && name === 'local') return '"local" stands for the machine of the operator; choose another name';
  if (kinds.has('step') && (name === 'advisories' || name === 'instead'))
    return `"${name}" is kept for the plan itself; choose another name`;
  if ((kinds.has('variable') || kinds.has('fact')) && Object.hasOwn(HOST_MEMBERS, name))
    return `every host has a "${name}" of itself; choose another name`;
  if (kinds.has('local') && ROOTS.has(name)) return `"${name}" means something else in expressions; choose another name`;
  return undefined;
}
