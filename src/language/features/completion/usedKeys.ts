import { declarationsOf, isDerived } from '../declared/declared.js';
import type { Declared } from '../declared/declared.js';
import type { Neighbours } from '../declared/neighbours.js';
import type { NamedKey } from './keys.js';

const WAYS: readonly NamedKey[] = [
  {
    name: 'gui',
    detail: 'way',
    documentation: 'By hand, in the user interface.',
    value: '{ title: ${1:By hand}, manual: ${2:How it is done.} }',
  },
  { name: 'script', detail: 'way', documentation: 'By a script.', value: '{ title: ${1:By script}, run: ${2:command} }' },
];

/** Names that a mapping of a runbook waits for: roles and inputs of a runbook that is used, usual names of methods. Undefined elsewhere. */
export async function usedKeys(
  steps: readonly (string | number)[],
  use: string | undefined,
  neighbours: Neighbours,
): Promise<readonly NamedKey[] | undefined> {
  const key = steps.at(-1);
  if (key === 'methods') return WAYS;
  if (steps.length < 2 || (key !== 'roles' && key !== 'with')) return undefined;
  const file = /^[^#]+/.exec(use ?? '')?.[0];
  const { roles, inputs } = declarationsOf(file === undefined ? undefined : await neighbours.read(file));
  return key === 'roles' ? roles.filter((role) => !isDerived(role)).map(keyOf) : inputs.map(keyOf);
}

function keyOf({ name, thing, type, title }: Declared): NamedKey {
  return { name, detail: `${thing} of the runbook that is used${type === undefined ? '' : `, ${type}`}`, documentation: title };
}
