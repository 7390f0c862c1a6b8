import { listsOf } from '../../language/index.js';
import type { ParsedRunbook, Project, Range } from '../../language/index.js';
import { relativeFile } from '../digest.js';
import type { SourceRef } from '../plan.js';

/** A place in a file of a project. */
export interface SourcePlace {
  readonly file: string;
  readonly range: Range;
}

/** Where a reference of a plan points to: the id or title of the step with this id on that line, else what is written on the line. */
export function placeOfRef(project: Project, ref: SourceRef, id?: string): SourcePlace {
  const document = [...project.known.values()].find(({ file }) => relativeFile(project.root.file, file) === ref.file) ?? project.root;
  return { file: document.file, range: rangeOfStep(document, ref.line, id) ?? rangeOfLine(document, ref.line) };
}

function rangeOfStep(document: ParsedRunbook, line: number, id: string | undefined): Range | undefined {
  if (document.value === undefined) return undefined;
  const onLine = [...listsOf(document.value)].flat().filter((step) => {
    const range = document.positions.of(step);
    return range !== undefined && document.lines.position(range.start).line === line;
  });
  const step = onLine.find((one) => one.id === id) ?? onLine[0];
  const range = step === undefined ? undefined : document.positions.of(step);
  if (step === undefined || range === undefined) return undefined;
  return document.positions.value(step, 'id') ?? document.positions.value(step, 'title') ?? firstLine(document, range);
}

function rangeOfLine(document: ParsedRunbook, line: number): Range {
  const start = document.lines.lineStart(line);
  const text = document.text.slice(start).split('\n', 1)[0] ?? '';
  const indent = text.length - text.trimStart().length;
  return { start: start + indent, end: start + Math.max(text.trimEnd().length, indent) };
}

function firstLine(document: ParsedRunbook, range: Range): Range {
  const end = document.text.indexOf('\n', range.start);
  return { start: range.start, end: end < 0 ? range.end : Math.min(range.end, end) };
}
