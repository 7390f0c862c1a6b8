import { runbookSchema } from '../../schema/runbookSchema.js';
import type { TextEdit } from '../../text/range.js';
import type { MappingNode } from '../../text/syntaxNode.js';
import { insertion, insertMember, lineBreakOf, lineEnd, moved } from './insertMember.js';
import { memberOf } from '../../text/asWritten.js';
import { lineStart } from '../../text/lines.js';

/** The order in which the reference names the parts of a runbook. */
const ORDER = Object.keys(runbookSchema.properties ?? {});

/**
 * What puts lines, indented by two, into a part of a runbook that is a mapping; with the part itself where there is none, before those that come
 * after it. Undefined where the part is something else, or written in braces and the lines are more than one.
 */
export function addToSection(text: string, root: MappingNode, section: string, lines: readonly string[]): TextEdit | undefined {
  const known = memberOf(root, section);
  const lineBreak = lineBreakOf(text);
  if (known?.value?.kind === 'mapping') {
    const [line = ''] = lines;
    if (lines.length === 1) return insertMember(text, known.value, line.trim());
    if (text[known.value.start] === '{') return undefined;
    const column = known.value.start - lineStart(text, known.value.start);
    return insertion(lineEnd(text, known.value.end), lines.map((each) => lineBreak + moved(each, column - 2)).join(''));
  }
  if (known !== undefined) {
    const empty = known.value === undefined || (known.value.kind === 'scalar' && known.value.value === null && known.value.source === '');
    return empty ? insertion(lineEnd(text, known.key.end), lines.map((line) => lineBreak + line).join('')) : undefined;
  }
  if (text[root.start] === '{') return undefined;
  const written = [`${section}:`, ...lines].map((line) => line + lineBreak).join('');
  const next = root.members.find(({ key }) => ORDER.indexOf(key.text) > ORDER.indexOf(section));
  if (next === undefined) return insertion(text.length, (text.endsWith('\n') ? '' : lineBreak) + written);
  const at = aboveComments(text, next.key.start);
  return insertion(at, written + (/\n\r?\n$/.test(text.slice(0, at)) ? lineBreak : ''));
}

/** Beginning of the comments right above a line: they belong to it. */
function aboveComments(text: string, offset: number): number {
  let at = lineStart(text, offset);
  while (at > 0) {
    const before = lineStart(text, at - 1);
    if (!text.slice(before, at).trimStart().startsWith('#')) break;
    at = before;
  }
  return at;
}
