import type { ParsedRunbook, Project } from '../../language/index.js';
import { relativeFile } from '../digest.js';
import type { Plan } from '../plan.js';
import type { Problems } from '../problem.js';
import { evaluate } from '../values.js';
import type { LiveValues } from '../values.js';

/** An advisory that stops the upgrade where it applies is a problem of the plan as soon as it is known to apply. */
export function forbidWhatIsStopped(plan: Plan, project: Project, live: LiveValues, problems: Problems): void {
  for (const advisory of plan.advisories) {
    const scope = plan.scopes[advisory.scope];
    if (advisory.demands !== 'stop' || scope === undefined) continue;
    if (!isKnownToApply(advisory.id, scope, plan, live)) continue;
    const document = [...project.files.values()].find(({ file }) => relativeFile(project.root.file, file) === advisory.at.file);
    const declared = document?.value?.advisories?.find(({ id }) => id === advisory.id);
    const message = `the advisory "${advisory.title ?? advisory.id}" applies and stops the upgrade: ${advisory.text}`;
    problems.add(document ?? (project.root satisfies ParsedRunbook), 'advisory-stop', message, declared);
  }
}

function isKnownToApply(id: string, scope: Plan['scopes'][string], plan: Plan, live: LiveValues): boolean {
  try {
    return evaluate(`advisories.${id}`, { scope, hosts: plan.hosts, hostRoles: [], host: undefined }, live) === true;
  } catch {
    // Not known yet, or an expression that the plan has told of already.
    return false;
  }
}
