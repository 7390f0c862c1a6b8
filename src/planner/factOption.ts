import type { HostName } from './plan.js';

/** How a fact is given on a command line; with the path of the step that uses its file where it is not of the runbook itself. */
export function factOption(scope: string, fact: string, host: HostName | undefined): string {
  return `--fact ${scope === 'main' ? '' : `${scope}.`}${fact}${host === undefined ? '' : `@${host}`}=…`;
}
