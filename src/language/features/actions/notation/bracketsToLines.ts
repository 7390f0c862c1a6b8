import { applied } from '../../../text/applied.js';
import type { Range } from '../../../text/range.js';
import type { ListNode, MappingNode } from '../../../text/syntaxNode.js';
import { saysTheSame } from '../../sameText.js';
import { lineBreakOf } from '../insertMember.js';
import type { Rewriting, Selected } from '../spots.js';
import { blockSpotAt, isFlow } from './spot.js';

/** One level of indentation. */
const STEP = 2;

/** Writes what stands in braces or brackets line by line; what is in brackets within it stays so. Comments between its parts would lose their place: then nothing. */
export function bracketsToLines({ text, root, range }: Selected): Rewriting | undefined {
  const spot = blockSpotAt(text, root, range);
  const node = spot?.node;
  if (spot === undefined || (node?.kind !== 'mapping' && node?.kind !== 'list') || !isFlow(text, node)) return undefined;
  const parts = partsOf(text, node);
  if (parts === undefined || parts.length === 0) return undefined;
  const lineBreak = lineBreakOf(text);
  const indentation = lineBreak + ' '.repeat(spot.column + STEP);
  const lines = parts.map((part) => (node.kind === 'list' ? `- ${part}` : part));
  // Behind a dash the first part stands on its line; behind a key all go below it, and a comment stays with the key.
  const rest = restOfLine(text, node.end);
  const comment = text.slice(rest.start, rest.end).trim();
  const [first = '', ...further] = lines;
  const behind = comment === '' ? '' : ` ${comment}`;
  const made = spot.isItem
    ? [first + behind, ...further].join(indentation)
    : `${behind.trimStart()}${indentation}${lines.join(indentation)}`;
  let { start } = node;
  if (!spot.isItem && comment === '') while (/[ \t]/.test(text[start - 1] ?? '')) start--;
  const edits = [{ range: { start, end: rest.end }, text: made }];
  const title = node.kind === 'list' ? 'Write this list line by line' : 'Write this mapping line by line';
  return saysTheSame(text, root, applied(text, edits)) ? { title, edits } : undefined;
}

/** The members or items as they are written; undefined where there is more than commas and blanks between them. */
function partsOf(text: string, node: MappingNode | ListNode): readonly string[] | undefined {
  const parts: string[] = [];
  let at = node.start + 1;
  const take = ({ start, end }: Range): boolean => {
    const isPlain = /^[\s,]*$/.test(text.slice(at, start));
    at = end;
    return isPlain;
  };
  if (node.kind === 'list') {
    for (const item of node.items) {
      if (item === undefined || !take(item)) return undefined;
      parts.push(text.slice(item.start, item.end));
    }
  } else {
    for (const { key, value } of node.members) {
      if (value === undefined || !take({ start: key.start, end: value.end })) return undefined;
      const written = /^\s*:\s*([^]*)$/.exec(text.slice(key.end, value.end))?.[1];
      if (written === undefined || written === '') return undefined;
      parts.push(`${text.slice(key.start, key.end)}: ${written}`);
    }
  }
  return /^[\s,]*$/.test(text.slice(at, node.end - 1)) ? parts : undefined;
}

/** From an offset to the end of its line, a line break apart. */
function restOfLine(text: string, offset: number): Range {
  const length = /^[^\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0;
  return { start: offset, end: offset + length };
}
