import type { Fix, Range, ShellScript, TextEdit } from '../language/index.js';
import type { Comment, Replacement } from './comment.js';

/**
 * What ShellCheck would replace, as edits of the file. Undefined where it replaces nothing, and where the script is written so that an edit of
 * its source might give another script than the one meant. `sourceOf` gives the source of a part of the script.
 */
export function mendOf(comment: Comment, script: ShellScript, text: string, sourceOf: (part: Range) => Range): Fix | undefined {
  const edits = comment.replacements.map((replacement) => editOf(replacement, script, text, sourceOf));
  const exact = edits.filter((edit) => edit !== undefined);
  if (edits.length === 0 || exact.length < edits.length) return undefined;
  return { title: `Change it as ShellCheck proposes for ${comment.code}`, edits: exact.sort((a, b) => a.range.start - b.range.start) };
}

function editOf(replacement: Replacement, script: ShellScript, text: string, sourceOf: (part: Range) => Range): TextEdit | undefined {
  const { range, text: wanted } = replacement;
  const spelled = spell(wanted, text[script.range.start] ?? '');
  const place = range.start === range.end ? pointIn(range.start, script, text, sourceOf) : partIn(range, script, text, sourceOf);
  // The first letter of a plain scalar decides of what kind it is.
  if (spelled === undefined || place === undefined || place.start === script.range.start) return undefined;
  if (wanted === '' && !(isLetter(script.text[range.start - 1]) && isLetter(script.text[range.end]))) return undefined;
  return { range: place, text: spelled };
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /\S/.test(char);
}

/** A part is replaced where its source is the part itself, letter by letter. */
function partIn(part: Range, script: ShellScript, text: string, sourceOf: (part: Range) => Range): Range | undefined {
  const place = sourceOf(part);
  const value = script.text.slice(part.start, part.end);
  return text.slice(place.start, place.end) === value && !/^\s|\s$|\n/.test(value) ? place : undefined;
}

/** Something is put in beside a letter that stands for itself: blanks may be indentation or be folded. */
function pointIn(at: number, script: ShellScript, text: string, sourceOf: (part: Range) => Range): Range | undefined {
  const next = at < script.text.length ? partIn({ start: at, end: at + 1 }, script, text, sourceOf) : undefined;
  const last = at > 0 ? partIn({ start: at - 1, end: at }, script, text, sourceOf) : undefined;
  const point = next?.start ?? last?.end;
  return point === undefined ? undefined : { start: point, end: point };
}

/** A replacement as it is written in a scalar that begins with `first`; undefined where blanks or line breaks in it might get lost. */
function spell(wanted: string, first: string): string | undefined {
  if (/[\n\r]|^\s|\s$/.test(wanted)) return undefined;
  if (first === '|' || first === '>') return wanted;
  if (first === "'") return wanted.replaceAll("'", "''");
  if (first === '"') return wanted.replaceAll(/["\\]/g, String.raw`\$&`);
  return /[#:,[\]{}]|^$/.test(wanted) ? undefined : wanted;
}
