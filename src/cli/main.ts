import type { Arguments } from './arguments.js';
import { parseArguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { isForOperator, usageOf } from './usage.js';
import { productVersion } from './version.js';

export { processIo } from './io.js';

type Command = (args: Arguments, io: Io) => Promise<ExitCode>;

// Each is loaded when it is called: the linter needs neither connections nor a terminal.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./lint.js')).lint,
  new: async () => (await import('./new.js')).newRunbook,
  lsp: async () => (await import('./lsp.js')).lsp,
  diff: async () => (await import('./commands.js')).diff,
  plan: async () => (await import('./commands.js')).plan,
  run: async () => (await import('./commands.js')).run,
  resume: async () => (await import('./commands.js')).resume,
  runs: async () => (await import('./commands.js')).runs,
  journal: async () => (await import('./commands.js')).journal,
};

/** The `runbook` command. Resolves with the exit code; never rejects. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const args = parseArguments(words);
    if (args.version) {
      io.out(`${productVersion()}\n`);
      return ExitCode.ok;
    }
    if (args.help || args.command === undefined) {
      (args.help ? io.out : io.err)(usageOf(args.command));
      return args.help ? ExitCode.ok : ExitCode.usage;
    }
    const command = await commands[args.command]?.();
    if (command === undefined) throw new Error(`there is no command ${args.command}`);
    return await command(args, io);
  } catch (error) {
    if (isForOperator(error)) {
      io.err(`runbook: ${error.message} ${error.next}\n`);
      return ExitCode.usage;
    }
    io.err(`runbook: internal error: ${(error as Error).stack ?? String(error)}\n`);
    return ExitCode.internal;
  }
}
