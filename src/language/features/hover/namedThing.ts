import type { TextFormat } from '../../schema/jsonSchema.js';
import { resolveFile } from '../../model/useReference.js';
import { declarationsOf } from '../declared/declared.js';
import type { Declarations, Declared, DeclaredThing } from '../declared/declared.js';
import type { Neighbours } from '../declared/neighbours.js';
import type { NodePath } from '../rough/nodePath.js';
import { memberOf, textOf } from '../symbols/nodes.js';

const SECTIONS: Readonly<Record<string, keyof Declarations>> = {
  inputs: 'inputs',
  secrets: 'secrets',
  contacts: 'contacts',
  documents: 'documents',
  roles: 'roles',
  versions: 'schemes',
  procedures: 'procedures',
};

/** What the key of a runbook declares; undefined for one that declares nothing. */
export function declaredHere(steps: readonly (string | number)[], declarations: Declarations): Declared | undefined {
  const [section, name, part, inner] = steps;
  const kind = SECTIONS[String(section)];
  if (steps.length === 2 && section === 'facts')
    return [...declarations.facts, ...declarations.hostFacts].find((fact) => fact.name === name);
  if (steps.length === 2 && kind !== undefined) return declarations[kind].find((declared) => declared.name === name);
  if (section === 'roles' && part === 'vars' && steps.length === 4)
    return declarations.variables.find((variable) => variable.owner === name && variable.name === inner);
  return undefined;
}

/** What a reference of a format names; undefined where that is declared nowhere. */
export function declaredAs(
  format: TextFormat | undefined,
  written: string,
  steps: readonly (string | number)[],
  all: Declarations,
): Declared | undefined {
  const named = (list: readonly Declared[], name = written): Declared | undefined => list.find((declared) => declared.name === name);
  switch (format) {
    case 'role':
      return named(all.roles);
    case 'host':
      return named(all.hosts);
    case 'contact':
      return named(all.contacts);
    case 'secret':
      return named(all.secrets);
    case 'fact':
      return named([...all.hostFacts, ...all.facts, ...all.variables]);
    case 'step':
      return named(all.steps);
    case 'source':
      return named(all.documents, written.split('#')[0]);
    case 'id':
      return steps.at(-1) === 'id' && steps.length > 2 ? named([...all.steps, ...all.advisories]) : undefined;
    default:
      return steps.at(-1) === 'scheme' ? named(all.schemes) : undefined;
  }
}

/** Something another file declares. */
export interface DeclaredFar {
  readonly declared: Declared;
  readonly file: string;
  readonly line: undefined;
}

/** What a key names that another file declares: a role or an input of a runbook that is used, or of one beside an inventory. */
export async function declaredElsewhere(
  { file, isInventory, neighbours }: { readonly file: string; readonly isInventory: boolean; readonly neighbours: Neighbours },
  { steps, containers }: NodePath,
): Promise<DeclaredFar | undefined> {
  const name = String(steps.at(-1));
  if (isInventory) {
    const wanted = inventoryThing(steps);
    return wanted === undefined ? undefined : declaredIn(await neighbours.runbooksBeside(), wanted, neighbours);
  }
  const map = steps.at(-2);
  const use = textOf(memberOf(containers.at(-2), 'use'));
  const used = /^[^#]+/.exec(use ?? '')?.[0];
  if (used === undefined || (map !== 'roles' && map !== 'with')) return undefined;
  return declaredIn([resolveFile(file, used)], { kind: map === 'roles' ? 'role' : 'input', name, owner: undefined }, neighbours);
}

interface Wanted {
  readonly kind: DeclaredThing;
  readonly name: string;
  readonly owner: string | undefined;
}

function inventoryThing(steps: readonly (string | number)[]): Wanted | undefined {
  const [section, first, part, inner] = steps.map(String);
  if (first === undefined) return undefined;
  if (steps.length === 2 && (section === 'roles' || section === 'vars')) return { kind: 'role', name: first, owner: undefined };
  if (steps.length === 2 && section === 'inputs') return { kind: 'input', name: first, owner: undefined };
  if (steps.length === 2 && section === 'secrets') return { kind: 'secret', name: first, owner: undefined };
  if (steps.length === 3 && section === 'vars' && part !== undefined) return { kind: 'variable', name: part, owner: first };
  if (steps.length === 4 && section === 'hosts' && part === 'vars' && inner !== undefined)
    return { kind: 'variable', name: inner, owner: undefined };
  return undefined;
}

async function declaredIn(
  files: readonly string[],
  { kind, name, owner }: Wanted,
  neighbours: Neighbours,
): Promise<DeclaredFar | undefined> {
  for (const file of files.slice(0, 50)) {
    const { roles, inputs, secrets, variables } = declarationsOf(await neighbours.read(file));
    const declared = [...roles, ...inputs, ...secrets, ...variables].find(
      (candidate) => candidate.thing === kind && candidate.name === name && (owner === undefined || candidate.owner === owner),
    );
    if (declared !== undefined) return { declared, file, line: undefined };
  }
  return undefined;
}
