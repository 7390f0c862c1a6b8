import { inventoryFor } from '../../templates/index.js';
import { declarationsOf, isDerived } from './declared.js';
import type { Declarations, Declared } from './declared.js';
import { readRoughly } from '../rough/roughReader.js';
import { memberOf, textsOf } from '../symbols/nodes.js';

/** Text of an inventory with all that a runbook needs, what is to be filled in between `⟦` and `⟧`. */
export function inventoryOf(runbook: string): string {
  return inventoryOfDeclared(declarationsOf(readRoughly(runbook)));
}

/** The same for what several runbooks declare. */
export function inventoryOfDeclared({ roles, inputs, variables }: Pick<Declarations, 'roles' | 'inputs' | 'variables'>): string {
  const needed = (value: Declared): boolean => value.default === undefined;
  return inventoryFor(
    roles
      .filter((role) => !isDerived(role))
      .map((role) => ({
        role: role.name,
        hosts: countOf(role),
        platforms: textsOf(memberOf(role.node, 'platforms')),
        values: variables.filter((variable) => variable.owner === role.name && needed(variable)).map(wanted),
      })),
    inputs.filter(needed).map(wanted),
  );
}

function wanted({ name, type = 'string', options }: Declared): { name: string; type: string; options?: readonly string[] } {
  return { name, type, ...(options === undefined ? {} : { options }) };
}

function countOf({ node }: Declared): string {
  const hosts = memberOf(node, 'hosts');
  return hosts?.kind === 'scalar' ? String(hosts.value) : '1';
}
