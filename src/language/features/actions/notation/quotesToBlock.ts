import { applied } from '../../../text/applied.js';
import { saysTheSame } from '../../sameText.js';
import { insertion, lineBreakOf, lineEnd } from '../insertMember.js';
import type { Rewriting, Selected } from '../spots.js';
import { blockSpotAt } from './spot.js';

/** One level of indentation. */
const STEP = 2;

/** Writes a text in quotes as a block below its key, where what it says is what is written: no escapes, no quotes that are doubled. */
export function quotesToBlock({ text, root, range }: Selected): Rewriting | undefined {
  const spot = blockSpotAt(text, root, range);
  const node = spot?.node;
  if (spot === undefined || node?.kind !== 'scalar' || typeof node.value !== 'string' || !/["']/.test(text[node.start] ?? ''))
    return undefined;
  const { value } = node;
  const body = value.replace(/\n$/, '');
  if (body === '' || /^[ \t\n]|\n$|\r/.test(body)) return undefined;
  const lineBreak = lineBreakOf(text);
  const indentation = ' '.repeat(spot.column + STEP);
  const lines = body.split('\n').map((line) => (line === '' ? '' : indentation + line));
  const edits = [
    { range: { start: node.start, end: node.end }, text: value.endsWith('\n') ? '|' : '|-' },
    insertion(lineEnd(text, node.end), lineBreak + lines.join(lineBreak)),
  ];
  return saysTheSame(text, root, applied(text, edits)) ? { title: 'Write this text as a block', edits } : undefined;
}
