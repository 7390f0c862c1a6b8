import type { InventoryTable, RunbookTable, SymbolId, SymbolTable } from './symbol.js';
import { keyOf } from './symbol.js';
import type { SymbolKey } from './symbol.js';

/** Names of one file that mean the same as names of another, because one binds or uses the other. */
export type Links = ReadonlyMap<SymbolKey, ReadonlySet<SymbolKey>>;

/** Joins the tables of all files that are known. */
export function linksBetween(tables: ReadonlyMap<string, SymbolTable>): Links {
  const linking = new Linking(tables);
  for (const table of tables.values()) {
    if (table.kind === 'inventory') for (const runbook of runbooksOf(table, tables)) linking.bind(table, runbook);
    else linking.use(table);
  }
  return linking.links;
}

/**
 * The runbooks an inventory goes with: it has hosts for every role they need. Where several do, those that lie nearest in the tree of folders,
 * since roles have simple names and many environments have a `web`.
 */
export function runbooksOf(inventory: InventoryTable, tables: ReadonlyMap<string, SymbolTable>): readonly RunbookTable[] {
  const fitting = [...tables.values()].filter((table): table is RunbookTable => table.kind === 'runbook' && fits(inventory, table));
  const near = fitting.map(({ file }) => sharedFolders(inventory.file, file));
  const nearest = Math.max(...near);
  return fitting.filter((_, index) => near[index] === nearest);
}

function fits({ bound }: InventoryTable, { roles }: RunbookTable): boolean {
  const own = [...roles].filter(([, { least }]) => least !== undefined);
  return own.some(([role]) => bound.has(role)) && own.every(([role, { least }]) => least === 0 || bound.has(role));
}

function sharedFolders(some: string, other: string): number {
  const [a, b] = [some.split('/').slice(0, -1), other.split('/').slice(0, -1)];
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs < 0 ? a.length : differs;
}

class Linking {
  readonly links = new Map<SymbolKey, Set<SymbolKey>>();
  readonly #tables: ReadonlyMap<string, SymbolTable>;

  constructor(tables: ReadonlyMap<string, SymbolTable>) {
    this.#tables = tables;
  }

  bind(inventory: InventoryTable, runbook: RunbookTable): void {
    const declared = declaredIn(runbook);
    for (const occurrence of inventory.occurrences) {
      for (const id of occurrence.meanings.flat()) {
        if (id.file !== inventory.file) continue;
        if (id.kind === 'role' || id.kind === 'input' || id.kind === 'secret') this.#join(id, { ...id, file: runbook.file }, declared);
        // An inventory binds the variables of derived roles with those of the role that has the hosts.
        if (id.kind === 'variable')
          for (const role of runbook.roles.keys())
            if (rootOf(runbook, role) === id.owner) this.#join(id, { ...id, file: runbook.file, owner: role }, declared);
      }
    }
  }

  use(runbook: RunbookTable): void {
    for (const { target, roles, isPart } of runbook.uses) {
      const used = this.#tables.get(target);
      if (used?.kind !== 'runbook' || used === runbook) continue;
      const ours = declaredIn(runbook);
      for (const { id } of used.declarations) if (id.kind === 'secret') this.#join(id, { ...id, file: runbook.file }, ours);
      for (const [theirs, { of, variables }] of used.roles) {
        const given = roles.get(theirs);
        if (given === undefined && of === undefined) {
          const role: SymbolId = { file: used.file, kind: 'role', owner: '', name: theirs };
          this.#join(role, { ...role, file: runbook.file }, ours);
        }
        // Hosts of another file bring their variables along, by name.
        for (const owner of lineage(runbook, given ?? theirs))
          for (const name of variables) {
            const variable: SymbolId = { file: used.file, kind: 'variable', owner: theirs, name };
            this.#join(variable, { ...variable, file: runbook.file, owner }, ours);
          }
      }
      if (isPart) this.#joinMembers(used);
    }
  }

  /** A part that is used from elsewhere may be about hosts of any role. */
  #joinMembers(used: RunbookTable): void {
    const byName = new Map<string, SymbolId>();
    for (const { id } of used.declarations) {
      if (id.kind !== 'variable') continue;
      const first = byName.get(id.name);
      if (first === undefined) byName.set(id.name, id);
      else this.#connect(keyOf(first), keyOf(id));
    }
  }

  #join(some: SymbolId, other: SymbolId, declared: ReadonlySet<SymbolKey>): void {
    const key = keyOf(other);
    if (declared.has(key)) this.#connect(keyOf(some), key);
  }

  #connect(some: SymbolKey, other: SymbolKey): void {
    for (const [from, to] of [
      [some, other],
      [other, some],
    ] as const) {
      const known = this.links.get(from);
      if (known === undefined) this.links.set(from, new Set([to]));
      else known.add(to);
    }
  }
}

const declaredKeys = new WeakMap<RunbookTable, ReadonlySet<SymbolKey>>();

function declaredIn(runbook: RunbookTable): ReadonlySet<SymbolKey> {
  let keys = declaredKeys.get(runbook);
  if (keys === undefined) declaredKeys.set(runbook, (keys = new Set(runbook.declarations.map(({ id }) => keyOf(id)))));
  return keys;
}

function rootOf(runbook: RunbookTable, role: string): string {
  return lineage(runbook, role).at(-1) ?? role;
}

function lineage({ roles }: RunbookTable, role: string): readonly string[] {
  const found: string[] = [];
  for (let current: string | undefined = role; current !== undefined && !found.includes(current);) {
    found.push(current);
    current = roles.get(current)?.of;
  }
  return found;
}
