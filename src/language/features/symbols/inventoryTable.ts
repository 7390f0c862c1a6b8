import type { Syntax } from '../../parser/readSyntax.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { declareAnchors } from './anchors.js';
import { placeOfKey, ScalarPlaces } from './exactPlace.js';
import { itemsOf, memberOf, membersOf, solid, textOf, textsOf } from './nodes.js';
import type { InventoryTable, SymbolId } from './symbol.js';
import { TableBuilder } from './tableBuilder.js';

/**
 * Every name in an inventory, from broken text too. What it binds for runbooks (roles, variables, inputs, secrets) has an identity of its own
 * here; the index over all files joins it with that of the runbooks it goes with.
 */
export function inventoryTable(file: string, text: string, { root, sound }: Syntax): InventoryTable {
  const builder = new TableBuilder(file, text);
  const roles = memberOf(root, 'roles');
  const bound = new Map(membersOf(roles).map(({ key, value }) => [key.text, textsOf(value)]));
  const mentionHost = (node: SyntaxNode | undefined): void => mentionName(builder, node, (name) => builder.id('host', name));

  const environment = solid(memberOf(root, 'environment'));
  if (environment?.kind === 'scalar' && typeof environment.value === 'string') {
    const place = new ScalarPlaces(text, environment).whole();
    const id = builder.id('environment', environment.value);
    builder.declare(place, environment.value, { id, whole: place.range, title: textOf(memberOf(root, 'title')), among: -1 });
  }
  mentionName(builder, memberOf(root, 'rehearsed_on'), (name) => builder.id('environment', name, '', ''));

  builder.declareKeys(memberOf(root, 'hosts'), 'host');
  mentionHost(memberOf(memberOf(root, 'ssh'), 'jump'));
  for (const { key: host, value } of membersOf(memberOf(root, 'hosts'))) {
    mentionHost(memberOf(value, 'jump'));
    const of = [...bound].flatMap(([role, hosts]) => (hosts.includes(host.text) ? [role] : []));
    for (const { key } of membersOf(memberOf(value, 'vars'))) {
      const ids = of.map((role) => builder.id('variable', key.text, role));
      builder.mention(placeOfKey(text, key), key.text, [ids]);
    }
  }
  builder.declareKeys(roles, 'role');
  for (const { value } of membersOf(roles)) for (const item of itemsOf(value)) mentionHost(item);
  for (const { key: role, value } of membersOf(memberOf(root, 'vars'))) {
    builder.mentionKey(role, builder.id('role', role.text));
    for (const { key } of membersOf(value)) builder.mentionKey(key, builder.id('variable', key.text, role.text));
  }
  for (const { key } of membersOf(memberOf(root, 'inputs'))) builder.mentionKey(key, builder.id('input', key.text));
  for (const { key, value } of membersOf(memberOf(root, 'secrets'))) {
    builder.mentionKey(key, builder.id('secret', key.text));
    mentionHost(memberOf(value, 'kept_on'));
  }
  declareAnchors(builder, root);
  const hosts = membersOf(memberOf(root, 'hosts'));
  const unaddressed = new Set(hosts.flatMap(({ key, value }) => (memberOf(value, 'address') === undefined ? [key.text] : [])));
  return { kind: 'inventory', file, text, sound, bound, unaddressed, ...builder.result() };
}

function mentionName(builder: TableBuilder, node: SyntaxNode | undefined, idOf: (name: string) => SymbolId): void {
  const scalar = solid(node);
  if (scalar?.kind === 'scalar' && typeof scalar.value === 'string') builder.mentionText(scalar, idOf(scalar.value));
}
