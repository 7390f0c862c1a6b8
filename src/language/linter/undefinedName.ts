import { nearest, suggestion } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { expressionsIn } from './expressionsIn.js';
import type { ExpressionPlace } from './expressionsIn.js';
import { namesIn } from './namesIn.js';
import type { NamedInExpression } from './namesIn.js';
import type { Finding, StepContext } from './rule.js';
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
    ...(near === undefined ? {} : { fix: { title: `Change to "${near}"`, edits: [{ range, text: near }], guess: true } }),
  };
}

/** A name in an expression, with its place in the file, which is found out when it is asked for. */
export interface Mention {
  readonly named: NamedInExpression;
  readonly range: Range;
  readonly memberRange: Range | undefined;
}

const remembered = new WeakMap<StepContext, ReadonlyMap<NamedInExpression['space'], readonly Mention[]>>();

/** Every name of one kind that expressions mention. */
export function mentions(context: StepContext, space: NamedInExpression['space']): readonly Mention[] {
  let all = remembered.get(context);
  if (all === undefined) {
    all = allMentions(context);
    remembered.set(context, all);
  }
  return all.get(space) ?? [];
}

function allMentions(context: StepContext): ReadonlyMap<NamedInExpression['space'], readonly Mention[]> {
  const all = new Map<NamedInExpression['space'], Mention[]>();
  for (const expression of expressionsIn(context)) {
    for (const named of namesIn(expression.cel)) {
      const known = all.get(named.space);
      const mention = new MentionIn(expression, named);
      if (known === undefined) all.set(named.space, [mention]);
      else known.push(mention);
    }
  }
  return all;
}

class MentionIn implements Mention {
  readonly named: NamedInExpression;
  readonly #expression: ExpressionPlace;

  constructor(expression: ExpressionPlace, named: NamedInExpression) {
    this.#expression = expression;
    this.named = named;
  }

  get range(): Range {
    return this.#expression.rangeOf(this.named.range);
  }

  get memberRange(): Range | undefined {
    return this.named.memberRange === undefined ? undefined : this.#expression.rangeOf(this.named.memberRange);
  }
}

const rememberedTexts = new WeakMap<StepContext, ReadonlyMap<TextPlace['format'], readonly NamePlace[]>>();

/** A text that names something, without quotes in its range so that a fix replaces the name alone. */
export type NamePlace = Pick<TextPlace, 'text' | 'key' | 'label' | 'container' | 'range' | 'around'>;

class Unquoted implements NamePlace {
  readonly #place: TextPlace;

  constructor(place: TextPlace) {
    this.#place = place;
  }

  get text(): string {
    return this.#place.text;
  }

  get key(): string | number {
    return this.#place.key;
  }

  get label(): string {
    return this.#place.label;
  }

  get container(): object {
    return this.#place.container;
  }

  get around(): TextPlace['around'] {
    return this.#place.around;
  }

  get range(): Range {
    return withoutQuotes(this.#place.source, this.#place.range);
  }
}

/** Texts of one format. */
export function textsOf(context: StepContext, format: TextPlace['format']): readonly NamePlace[] {
  let texts = rememberedTexts.get(context);
  if (texts === undefined) {
    texts = textsByFormat(context);
    rememberedTexts.set(context, texts);
  }
  return texts.get(format) ?? [];
}

/** Only those that are names of something: of free text there is far more, and nobody asks for it. */
function textsByFormat({ texts }: StepContext): ReadonlyMap<TextPlace['format'], readonly NamePlace[]> {
  const byFormat = new Map<TextPlace['format'], NamePlace[]>();
  for (const place of texts) {
    if (place.format === undefined || place.format === 'template' || place.format === 'markdown') continue;
    const named = new Unquoted(place);
    const known = byFormat.get(place.format);
    if (known === undefined) byFormat.set(place.format, [named]);
    else known.push(named);
  }
  return byFormat;
}

/** Range of a scalar without the quotes around it. */
export function withoutQuotes(text: string, range: Range): Range {
  const quote = text[range.start];
  const quoted = (quote === '"' || quote === "'") && text[range.end - 1] === quote && range.end - range.start >= 2;
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}
