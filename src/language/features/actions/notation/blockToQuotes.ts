import { applied } from '../../../text/applied.js';
import { quoteYaml } from '../../../text/quote.js';
import { saysTheSame } from '../../sameText.js';
import type { Rewriting, Selected } from '../spots.js';
import { blockSpotAt } from './spot.js';

/** Longer texts are read more easily as a block. */
const LONGEST = 120;

/** Writes a short block of text in quotes behind its key. */
export function blockToQuotes({ text, root, range }: Selected): Rewriting | undefined {
  const node = blockSpotAt(text, root, range)?.node;
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.plain) return undefined;
  const header = /^[|>][-+\d]*/.exec(text.slice(node.start, node.end))?.[0];
  if (header === undefined || node.value.length > LONGEST) return undefined;
  // A comment behind the header stays where it is.
  const body = text.slice(node.start, node.end).search(/\r?\n/);
  const quoted = node.value.includes('\n') ? JSON.stringify(node.value) : quoteYaml(node.value);
  const edits = [
    { range: { start: node.start, end: node.start + header.length }, text: quoted },
    ...(body < 0 ? [] : [{ range: { start: node.start + body, end: node.end }, text: '' }]),
  ];
  return saysTheSame(text, root, applied(text, edits)) ? { title: 'Write this text in quotes', edits } : undefined;
}
