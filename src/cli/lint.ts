import { relative, sep } from 'node:path';
import { createLanguageService, isInventoryFile, LineIndex } from '../language/index.js';
import type { Diagnostic, LanguageService } from '../language/index.js';
import { planFindings } from '../planner/index.js';
import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { formatFindings, FORMATS } from './reporters/findings.js';
import type { FileFindings, FindingFormat } from './reporters/findings.js';
import { UsageError } from './usage.js';
import { fileWorkspace, findDocuments } from './workspace.js';

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
  const found = await diagnostics(files, service);
  const findings: FileFindings[] = [];
  for (const [file, list] of found) {
    const text = await fileWorkspace.readText(file);
    if (text === undefined) throw new UsageError(`${file} cannot be read.`);
    findings.push({ file: relative(io.cwd, file).replaceAll(sep, '/'), lines: new LineIndex(text), diagnostics: list });
  }
  io.out(formatFindings(format, findings, io));
  return findings.some(({ diagnostics: list }) => list.some((diagnostic) => diagnostic.severity !== 'information'))
    ? ExitCode.failed
    : ExitCode.ok;
}

/** By file: what the text shows, and what the plans of each runbook show, which may lie in a file that it uses. */
async function diagnostics(files: readonly string[], service: LanguageService): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const found = new Map<string, Diagnostic[]>();
  for (const file of files) found.set(file, [...(await service.diagnose(file))]);
  for (const file of files) {
    const project = isInventoryFile(file) ? undefined : await service.loadProject(file);
    for (const { file: place, diagnostic } of project === undefined ? [] : planFindings(project)) {
      const known = found.get(place) ?? [];
      if (known.some(({ code, range }) => code === diagnostic.code && range.start === diagnostic.range.start)) continue;
      found.set(
        place,
        [...known, diagnostic].sort((a, b) => a.range.start - b.range.start),
      );
    }
  }
  return found;
}

function isFormat(text: string): text is FindingFormat {
  return (FORMATS as readonly string[]).includes(text);
}
