import { compareVersions } from '../../language/index.js';

/** A value that nobody knows while the plan is made. It has one of finitely many values as far as the conditions can tell. */
export interface Unknown {
  readonly key: string;
  /** Index of a value to words. */
  describe(value: number): string;
  /** How many values there are to try. */
  readonly size: number;
}

/** Truth of one atom, by the value of an unknown. */
export interface Literal {
  readonly unknown: Unknown;
  holds(value: number): boolean;
}

const NAME = String.raw`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)`;
const TEXT = String.raw`("[^"\\]*"|'[^'\\]*'|-?\d+|true|false)`;
const PLAIN = new RegExp(`^${NAME}$`);
const EQUALS = new RegExp(`^${NAME}\\s*(==|!=)\\s*${TEXT}$`);
const ONE_OF = new RegExp(`^${NAME}\\s+in\\s+\\[\\s*(${TEXT}(?:\\s*,\\s*${TEXT})*)\\s*\\]$`);
const VERSION = new RegExp(`^${NAME}\\s*(==|!=|<=|>=|<|>)\\s*version\\(\\s*("[^"\\\\]*"|'[^'\\\\]*')\\s*\\)$`);

/** An atom as far as its shape tells: a name, and how its values are told apart. */
export type Shape =
  | { readonly kind: 'boolean'; readonly name: string }
  | { readonly kind: 'choice'; readonly name: string; readonly options: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'version'; readonly name: string; readonly operator: string; readonly version: string }
  | { readonly kind: 'opaque' };

/** Reads the shape of an atom. */
export function shapeOf(cel: string): Shape {
  const plain = PLAIN.exec(cel);
  if (plain?.[1] !== undefined) return { kind: 'boolean', name: plain[1] };
  const version = VERSION.exec(cel);
  if (version?.[1] !== undefined)
    return { kind: 'version', name: version[1], operator: version[2] ?? '==', version: unquoted(version[3] ?? '') };
  const equals = EQUALS.exec(cel);
  if (equals?.[1] !== undefined) {
    const option = equals[3] ?? '';
    const negated = equals[2] === '!=';
    if (option === 'true' || option === 'false') return { kind: 'choice', name: equals[1], options: [option], negated };
    return { kind: 'choice', name: equals[1], options: [unquoted(option)], negated };
  }
  const oneOf = ONE_OF.exec(cel);
  if (oneOf?.[1] !== undefined)
    return {
      kind: 'choice',
      name: oneOf[1],
      options: [...(oneOf[2] ?? '').matchAll(new RegExp(TEXT, 'g'))].map(([text]) => unquoted(text)),
      negated: false,
    };
  return { kind: 'opaque' };
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, '');
}

/** All unknowns of one plan, so that the same name has the same value in every condition. */
export class Unknowns {
  readonly #byKey = new Map<string, Growing>();

  /** True or false. */
  flag(key: string, words: string): Literal {
    const unknown = this.#get(key, () => new Flag(key, words));
    return { unknown, holds: (value) => value === 1 };
  }

  /** One of some texts. `declared`: all there are, where that is known. */
  choice(key: string, words: string, options: readonly string[], negated: boolean, declared: readonly string[] | undefined): Literal {
    const unknown = this.#get(`${key} =`, () => new Choice(key, words, declared));
    for (const option of options) unknown.learn(option);
    return { unknown, holds: (value) => options.includes(unknown.option(value) ?? '') !== negated };
  }

  /** A version, told apart by the versions it is compared with: below, at and above each. */
  version(key: string, words: string, operator: string, bound: string): Literal {
    const unknown = this.#get(`${key} <`, () => new VersionClass(key, words));
    unknown.learn(bound);
    return { unknown, holds: (value) => keeps(unknown.compare(value, bound), operator) };
  }

  #get<Kind extends Growing>(key: string, make: () => Kind): Kind {
    const known = this.#byKey.get(key) as Kind | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#byKey.set(key, made);
    return made;
  }
}

type Growing = Flag | Choice | VersionClass;

class Flag implements Unknown {
  readonly size = 2;
  constructor(
    readonly key: string,
    readonly words: string,
  ) {}
  describe(value: number): string {
    return value === 1 ? this.words : `not (${this.words})`;
  }
}

class Choice implements Unknown {
  readonly #options: string[];
  constructor(
    readonly key: string,
    readonly words: string,
    readonly declared: readonly string[] | undefined,
  ) {
    this.#options = [...(declared ?? [])];
  }
  learn(option: string): void {
    if (!this.#options.includes(option) && this.declared === undefined) this.#options.push(option);
  }
  option(value: number): string | undefined {
    return this.#options[value];
  }
  get size(): number {
    return this.#options.length + (this.declared === undefined ? 1 : 0);
  }
  describe(value: number): string {
    const option = this.option(value);
    return option === undefined ? `${this.words} is something else` : `${this.words} is ${option}`;
  }
}

class VersionClass implements Unknown {
  readonly #bounds: string[] = [];
  readonly #places = new Map<string, number>();
  constructor(
    readonly key: string,
    readonly words: string,
  ) {}
  learn(version: string): void {
    if (this.#bounds.some((known) => compareVersions(known, version) === 0)) return;
    this.#bounds.push(version);
    this.#bounds.sort(compareVersions);
    this.#places.clear();
  }
  get size(): number {
    return 2 * this.#bounds.length + 1;
  }
  /** Odd values are the versions themselves, even ones what lies between. */
  compare(value: number, version: string): number {
    let place = this.#places.get(version);
    if (place === undefined) {
      place = this.#bounds.findIndex((known) => compareVersions(known, version) === 0);
      this.#places.set(version, place);
    }
    return value - (2 * place + 1);
  }
  describe(value: number): string {
    const at = this.#bounds[(value - 1) / 2];
    if (at !== undefined) return `${this.words} is ${at}`;
    const above = this.#bounds[value / 2 - 1];
    const below = this.#bounds[value / 2];
    if (above === undefined) return `${this.words} is below ${below ?? ''}`;
    return below === undefined ? `${this.words} is above ${above}` : `${this.words} is between ${above} and ${below}`;
  }
}

function keeps(order: number, operator: string): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}
