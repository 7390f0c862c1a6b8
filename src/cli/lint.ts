import { relative, sep } from 'node:path';
import { createLanguageService } from '../language/index.js';
import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { formatFindings, FORMATS } from './reporters/findings.js';
import type { FileFindings, FindingFormat } from './reporters/findings.js';
import { UsageError } from './usage.js';
import { fileWorkspace, findDocuments } from './workspace.js';
import { LineIndex } from '../language/index.js';

/** `runbook lint`: what the editor would mark, for people and for pull requests. */
export async function lint(args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.text('format') ?? 'pretty';
  if (!isFormat(format)) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not "${format}".`);
  const files = await findDocuments(io.cwd, args.operands);
  if (files.length === 0) {
    io.err('Nothing to check: no *.runbook.yaml or *.inventory.yaml was found. Name files, folders or patterns.\n');
    return ExitCode.internal;
  }
  const service = createLanguageService({ workspace: fileWorkspace });
  const findings: FileFindings[] = [];
  for (const file of files) {
    const text = await fileWorkspace.readText(file);
    if (text === undefined) throw new UsageError(`${file} cannot be read.`);
    findings.push({
      file: relative(io.cwd, file).replaceAll(sep, '/'),
      lines: new LineIndex(text),
      diagnostics: await service.diagnose(file),
    });
  }
  io.out(formatFindings(format, findings, io));
  return findings.some(({ diagnostics }) => diagnostics.some((diagnostic) => diagnostic.severity !== 'information'))
    ? ExitCode.failed
    : ExitCode.ok;
}

function isFormat(text: string): text is FindingFormat {
  return (FORMATS as readonly string[]).includes(text);
}
