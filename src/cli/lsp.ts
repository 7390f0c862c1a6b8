import { serveLanguage } from '../lsp/index.js';
import type { Arguments } from './arguments.js';
import type { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { diskFiles } from './lsp/diskFiles.js';
import { rulePages } from './rulePages.js';
import { UsageError } from './usage.js';
import { productVersion } from './version.js';

/** `runbook lsp`: speaks the Language Server Protocol over standard input and output, for editors. Ends the process itself. */
export function lsp(args: Arguments, _io: Io): Promise<ExitCode> {
  if (args.operands.length > 0) throw new UsageError('`runbook lsp` takes no operands.', 'lsp');
  const folder = rulePages()?.replace(/rules\/$/, '');
  return serveLanguage({
    input: process.stdin,
    output: process.stdout,
    disk: diskFiles,
    version: productVersion(),
    documentation: (page) => (folder === undefined ? undefined : `${folder}${page}`),
  });
}
