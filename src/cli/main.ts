import { HumanError } from '../engine/index.js';
import { parseArguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { lint } from './lint.js';
import { plan } from './plan.js';
import { resume } from './resume.js';
import { run } from './run.js';
import { runs } from './runs.js';
import { USAGE, UsageError } from './usage.js';
import { productVersion } from './version.js';

const commands = { lint, plan, run, resume, runs };

/** The `runbook` command. Resolves with the exit code; never rejects. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const args = parseArguments(words);
    if (args.version) {
      io.out(`${productVersion()}\n`);
      return ExitCode.ok;
    }
    if (args.help || args.command === undefined) {
      (args.help ? io.out : io.err)(USAGE);
      return args.help ? ExitCode.ok : ExitCode.usage;
    }
    return await commands[args.command as keyof typeof commands](args, io);
  } catch (error) {
    if (error instanceof UsageError || error instanceof HumanError) {
      io.err(`runbook: ${error.message}${error.next === undefined ? '' : ` ${error.next}`}\n`);
      return ExitCode.usage;
    }
    io.err(`runbook: internal error: ${(error as Error).stack ?? String(error)}\n`);
    return ExitCode.internal;
  }
}
