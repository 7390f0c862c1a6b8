import type { Role, Runbook, Step } from '../schema/generated/runbook.js';
import type { ValueType } from '../schema/runbookSchema.js';
import type { NameTypes, RoleType } from './names.js';

/** What expressions in a runbook may name, read off its declarations. */
export function nameTypesOf(runbook: Runbook): NameTypes {
  const facts = Object.entries(runbook.facts ?? {});
  return {
    inputs: mapValues(runbook.inputs ?? {}, (input) => input.type),
    facts: Object.fromEntries(facts.filter(([, fact]) => fact.on === undefined).map(([name, fact]) => [name, fact.type])),
    roles: mapValues(runbook.roles ?? {}, (role, name) => roleType(runbook, role, name)),
    steps: stepValues(runbook),
    secrets: Object.keys(runbook.secrets ?? {}),
    advisories: (runbook.advisories ?? []).map(({ id }) => id),
    versionSchemes: Object.values(runbook.versions ?? {}).map(({ pattern }) => pattern),
  };
}

/** Whether the path of a runbook may have more than one hop, so that `hop` exists only in the group marked `per_hop`. */
export function hasSeveralHops(runbook: Pick<Runbook, 'upgrade'>): boolean {
  return (runbook.upgrade?.stops?.length ?? 0) > 0;
}

/** Exactly one host, whatever the inventory: `hosts: 1`, a pick, or the one host for which `where` holds. */
export function isSingleRole(role: Role): boolean {
  return role.pick !== undefined || role.where !== undefined || String(role.hosts) === '1';
}

/** A role and those it is derived from, nearest first. Ends at a cycle. */
export function roleLineage(runbook: Pick<Runbook, 'roles'>, name: string): readonly string[] {
  const lineage: string[] = [];
  let current: string | undefined = name;
  while (current !== undefined && !lineage.includes(current)) {
    lineage.push(current);
    current = runbook.roles?.[current]?.of;
  }
  return lineage;
}

/** A list that the language lets stand as one name. */
export function roleNames(roles: string | readonly string[] | undefined): readonly string[] {
  return roles === undefined ? [] : typeof roles === 'string' ? [roles] : roles;
}

/** Type of a declared role variable, in either of its two spellings. */
export function varType(declared: NonNullable<Role['vars']>[string]): ValueType {
  return typeof declared === 'string' ? declared : declared.type;
}

function roleType(runbook: Runbook, role: Role, name: string): RoleType {
  const members: Record<string, ValueType> = {};
  const lineage = roleLineage(runbook, name);
  for (const ancestor of [...lineage].reverse()) {
    for (const [variable, declared] of Object.entries(runbook.roles?.[ancestor]?.vars ?? {})) members[variable] = varType(declared);
  }
  for (const [fact, declared] of Object.entries(runbook.facts ?? {})) {
    if (roleNames(declared.on).some((on) => lineage.includes(on))) members[fact] = declared.type;
  }
  return { single: isSingleRole(role), members };
}

function stepValues(runbook: Runbook): Record<string, Record<string, ValueType>> {
  const values: Record<string, Record<string, ValueType>> = {};
  const visit = (steps: readonly Step[] | undefined): void => {
    for (const step of steps ?? []) {
      if (step.id !== undefined) {
        const own = valuesOf(step);
        if (Object.keys(own).length > 0) values[step.id] = { ...values[step.id], ...own };
      }
      visit(step.steps);
    }
  };
  visit(runbook.prerequisites);
  for (const steps of Object.values(runbook.procedures ?? {})) visit(steps);
  visit(runbook.steps);
  visit(runbook.finally);
  return values;
}

/** Names of the values one step yields: its outputs and what people give it. */
function valuesOf(step: Step): Record<string, ValueType> {
  const own: Record<string, ValueType> = {};
  for (const [name, output] of Object.entries(step.outputs ?? {})) own[name] = output.type ?? 'string';
  for (const method of [step, ...Object.values(step.methods ?? {})]) {
    for (const evidence of method.evidence ?? []) {
      const id = evidence.value ?? evidence.choice ?? evidence.file;
      if (id !== undefined)
        own[id] = evidence.choice !== undefined ? 'choice' : evidence.file !== undefined ? 'file' : (evidence.type ?? 'string');
    }
  }
  return own;
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A, name: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
