import { listRuns } from '../engine/index.js';
import type { Arguments } from './arguments.js';
import { stateDirectory } from './engineFor.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { paint } from './io.js';

/** `runbook runs`: every run on this machine, newest first. */
export async function runs(args: Arguments, io: Io): Promise<ExitCode> {
  const list = await listRuns(stateDirectory(args));
  if (args.flag('json')) {
    io.out(JSON.stringify({ format: 1, runs: list }, null, 2) + '\n');
    return ExitCode.ok;
  }
  if (list.length === 0) io.out('No runs yet.\n');
  for (const run of list) {
    // Nobody carries it out any more, though its journal ends in the middle.
    const left = run.resumable && run.holder === undefined && (run.status === 'running' || run.status === 'waiting');
    const style = run.status === 'succeeded' ? 'green' : run.status === 'failed' || run.problem !== undefined ? 'red' : 'yellow';
    const remark = run.problem ?? (left ? 'its runner has gone; go on with `runbook resume`' : undefined);
    const status = left ? 'left' : run.status;
    io.out(
      `${run.run}  ${paint(io, style, status.padEnd(9))}  ${run.title} on ${run.environment}${remark === undefined ? '' : `  ${remark}`}\n`,
    );
  }
  return ExitCode.ok;
}
