import { LONGEST_EXPRESSION, parseTemplate } from '../expressions/index.js';
import type { Range } from '../text/range.js';
import { sourceRange } from '../text/scalarSource.js';
import type { StepContext } from './rule.js';
import type { TextPlace, Visit } from './walk.js';

/** One CEL expression with its place. */
export interface ExpressionPlace {
  readonly cel: string;
  /** It is the whole text of a condition, not a part of a template. */
  readonly bare: boolean;
  readonly place: TextPlace;
  /** Source range of a part of the expression. */
  rangeOf(part: Range): Range;
}

interface Expressions {
  readonly usual: readonly ExpressionPlace[];
  readonly long: readonly ExpressionPlace[];
}

const remembered = new WeakMap<StepContext, Expressions>();
const rememberedVisits = new WeakMap<Visit, Expressions>();

/** Every expression of a runbook that is short enough to be read: bare ones and those in templates. */
export function expressionsIn(context: StepContext): readonly ExpressionPlace[] {
  return allIn(context).usual;
}

/** Every expression that is too long to be read: nothing else is said of it. */
export function longExpressionsIn(context: StepContext): readonly ExpressionPlace[] {
  return allIn(context).long;
}

function allIn(context: StepContext): Expressions {
  let expressions = remembered.get(context);
  if (expressions === undefined) {
    const usual: ExpressionPlace[] = [];
    const long: ExpressionPlace[] = [];
    for (const visit of context.visits) {
      const here = expressionsAt(visit);
      for (const one of here.usual) usual.push(one);
      for (const one of here.long) long.push(one);
    }
    expressions = { usual, long };
    remembered.set(context, expressions);
  }
  return expressions;
}

/** Whether `${{ }}` is replaced in a text. */
export function isTemplate(place: TextPlace): boolean {
  return place.format === 'template' || place.format === 'markdown';
}

function expressionsAt(visit: Visit): Expressions {
  let expressions = rememberedVisits.get(visit);
  if (expressions === undefined) {
    const all = visit.texts.flatMap(expressionsOf);
    const isLong = ({ cel }: ExpressionPlace): boolean => cel.length > LONGEST_EXPRESSION;
    expressions = { usual: all.filter((one) => !isLong(one)), long: all.filter(isLong) };
    rememberedVisits.set(visit, expressions);
  }
  return expressions;
}

function expressionsOf(place: TextPlace): readonly ExpressionPlace[] {
  const made = (cel: string, start: number, bare: boolean): ExpressionPlace => ({
    cel,
    bare,
    place,
    rangeOf: (part) => sourceRange(place.source, place.range, place.text, { start: start + part.start, end: start + part.end }),
  });
  if (place.format === 'cel') return [made(place.text, 0, true)];
  if (!isTemplate(place) || !place.text.includes('${{')) return [];
  return parseTemplate(place.text).parts.flatMap((part) => (part.kind === 'expression' ? [made(part.cel, part.range.start, false)] : []));
}
