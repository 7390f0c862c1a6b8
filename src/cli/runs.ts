import { listRuns } from '../engine/index.js';
import type { RunSummary } from '../engine/index.js';
import { showInLine } from '../events/index.js';
import type { Arguments } from './arguments.js';
import { stateDirectory } from './engineFor.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { paint } from './io.js';
import { observed } from './runs/observed.js';
import { UsageError } from './usage.js';

/** `runbook runs`: every run on this machine, newest first; or what happens in one. */
export async function runs(args: Arguments, io: Io): Promise<ExitCode> {
  const [run, ...more] = args.operands;
  if (more.length > 0) throw new UsageError('Name one run.', 'runs');
  if (run !== undefined) return observed(run, args, io);
  if (args.flag('follow')) throw new UsageError('--follow is about one run; name it.', 'runs');
  const list = await listRuns(stateDirectory(args));
  if (args.flag('json')) io.out(JSON.stringify({ format: 1, runs: list }, null, 2) + '\n');
  else if (list.length === 0) io.out('No runs yet.\n');
  else for (const summary of list) io.out(lineOf(summary, io));
  return ExitCode.ok;
}

function lineOf(summary: RunSummary, io: Io): string {
  const { run, status, problem, title, environment } = summary;
  const style = status === 'succeeded' ? 'green' : status === 'failed' || problem !== undefined ? 'red' : 'yellow';
  const remark = problem ?? remarkOf(summary);
  return `${run}  ${paint(io, style, status.padEnd(11))}  ${showInLine(`${title} on ${environment}`)}${remark === undefined ? '' : `  ${showInLine(remark)}`}\n`;
}

function remarkOf({ status, unknown, holder }: RunSummary): string | undefined {
  if (status === 'interrupted')
    return `its runner has gone${unknown === 0 ? '' : `, and the end of ${String(unknown)} is unknown`}; go on with \`runbook resume\``;
  if (holder !== undefined) return `process ${String(holder.pid)} on ${holder.host} carries it out`;
  return unknown === 0 ? undefined : `the end of ${String(unknown)} is unknown`;
}
