import { nearest, suggestion } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { expressionsIn } from './expressionsIn.js';
import { namesIn } from './namesIn.js';
import type { NamedInExpression } from './namesIn.js';
import type { Finding, LintContext } from './rule.js';
import type { TextPlace } from './walk.js';

/** A finding for a name that is declared nowhere, with what was probably meant. `advice` says where to declare it. */
export function undefinedName(thing: string, name: string, known: readonly string[], range: Range, advice: string): Finding {
  return misnamed(`undefined ${thing} "${name}"`, name, known, range, advice);
}

/** The same with a sentence of its own. */
export function misnamed(sentence: string, name: string, known: readonly string[], range: Range, advice: string): Finding {
  const near = nearest(name, known);
  return {
    range,
    message: `${sentence}${suggestion(name, known, advice)}`,
    ...(near === undefined ? {} : { fix: { title: `Change to "${near}"`, edits: [{ range, text: near }] } }),
  };
}

/** Every name of one kind that expressions mention. */
export function* mentions(
  context: LintContext,
  space: NamedInExpression['space'],
): Generator<{ readonly named: NamedInExpression; readonly range: Range; readonly memberRange: Range | undefined }> {
  for (const expression of expressionsIn(context)) {
    for (const named of namesIn(expression.cel)) {
      if (named.space !== space) continue;
      yield {
        named,
        range: expression.rangeOf(named.range),
        memberRange: named.memberRange === undefined ? undefined : expression.rangeOf(named.memberRange),
      };
    }
  }
}

/** Texts of one format, without quotes in their ranges so that a fix replaces the name alone. */
export function* textsOf(context: LintContext, format: TextPlace['format']): Generator<TextPlace> {
  for (const place of context.texts) {
    if (place.format === format) yield { ...place, range: withoutQuotes(context.document.text, place.range) };
  }
}

/** Range of a scalar without the quotes around it. */
export function withoutQuotes(text: string, range: Range): Range {
  const quote = text[range.start];
  const quoted = (quote === '"' || quote === "'") && text[range.end - 1] === quote && range.end - range.start >= 2;
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}
