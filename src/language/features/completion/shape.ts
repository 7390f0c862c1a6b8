import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchesOf, resolveSchema, takesKind } from '../../schema/lookup.js';
import { placeholder } from './item.js';

/** Mappings within mappings that are written out. */
const DEEPEST = 3;

/** What follows a key, ready to be filled in. */
export interface Shape {
  /** In the spelling of snippets, from right behind the colon. */
  readonly text: string;
  /** It has nothing to fill in: the value itself is asked for next. */
  readonly isOpen: boolean;
}

/** Keys of a mapping that are written out with it: those it needs, else nothing. */
export function shapeOf(root: JsonSchema, schema: JsonSchema, place: { readonly column: number; readonly flow: boolean }): Shape {
  return new Shaper(root, place.flow).value(schema, place.column, 0);
}

const OPEN: Shape = { text: ' ', isOpen: true };
const DURATIONS: Readonly<Record<string, string>> = { every: '10s', pause_between: '30s', valid_for: '7d' };

class Shaper {
  readonly #root: JsonSchema;
  readonly #flow: boolean;
  #stop = 0;

  constructor(root: JsonSchema, flow: boolean) {
    this.#root = root;
    this.#flow = flow;
  }

  value(schema: JsonSchema, column: number, depth: number, key = ''): Shape {
    const branches = branchesOf(this.#root, schema);
    if (schema.$ref === '#/definitions/script')
      return this.#flow ? OPEN : { text: ` |\n${' '.repeat(column + 2)}${this.#next('')}`, isOpen: false };
    const scalar = branches.find((branch) => takesKind(branch, 'text') || takesKind(branch, 'number') || takesKind(branch, 'boolean'));
    if (scalar !== undefined) return this.#scalar(scalar, branches, depth, key);
    const list = branches.find((branch) => takesKind(branch, 'list'));
    if (list !== undefined) return this.#list(list, column, depth);
    const mapping = branches.find((branch) => takesKind(branch, 'mapping'));
    return mapping === undefined || depth > DEEPEST ? OPEN : this.#mapping(mapping, column, depth);
  }

  #scalar(scalar: JsonSchema, branches: readonly JsonSchema[], depth: number, key: string): Shape {
    if (scalar.const !== undefined) return { text: ` ${scalar.const}`, isOpen: false };
    const words = branches.flatMap((branch) => branch.enum ?? []);
    if (words.length > 0 && depth > 0) return { text: ` ${this.#next(...words)}`, isOpen: false };
    if (scalar.type === 'boolean' && scalar.default === false) return { text: ' true', isOpen: false };
    if (scalar.format === 'duration') return { text: ` ${this.#next(DURATIONS[key] ?? '5m')}`, isOpen: false };
    return depth === 0 ? OPEN : { text: ` ${this.#next('')}`, isOpen: false };
  }

  #list(list: JsonSchema, column: number, depth: number): Shape {
    const items = list.items ?? {};
    const [first] = branchesOf(this.#root, items);
    const isMapping = first !== undefined && takesKind(first, 'mapping');
    if (!isMapping || this.#flow) return { text: ` [${this.#next(...(depth > 0 ? (first?.enum ?? ['']) : ['']))}]`, isOpen: true };
    const inner = ' '.repeat(column + 2);
    const needed = first.required ?? [];
    const body = needed.length === 0 ? this.#next('') : this.#members(first, needed, column + 4, depth + 1).replace(/^\n +/, '');
    return { text: `\n${inner}- ${body}`, isOpen: needed.length === 0 };
  }

  #mapping(mapping: JsonSchema, column: number, depth: number): Shape {
    const inner = ' '.repeat(column + 2);
    const needed = mapping.required ?? [];
    if (typeof mapping.additionalProperties === 'object' && mapping.properties === undefined) {
      if (this.#flow) return { text: ` { ${this.#next('')} }`, isOpen: true };
      if (mapping.propertyNames === undefined) return { text: `\n${inner}${this.#next('')}`, isOpen: true };
      const name = this.#next('name');
      return { text: `\n${inner}${name}:${this.value(mapping.additionalProperties, column + 2, depth + 1).text}`, isOpen: false };
    }
    if (this.#flow) {
      const members = needed.map((key) => `${key}:${this.value(mapping.properties?.[key] ?? {}, 0, depth + 1, key).text}`);
      return members.length > 0 ? { text: ` { ${members.join(', ')} }`, isOpen: false } : { text: ` { ${this.#next('')} }`, isOpen: true };
    }
    if (needed.length === 0 && mapping.oneOf === undefined && mapping.minProperties === undefined)
      return { text: ` {${this.#next('')}}`, isOpen: false };
    if (needed.length === 0) return { text: `\n${inner}${this.#next('')}`, isOpen: true };
    return { text: this.#members(mapping, needed, column + 2, depth + 1), isOpen: false };
  }

  #members(mapping: JsonSchema, keys: readonly string[], column: number, depth: number): string {
    return keys
      .map((key) => `\n${' '.repeat(column)}${key}:${this.value(mapping.properties?.[key] ?? {}, column, depth, key).text.trimEnd()}`)
      .join('');
  }

  #next(...words: readonly string[]): string {
    this.#stop++;
    return placeholder(this.#stop, words);
  }
}

/** Description of a value, from its own schema or else from that of its shapes. */
export function descriptionOf(root: JsonSchema, schema: JsonSchema): string | undefined {
  return (
    resolveSchema(root, schema).description ?? branchesOf(root, schema).find((branch) => branch.description !== undefined)?.description
  );
}
