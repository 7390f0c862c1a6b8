import { copyOf, written } from '../../../mutants/support/tree.js';
import type { Tree } from '../../../mutants/support/tree.js';

/** A runbook in which one thing has another name, everywhere. */
export function* renamings(text: string): Generator<readonly [string, string]> {
  const tree = copyOf(text);
  // A used file finds roles by their names where nothing else is said.
  const isAlone = !/use: \S*\.runbook\.yaml/.test(text);
  for (const sort of ['inputs', 'facts', 'secrets', 'roles', 'contacts'] as const)
    for (const name of Object.keys(tree[sort] ?? {}))
      if (sort !== 'roles' || isAlone) yield [`${sort}.${name}`, renamedKey(tree, sort, name, `${name}_anew`)];
  for (const id of idsIn(tree)) yield [`#${id}`, written(renamed(tree, 'steps', id, `${id}_anew`) as Tree)];
}

function renamedKey(tree: Tree, sort: string, name: string, other: string): string {
  const members = Object.entries(tree[sort] as Tree).map(([key, value]) => [key === name ? other : key, value] as const);
  return written(renamed({ ...tree, [sort]: Object.fromEntries(members) }, sort, name, other) as Tree);
}

const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  roles: [
    'on',
    'from',
    'of',
    'across',
    'except',
    ...['backup', 'stop', 'start', 'boot', 'upgrade', 'isolate', 'rejoin', 'configure', 'destroy'],
  ],
  facts: ['fact', 'installed'],
  secrets: ['secret', 'password'],
  contacts: ['escalate', 'otherwise'],
  steps: ['id', 'at'],
};

/** Data in which all that refers to a name refers to another one. */
function renamed(value: unknown, sort: string, name: string, other: string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, sort, name, other, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, renamed(inner, sort, name, other, member)]));
  if (typeof value !== 'string') return value;
  if (value === name && HOLDERS[sort]?.includes(key) === true) return other;
  if (sort === 'steps' && key === 'use') return value.replaceAll(new RegExp(`(^#|\\.\\.)${name}(?=$|\\.\\.)`, 'g'), `$1${other}`);
  if (key === 'title' || key === 'run' || key === 'manual')
    return value.replaceAll(new RegExp(`\\$\\{\\{[^}]*\\}\\}`, 'g'), (part) => inExpression(part, sort, name, other));
  return inExpression(value, sort, name, other);
}

function inExpression(text: string, sort: string, name: string, other: string): string {
  const places = sort === 'roles' ? 'hosts' : sort === 'facts' ? 'facts|host|hosts\\.[a-z_]+' : sort;
  return text
    .replaceAll(new RegExp(`\\b(${places})\\.${name}\\b(?!\\()`, 'g'), `$1.${other}`)
    .replaceAll(new RegExp(`\\bis\\((["'])${name}\\1\\)`, 'g'), (whole) => (sort === 'roles' ? whole.replace(name, other) : whole));
}

/** Ids of all steps, and of nothing else. */
function idsIn(tree: Tree): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown, key = ''): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (typeof value === 'object' && value !== null) {
      const { id } = value as { id?: unknown };
      if (typeof id === 'string' && key !== '' && key !== 'advisories') found.add(id);
      for (const [member, inner] of Object.entries(value)) visit(inner, member);
    }
  };
  visit(tree);
  for (const { id } of (tree['advisories'] ?? []) as readonly { id: string }[]) found.delete(id);
  // A procedure may have the name of a step.
  for (const name of Object.keys(tree['procedures'] ?? {})) found.delete(name);
  return found;
}
