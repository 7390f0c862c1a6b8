import { quoteYaml } from '../text/quote.js';
import type { Range, TextEdit } from '../text/range.js';
import { sourceRange } from '../text/scalarSource.js';
import type { TextPlace } from './walk.js';

/**
 * Puts something in place of a part of a text. Where the text stands without quotes, on one line, all of it is put in quotes, as what is put in may
 * mean something to YAML there.
 */
export function replaceIn(source: string, place: TextPlace, part: Range, by: string): TextEdit {
  const written = source.slice(place.range.start, place.range.end);
  const plain = written === place.text && !/["'|>]/.test(written[0] ?? '');
  if (!plain || /^[^{}[\],#:&*!]*$/.test(by)) return { range: sourceRange(source, place.range, place.text, part), text: by };
  return { range: place.range, text: quoteYaml(place.text.slice(0, part.start) + by + place.text.slice(part.end)) };
}
