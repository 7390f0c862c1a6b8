import type { Range } from '../../text/range.js';
import { rememberByText } from '../../text/remembered.js';
import { celTokens, simpleText } from './celTokens.js';
import type { CelToken } from './celTokens.js';

/** Hosts whose members a name is looked for in. */
export interface HostsMeant {
  /** Those the step is about. */
  readonly here: boolean;
  readonly roles: readonly string[];
}

/** A name in an expression. Ranges are within the expression. */
export type CelName =
  | { readonly kind: 'input' | 'fact' | 'secret' | 'advisory' | 'step' | 'role' | 'field'; readonly name: string; readonly range: Range }
  | { readonly kind: 'value'; readonly step: string; readonly name: string; readonly range: Range }
  | { readonly kind: 'member'; readonly hosts: HostsMeant; readonly name: string; readonly range: Range }
  | { readonly kind: 'path'; readonly name: string; readonly range: Range }
  /** A name that `all`, `map` and their like give to each item. `declared` is where. */
  | { readonly kind: 'local'; readonly declared: Range; readonly name: string; readonly range: Range };

/** What stands before a dot, as far as it matters to the name behind it. */
type Type =
  | { readonly kind: 'space'; readonly space: 'input' | 'fact' | 'secret' | 'advisory' | 'step' | 'role' }
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'hosts'; readonly hosts: HostsMeant }
  | { readonly kind: 'hop' }
  /** A value that may be a version. */
  | { readonly kind: 'value' }
  | { readonly kind: 'other' };

const OTHER: Type = { kind: 'other' };
const VALUE: Type = { kind: 'value' };
const SPACES: Readonly<Record<string, (Type & { kind: 'space' })['space']>> = {
  inputs: 'input',
  facts: 'fact',
  secrets: 'secret',
  advisories: 'advisory',
  steps: 'step',
  hosts: 'role',
};
/** Functions that give a name to each item of a list. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const DEEPEST = 100;

type Scope = ReadonlyMap<string, { readonly declared: Range; readonly type: Type }>;

/** The names in an expression, each with what it belongs to, however broken the expression is. */
export const celNames: (cel: string) => readonly CelName[] = rememberByText((cel) => new Reader(cel).read());

class Reader {
  readonly #tokens: readonly CelToken[];
  readonly #names: CelName[] = [];
  #next = 0;
  #depth = 0;

  constructor(cel: string) {
    this.#tokens = celTokens(cel);
  }

  read(): readonly CelName[] {
    while (this.#next < this.#tokens.length) {
      this.#until(undefined, new Map());
      this.#next++;
    }
    return this.#names;
  }

  /** Reads up to a closing bracket or, on the same level, a comma; the bracket itself is left. The type is that of all hosts that were met. */
  #until(closing: string | undefined, scope: Scope): Type {
    let type = OTHER;
    while (this.#next < this.#tokens.length) {
      const token = this.#peek();
      if (token === undefined || token.text === closing || (closing === ')' && token.text === ',')) break;
      if (token.kind === 'mark' && [')', ']', '}'].includes(token.text)) break;
      type = joined(type, this.#operand(scope));
    }
    return type;
  }

  #operand(scope: Scope): Type {
    const token = this.#take();
    if (token === undefined) return OTHER;
    if (token.kind === 'name') return this.#chain(this.#root(token, scope), scope);
    const closing = token.kind === 'mark' ? CLOSING[token.text] : undefined;
    return closing === undefined ? OTHER : this.#chain(this.#within(closing, scope), scope);
  }

  /** Everything up to a closing bracket, and the bracket. */
  #within(closing: string, scope: Scope): Type {
    let type = OTHER;
    if (++this.#depth < DEEPEST) {
      do type = joined(type, this.#until(closing, scope));
      while (this.#peek()?.text === ',' && this.#take() !== undefined);
    }
    this.#depth--;
    if (this.#peek()?.text === closing) this.#next++;
    return type;
  }

  #root(token: CelToken, scope: Scope): Type {
    const range = rangeOf(token);
    const name = token.text;
    if (this.#peek()?.text === '(') {
      this.#next++;
      if (name === 'crosses') this.#names.push({ kind: 'path', name, range });
      const type = this.#within(')', scope);
      return name === 'version' ? VALUE : type;
    }
    const local = scope.get(name);
    if (local !== undefined) {
      this.#names.push({ kind: 'local', declared: local.declared, name, range });
      return local.type;
    }
    if (name === 'host') return { kind: 'hosts', hosts: { here: true, roles: [] } };
    if (name === 'hop') {
      this.#names.push({ kind: 'path', name, range });
      return { kind: 'hop' };
    }
    const space = Object.hasOwn(SPACES, name) ? SPACES[name] : undefined;
    return space === undefined ? OTHER : { kind: 'space', space };
  }

  /** What follows a value: members, indexes and calls. */
  #chain(start: Type, scope: Scope): Type {
    let type = start;
    for (;;) {
      const token = this.#peek();
      if (token?.text === '.') type = this.#member(type, scope);
      else if (token?.text === '[') type = this.#index(type, scope);
      else return type;
    }
  }

  #member(type: Type, scope: Scope): Type {
    this.#next++;
    if (this.#peek()?.text === '?') this.#next++;
    const token = this.#peek();
    if (token?.kind !== 'name') return OTHER;
    this.#next++;
    if (this.#peek()?.text !== '(') return this.#named(type, token.text, rangeOf(token));
    this.#next++;
    return this.#call(type, token.text, scope);
  }

  #call(type: Type, name: string, scope: Scope): Type {
    const [first, comma] = [this.#peek(), this.#tokens[this.#next + 1]];
    if (name === 'is' && first !== undefined) {
      const role = simpleText(first);
      if (role !== undefined) this.#names.push({ kind: 'role', ...role });
    }
    if (!MACROS.has(name) || first?.kind !== 'name' || comma?.text !== ',') {
      this.#within(')', scope);
      return type.kind === 'hosts' ? type : OTHER;
    }
    this.#next += 2;
    const declared = rangeOf(first);
    this.#names.push({ kind: 'local', declared, name: first.text, range: declared });
    const body = this.#within(')', new Map([...scope, [first.text, { declared, type }]]));
    return name === 'filter' ? type : name === 'map' ? body : OTHER;
  }

  #index(type: Type, scope: Scope): Type {
    this.#next++;
    const [token, after] = [this.#peek(), this.#tokens[this.#next + 1]];
    const name = token === undefined || after?.text !== ']' ? undefined : simpleText(token);
    if (name !== undefined && type.kind !== 'other') {
      this.#next += 2;
      return this.#named(type, name.name, name.range);
    }
    this.#within(']', scope);
    return type.kind === 'hosts' ? type : OTHER;
  }

  #named(type: Type, name: string, range: Range): Type {
    switch (type.kind) {
      case 'space':
        this.#names.push({ kind: type.space, name, range });
        if (type.space === 'step') return { kind: 'step', id: name };
        return type.space === 'role' ? { kind: 'hosts', hosts: { here: false, roles: [name] } } : VALUE;
      case 'step':
        this.#names.push({ kind: 'value', step: type.id, name, range });
        return VALUE;
      case 'hosts':
        this.#names.push({ kind: 'member', hosts: type.hosts, name, range });
        return VALUE;
      case 'hop':
        return VALUE;
      case 'value':
        this.#names.push({ kind: 'field', name, range });
        return OTHER;
      case 'other':
        return OTHER;
    }
  }

  #peek(): CelToken | undefined {
    return this.#tokens[this.#next];
  }

  #take(): CelToken | undefined {
    return this.#tokens[this.#next++];
  }
}

/** A choice between hosts of two roles may be a host of either. */
function joined(a: Type, b: Type): Type {
  if (a.kind === 'hosts' && b.kind === 'hosts')
    return { kind: 'hosts', hosts: { here: a.hosts.here || b.hosts.here, roles: [...new Set([...a.hosts.roles, ...b.hosts.roles])] } };
  if (a.kind === 'hosts') return a;
  return b.kind === 'other' ? a : b;
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}
