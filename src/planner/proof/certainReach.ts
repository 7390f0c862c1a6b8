import { roleNames } from '../../language/index.js';
import type { Project, Runbook, Step } from '../../language/index.js';
import { declarationOf } from '../bind.js';

/** A condition about one thing that no variant decides, so that both ways stay open: an input, a fact or what a step yields. */
const ONE_THING = /^!?\s*(?:inputs\.(\w+)|facts\.\w+|steps\.\w+\.\w+)(?:\s*[=!]=\s*(?:"[^"\\]*"|'[^'\\]*'|-?\d+|true|false))?$/;

/**
 * Whether it can be seen without drafting anything that each step of a runbook stands in some plan: it uses nothing, upgrades nothing, every
 * role may have hosts, and conditions are about what stays open. False says nothing.
 */
export function reachesAll(project: Project): boolean {
  const runbook = project.root.value;
  if (runbook === undefined || project.files.size > 1 || runbook.upgrade !== undefined || runbook.advisories !== undefined) return false;
  const roles = Object.values(runbook.roles ?? {});
  if (!roles.every(({ of, hosts }) => of === undefined && hosts !== undefined && !/^0(?:\.\.0)?$/.test(String(hosts)))) return false;
  return [...(runbook.prerequisites ?? []), ...runbook.steps, ...(runbook.finally ?? [])].every((step) => isReached(step, runbook));
}

function isReached(step: Step, runbook: Runbook): boolean {
  if (step.use !== undefined || (step.on !== undefined && roleNames(step.on).length === 0)) return false;
  return isOpen(step.when, runbook) && (step.steps ?? []).every((inner) => isReached(inner, runbook));
}

function isOpen(condition: string | undefined, runbook: Runbook): boolean {
  if (condition === undefined) return true;
  const match = ONE_THING.exec(condition.trim());
  if (match === null) return false;
  const [, name] = match;
  const input = name === undefined ? undefined : runbook.inputs?.[name];
  if (name === undefined || input === undefined) return name === undefined;
  // Of few values, variants go through each.
  const { type, options } = declarationOf(runbook, input);
  return type !== 'boolean' && options === undefined;
}
