import { readFileSync } from 'node:fs';
import { branchesOf } from './branches.js';
import type { Branch } from './branches.js';
import type { Execution } from './executions.js';

/** What the tests left untried in a file. */
export interface Measured {
  readonly file: string;
  readonly branches: number;
  readonly untried: readonly Branch[];
}

/** Looks at every branch of a file: it is tried when one process at least took it. */
export function measure(file: string, executions: readonly Execution[]): Measured {
  const branches = branchesOf(file, readFileSync(file, 'utf8'));
  const untried = branches.filter((branch) => !executions.some((execution) => took(execution, branch)));
  return { file, branches: branches.length, untried };
}

function took(execution: Execution, { arm, passedBy }: Branch): boolean {
  if (arm !== undefined) return (execution.countOf(arm) ?? 0) > 0;
  if (passedBy === undefined) return false;
  const whole = execution.countOf(passedBy.whole) ?? 0;
  return whole > (execution.countOf(passedBy.then) ?? whole);
}
