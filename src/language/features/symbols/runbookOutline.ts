import { parseUseReference } from '../../model/useReference.js';
import { ACTIONS } from '../../schema/steps.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import type { HostsMeant } from './celNames.js';
import { itemsOf, memberOf, membersOf, solid, textOf, textsOf } from './nodes.js';
import type { RoleOutline, SymbolId } from './symbol.js';

/** What a runbook declares about hosts, as far as its text can be read. */
export class RunbookOutline {
  readonly roles: ReadonlyMap<string, RoleOutline>;
  readonly #file: string;
  readonly #known = new Map<string, readonly SymbolId[]>();
  /** Roles of the hosts each fact is about; none for one of the run. */
  readonly #facts: ReadonlyMap<string, readonly string[]>;

  constructor(file: string, root: SyntaxNode | undefined) {
    this.#file = file;
    this.roles = new Map(membersOf(memberOf(root, 'roles')).map(({ key, value }) => [key.text, roleOf(value)]));
    this.#facts = new Map(membersOf(memberOf(root, 'facts')).map(({ key, value }) => [key.text, textsOf(memberOf(value, 'on'))]));
  }

  /** A role and those it is derived from, nearest first. Ends at a circle. */
  lineage(role: string): readonly string[] {
    const lineage: string[] = [];
    for (let current: string | undefined = role; current !== undefined && !lineage.includes(current);) {
      lineage.push(current);
      current = this.roles.get(current)?.of;
    }
    return lineage;
  }

  /**
   * The variables and facts that a member of hosts may be. Hosts of whom nothing is known, or who have no such member, may be any: then all of
   * that name are meant.
   */
  memberIds(name: string, meant: HostsMeant, here: ReadonlySet<string>): readonly SymbolId[] {
    const asked = `${name} ${meant.roles.join()} ${meant.here ? [...here].join() : '-'}`;
    let ids = this.#known.get(asked);
    if (ids === undefined) this.#known.set(asked, (ids = this.#findMembers(name, meant, here)));
    return ids;
  }

  #findMembers(name: string, meant: HostsMeant, here: ReadonlySet<string>): readonly SymbolId[] {
    const roles = [...meant.roles, ...(meant.here ? here : [])];
    const isKnown = roles.length > 0 && (!meant.here || here.size > 0);
    const found = isKnown ? this.#membersOf(name, new Set(roles.flatMap((role) => this.lineage(role)))) : [];
    return found.length > 0 ? found : this.#membersOf(name, undefined);
  }

  #membersOf(name: string, roles: ReadonlySet<string> | undefined): readonly SymbolId[] {
    const found: SymbolId[] = [];
    for (const [role, { variables }] of this.roles)
      if ((roles === undefined || roles.has(role)) && variables.includes(name))
        found.push({ file: this.#file, kind: 'variable', owner: role, name });
    const on = this.#facts.get(name);
    if (on !== undefined && on.length > 0 && (roles === undefined || on.some((role) => roles.has(role))))
      found.push({ file: this.#file, kind: 'fact', owner: '', name });
    return found;
  }
}

function roleOf(node: SyntaxNode | undefined): RoleOutline {
  const hosts = solid(memberOf(node, 'hosts'));
  const written = hosts?.kind === 'scalar' ? String(hosts.value) : undefined;
  return {
    of: textOf(memberOf(node, 'of')),
    least: written === undefined ? undefined : Number.parseInt(written, 10),
    variables: membersOf(memberOf(node, 'vars')).map(({ key }) => key.text),
  };
}

/** Every list of steps at the top of a runbook. */
export function* stepLists(root: SyntaxNode | undefined): Generator<SyntaxNode | undefined> {
  for (const section of ['prerequisites', 'steps', 'finally']) yield memberOf(root, section);
  for (const { value } of membersOf(memberOf(root, 'procedures'))) yield value;
}

/** Steps of a list, as mappings. */
export function stepsOf(list: SyntaxNode | undefined): readonly SyntaxNode[] {
  return itemsOf(list).flatMap((item) => {
    const step = solid(item);
    return step?.kind === 'mapping' ? [step] : [];
  });
}

/** What the plan calls a step without an id: after what it uses, else after its action. */
export function defaultId(use: string | undefined, keys: readonly string[]): string {
  const reference = parseUseReference(use ?? '');
  const file = reference?.file === undefined ? undefined : /([a-z][a-z0-9_]*)\.runbook/.exec(reference.file)?.[1];
  return reference?.id ?? file ?? ACTIONS.find((action) => keys.includes(action)) ?? 'step';
}
