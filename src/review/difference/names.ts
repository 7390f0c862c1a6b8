import type { ParsedDocument } from '../../language/index.js';

/** What can have another name without anything else being different. */
export type NameSort = 'inputs' | 'facts' | 'secrets' | 'roles' | 'advisories' | 'contacts' | 'versions' | 'steps';

/** Keys whose value, or each item of it, is a name of that sort. */
const HOLDS: Readonly<Record<string, NameSort>> = {
  on: 'roles',
  from: 'roles',
  of: 'roles',
  across: 'roles',
  except: 'roles',
  backup: 'roles',
  stop: 'roles',
  start: 'roles',
  boot: 'roles',
  upgrade: 'roles',
  isolate: 'roles',
  rejoin: 'roles',
  configure: 'roles',
  destroy: 'roles',
  secret: 'secrets',
  password: 'secrets',
  fact: 'facts',
  installed: 'facts',
  escalate: 'contacts',
  otherwise: 'contacts',
  scheme: 'versions',
  at: 'steps',
};

/** Which names of the old text are called otherwise in the new one, so that what only follows a renaming does not count as a change. */
export class Names {
  readonly #renamed = new Map<NameSort, Map<string, string>>();

  set(sort: NameSort, old: string, now: string): void {
    this.#renamed.set(sort, (this.#renamed.get(sort) ?? new Map<string, string>()).set(old, now));
  }

  /** The new name of something; its own where it has none. */
  of(sort: NameSort, name: string): string {
    return this.#renamed.get(sort)?.get(name) ?? name;
  }

  /** Data of the old text as it would be written with the new names. */
  renamed(value: unknown, key = ''): unknown {
    if (this.#renamed.size === 0) return value;
    if (typeof value === 'string') return this.#text(value, key);
    if (Array.isArray(value)) return value.map((item) => this.renamed(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [
        member,
        this.renamed(inner, key === 'roles' && typeof inner === 'string' ? 'on' : member),
      ]),
    );
  }

  #text(text: string, key: string): string {
    const sort = Object.hasOwn(HOLDS, key) ? HOLDS[key] : undefined;
    if (sort !== undefined && /^[a-z_]\w*$/.test(text)) return this.of(sort, text);
    return text
      .replace(
        /\b(inputs|facts|secrets|steps|advisories|hosts)\.([a-z_]\w*)/g,
        (_whole, place: string, name: string) => `${place}.${this.of(place === 'hosts' ? 'roles' : (place as NameSort), name)}`,
      )
      .replace(/\bhost\.([a-z_]\w*)(?!\()/g, (_whole, name: string) => `host.${this.of('facts', name)}`)
      .replace(
        /\bhost\.is\((["'])([a-z_]\w*)\1\)/g,
        (_whole, quote: string, role: string) => `host.is(${quote}${this.of('roles', role)}${quote})`,
      );
  }
}

/** The same for each file of the old text: each has names of its own. */
export class ProjectNames {
  readonly #files = new Map<string, Names>();

  /** The names of a file of the old text. */
  in({ file }: Pick<ParsedDocument, 'file'>): Names {
    const names = this.#files.get(file) ?? new Names();
    this.#files.set(file, names);
    return names;
  }
}
