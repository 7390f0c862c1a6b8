import { comparisonHolds, compareVersions } from '../../language/index.js';
import type { Comparison } from './shapes.js';

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
  version(key: string, words: string, alternatives: readonly (readonly Comparison<string>[])[]): Literal {
    const unknown = this.#get(`${key} <`, () => new VersionClass(key, words));
    for (const { bound } of alternatives.flat()) unknown.learn(bound);
    return {
      unknown,
      holds: (value) =>
        alternatives.some((all) => all.every(({ operator, bound }) => comparisonHolds(unknown.compare(value, bound), operator))),
    };
  }

  /** A whole number, told apart by the numbers it is compared with. */
  number(key: string, words: string, alternatives: readonly (readonly Comparison<number>[])[]): Literal {
    const unknown = this.#get(`${key} #`, () => new NumberClass(key, words));
    for (const { bound } of alternatives.flat()) unknown.learn(bound);
    return {
      unknown,
      holds: (value) =>
        alternatives.some((all) => all.every(({ operator, bound }) => comparisonHolds(unknown.number(value) - bound, operator))),
    };
  }

  #get<Kind extends Growing>(key: string, make: () => Kind): Kind {
    const known = this.#byKey.get(key) as Kind | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#byKey.set(key, made);
    return made;
  }
}

type Growing = Flag | Choice | VersionClass | NumberClass;

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

class NumberClass implements Unknown {
  readonly #bounds: number[] = [];
  /** One number of each class: below, at and above each bound, and between two where there is any. */
  #samples: readonly number[] = [0];
  constructor(
    readonly key: string,
    readonly words: string,
  ) {}
  learn(bound: number): void {
    if (this.#bounds.includes(bound)) return;
    this.#bounds.push(bound);
    this.#bounds.sort((a, b) => a - b);
    this.#samples = [...new Set(this.#bounds.flatMap((known) => [known - 1, known, known + 1]))]
      .sort((a, b) => a - b)
      .filter((sample, index, all) => this.#bounds.includes(sample) || index === 0 || this.#bounds.includes(all[index - 1] ?? 0));
  }
  get size(): number {
    return this.#samples.length;
  }
  number(value: number): number {
    return this.#samples[value] ?? 0;
  }
  describe(value: number): string {
    const sample = this.number(value);
    if (this.#bounds.includes(sample)) return `${this.words} is ${String(sample)}`;
    const above = this.#bounds.findLast((bound) => bound < sample);
    const below = this.#bounds.find((bound) => bound > sample);
    if (above === undefined) return `${this.words} is below ${String(below)}`;
    return below === undefined
      ? `${this.words} is above ${String(above)}`
      : `${this.words} is between ${String(above)} and ${String(below)}`;
  }
}
