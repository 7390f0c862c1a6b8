import type { Arguments } from './arguments.js';
import type { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { exportRun } from './journal/exportRun.js';
import { verify } from './journal/verify.js';
import { UsageError } from './usage.js';

/** `runbook journal verify|export`: what proves a run. Neither writes into a journal. */
export async function journal(args: Arguments, io: Io): Promise<ExitCode> {
  const [act, operand, ...more] = args.operands;
  if (more.length > 0) throw new UsageError('Name one run, or the file of one journal.', 'journal');
  switch (act) {
    case 'verify':
      refuse(args, ['format', 'output', 'force'], act);
      return verify(operand, args, io);
    case 'export':
      refuse(args, ['head', 'json'], act);
      if (operand === undefined) throw new UsageError('Name the run, or the file of its journal; `runbook runs` lists runs.', 'journal');
      return exportRun(operand, args, io);
    default:
      throw new UsageError(act === undefined ? 'Say what to do: verify or export.' : `There is no "journal ${act}".`, 'journal');
  }
}

function refuse(args: Arguments, options: readonly string[], act: string): void {
  const given = options.find((option) => args.given.includes(option));
  if (given !== undefined) throw new UsageError(`"runbook journal ${act}" takes no --${given}.`, 'journal');
}
