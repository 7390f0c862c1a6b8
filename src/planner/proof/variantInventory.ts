import { LineIndex, roleLineage } from '../../language/index.js';
import type { Inventory, ParsedInventory, Platform, Runbook } from '../../language/index.js';
import { declarationOf } from '../bind.js';
import type { PlainValue } from '../plan.js';
import type { FoundHost } from './axes.js';
import { conditionsOf } from './celTexts.js';
import { sampleValue, valueForRole } from './sampleValues.js';

/** How many hosts of which platform each role has. */
export interface Topology {
  readonly sizes: Readonly<Record<string, number>>;
  readonly platforms: Readonly<Record<string, Platform>>;
  readonly found: FoundHost;
}

const NOWHERE = { of: () => undefined, key: () => undefined, value: () => undefined };

/** An inventory of made-up hosts: `minion_1`, `minion_2` … with values for everything their roles ask for. */
export function variantInventory(runbook: Runbook, { sizes, platforms, found }: Topology): ParsedInventory {
  const hosts: Record<string, NonNullable<Inventory['hosts'][string]>> = {};
  const roles: Record<string, string[]> = {};
  for (const [role, size] of Object.entries(sizes)) {
    roles[role] = Array.from({ length: size }, (_, index) => (size === 1 ? role : `${role}_${String(index + 1)}`));
    roles[role].forEach((host, index) => {
      hosts[host] = {
        platform: platforms[role] ?? 'linux',
        connection: 'none',
        vars: varsOf(runbook, role, index === (found === 'last' ? size - 1 : 0)),
      };
    });
  }
  const value: Inventory = { inventory: 'v1', environment: 'variant', hosts, roles };
  return {
    kind: 'inventory',
    file: 'variant.inventory.yaml',
    text: '',
    lines: new LineIndex(''),
    value,
    positions: NOWHERE,
    diagnostics: [],
  };
}

function varsOf(runbook: Runbook, role: string, isFound: boolean): Record<string, PlainValue> {
  return Object.fromEntries(
    Object.entries(runbook.roles?.[role]?.vars ?? {}).map(([name, declared]) => {
      const declaration = declarationOf(runbook, typeof declared === 'string' ? { type: declared } : declared);
      const where = whereAbout(runbook, role, name);
      if (where !== undefined) return [name, valueForRole(name, declaration, where, isFound)];
      return [name, sampleValue(declaration)];
    }),
  );
}

/** The condition of a derived role that names this variable. */
function whereAbout(runbook: Runbook, role: string, name: string): string | undefined {
  return Object.entries(runbook.roles ?? {}).find(
    ([derived, { where }]) => where?.includes(`host.${name}`) === true && roleLineage(runbook, derived).includes(role),
  )?.[1].where;
}

/** Variables that conditions tell apart, but for those that roles are found by: they are left open, so that both branches stay in a plan. */
export function openVarsOf(runbooks: readonly Runbook[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const runbook of runbooks) {
    const conditions = conditionsOf(runbook).join('\n');
    const wheres = Object.values(runbook.roles ?? {}).map(({ where }) => where ?? '');
    for (const { vars } of Object.values(runbook.roles ?? {})) {
      for (const name of Object.keys(vars ?? {})) {
        const isNamed = new RegExp(`\\.${name}\\b`).test(conditions);
        if (isNamed && !wheres.some((where) => where.includes(`host.${name}`))) open.add(name);
      }
    }
  }
  return open;
}
