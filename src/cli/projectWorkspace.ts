import { dirname } from 'node:path';
import type { Workspace } from '../language/index.js';
import { repositoryOf, treeWorkspace } from './lint/tree.js';
import { fileWorkspace, isInside } from './workspace.js';

/**
 * The files that may take part in a run of a runbook: the runbook itself, which was named, and what lies in its repository. Without a repository:
 * in the folder the command was given in, or in that of the runbook where it lies elsewhere. Links that lead out find nothing, as in the linter.
 */
export async function projectWorkspace(runbook: string, cwd: string): Promise<Workspace> {
  const folder = dirname(runbook);
  const tree = treeWorkspace([(await repositoryOf(folder)) ?? (isInside(cwd, folder) ? cwd : folder)]);
  return { readText: (file) => (file === runbook ? fileWorkspace : tree).readText(file) };
}
