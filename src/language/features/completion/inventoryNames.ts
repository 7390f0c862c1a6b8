import type { SyntaxNode } from '../../text/syntaxNode.js';
import { declarationsOf, isDerived } from '../declared/declared.js';
import type { Declarations, Declared } from '../declared/declared.js';
import type { Neighbours } from '../declared/neighbours.js';
import { memberOf, membersOf, textsOf } from '../symbols/nodes.js';
import type { NamedKey } from './keys.js';
import type { ValueChoice } from './values.js';

/** What the runbooks beside an inventory declare, each thing once. */
export async function declaredBeside(neighbours: Neighbours): Promise<Pick<Declarations, 'roles' | 'inputs' | 'secrets' | 'variables'>> {
  const files = (await neighbours.runbooksBeside()).slice(0, 50);
  const all = await Promise.all(files.map(async (file) => declarationsOf(await neighbours.read(file))));
  const merged = (kind: 'roles' | 'inputs' | 'secrets' | 'variables'): readonly Declared[] => [
    ...new Map(all.flatMap((one) => one[kind]).map((declared) => [`${declared.owner ?? ''}.${declared.name}`, declared])).values(),
  ];
  return {
    roles: merged('roles').filter((role) => !isDerived(role)),
    inputs: merged('inputs'),
    secrets: merged('secrets'),
    variables: merged('variables'),
  };
}

/** Names that a mapping of an inventory waits for: its roles, their variables, inputs, secrets. Undefined for a place that has keys of its own. */
export async function inventoryKeys(
  root: SyntaxNode | undefined,
  steps: readonly (string | number)[],
  neighbours: Neighbours,
): Promise<readonly NamedKey[] | undefined> {
  const [section, name, third] = steps;
  const isMap = steps.length === 1 ? ['roles', 'vars', 'inputs', 'secrets'].includes(String(section)) : false;
  const isVars = (section === 'vars' && steps.length === 2) || (section === 'hosts' && third === 'vars' && steps.length === 3);
  if (!isMap && !isVars) return undefined;
  const beside = await declaredBeside(neighbours);
  if (section === 'roles') return beside.roles.map((role) => ({ ...keyOf(role), value: '[$1]' }));
  if (section === 'vars' && steps.length === 1)
    return beside.roles.filter(({ name: role }) => beside.variables.some(({ owner }) => owner === role)).map(keyOf);
  if (section === 'inputs') return beside.inputs.map((input) => ({ ...keyOf(input), value: valueOf(input) }));
  if (section === 'secrets') return beside.secrets.map(keyOf);
  const roles = section === 'vars' ? [String(name)] : rolesOf(root, String(name));
  const own = beside.variables.filter(({ owner }) => roles.length === 0 || roles.includes(owner ?? ''));
  return own.map((variable) => ({ ...keyOf(variable), value: valueOf(variable) }));
}

/** Values that fit what a variable or an input of an inventory is declared as. */
export async function inventoryValues(steps: readonly (string | number)[], neighbours: Neighbours): Promise<readonly ValueChoice[]> {
  const [section] = steps;
  const name = String(steps.at(-1));
  const isInput = section === 'inputs' && steps.length === 2;
  const isVariable = (section === 'vars' && steps.length === 3) || (section === 'hosts' && steps[2] === 'vars' && steps.length === 4);
  if (!isInput && !isVariable) return [];
  const beside = await declaredBeside(neighbours);
  const declared = (isInput ? beside.inputs : beside.variables).find((candidate) => candidate.name === name);
  const texts =
    declared?.type === 'boolean' ? ['true', 'false'] : (declared?.options ?? (declared?.default === undefined ? [] : [declared.default]));
  return texts.map((text) => ({
    text,
    kind: 'value',
    ...(text === declared?.default ? { detail: 'default' } : {}),
    documentation: declared?.title,
  }));
}

function keyOf(declared: Declared): NamedKey {
  const owner = declared.owner === undefined ? '' : ` of ${declared.owner}`;
  const type = declared.type === undefined ? '' : `, ${declared.type}`;
  return { name: declared.name, detail: `${declared.thing}${owner}${type}`, documentation: declared.title };
}

function valueOf(declared: Declared): string {
  return declared.type === 'version' || declared.type === 'version_range' ? '"$1"' : '$1';
}

/** Roles of a host, by the inventory. */
function rolesOf(root: SyntaxNode | undefined, host: string): readonly string[] {
  return membersOf(memberOf(root, 'roles'))
    .filter(({ value }) => textsOf(value).includes(host))
    .map(({ key }) => key.text);
}
