import { parseUseReference } from '../../model/useReference.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { memberOf, membersOf, textOf, textsOf } from './nodes.js';
import { stepLists, stepsOf } from './runbookOutline.js';

/** Rounds after which uses within uses are no longer followed; a file that needs more has a circle. */
const MOST_ROUNDS = 12;

/**
 * The roles each step may be about: its own `on`, else that of its group and of everything in this file that uses it. None where nothing says
 * so: another file may.
 */
export function hostContexts(root: SyntaxNode | undefined): ReadonlyMap<SyntaxNode, ReadonlySet<string>> {
  return new Contexts(root).run();
}

class Contexts {
  readonly #root: SyntaxNode | undefined;
  readonly #roles = new Map<SyntaxNode, ReadonlySet<string>>();
  /** What uses bring to a step. */
  readonly #brought = new Map<SyntaxNode, Set<string>>();
  readonly #used = new Map<string, readonly SyntaxNode[]>();
  #hasChanged = false;

  constructor(root: SyntaxNode | undefined) {
    this.#root = root;
  }

  run(): ReadonlyMap<SyntaxNode, ReadonlySet<string>> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.#hasChanged = false;
      for (const list of stepLists(this.#root)) this.#list(list, new Set(), 0);
      if (!this.#hasChanged) break;
    }
    return this.#roles;
  }

  #list(list: SyntaxNode | undefined, outer: ReadonlySet<string>, depth: number): void {
    if (depth > 64) return;
    for (const step of stepsOf(list)) {
      const own = memberOf(step, 'on');
      const roles = own === undefined ? new Set([...outer, ...(this.#brought.get(step) ?? [])]) : new Set(textsOf(own));
      this.#roles.set(step, roles);
      this.#list(memberOf(step, 'steps'), roles, depth + 1);
      const use = textOf(memberOf(step, 'use'));
      if (use?.startsWith('#') === true && roles.size > 0) this.#bring(use, roles);
    }
  }

  #bring(use: string, roles: ReadonlySet<string>): void {
    for (const step of this.#stepsUsed(use)) {
      const brought = this.#brought.get(step) ?? new Set();
      const before = brought.size;
      for (const role of roles) brought.add(role);
      this.#brought.set(step, brought);
      if (brought.size > before) this.#hasChanged = true;
    }
  }

  #stepsUsed(use: string): readonly SyntaxNode[] {
    let steps = this.#used.get(use);
    if (steps === undefined) this.#used.set(use, (steps = this.#find(use)));
    return steps;
  }

  #find(use: string): readonly SyntaxNode[] {
    const reference = parseUseReference(use);
    if (reference?.id === undefined) return [];
    const procedure = membersOf(memberOf(this.#root, 'procedures')).find(({ key }) => key.text === reference.id);
    if (procedure !== undefined && reference.to === undefined) return stepsOf(procedure.value);
    for (const list of this.#lists()) {
      const steps = stepsOf(list);
      const at = (id: string | undefined): number => steps.findIndex((step) => textOf(memberOf(step, 'id')) === id);
      const [first, last] = [at(reference.id), at(reference.to ?? reference.id)];
      if (first >= 0 && last >= first) return steps.slice(first, last + 1);
    }
    return [];
  }

  *#lists(): Generator<SyntaxNode | undefined> {
    for (const list of stepLists(this.#root)) yield* this.#within(list, 0);
  }

  *#within(list: SyntaxNode | undefined, depth: number): Generator<SyntaxNode | undefined> {
    if (depth > 64) return;
    yield list;
    for (const step of stepsOf(list)) {
      const inner = memberOf(step, 'steps');
      if (inner !== undefined) yield* this.#within(inner, depth + 1);
    }
  }
}
