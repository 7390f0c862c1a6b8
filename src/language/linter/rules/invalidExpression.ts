import { commentIn, hasTemplate, parseTemplate } from '../../expressions/index.js';
import type { CheckResult, NamesHere } from '../../expressions/index.js';
import { sourceRange } from '../../text/scalarSource.js';
import { celInWords } from '../celInWords.js';
import { expressionsIn, isTemplate } from '../expressionsIn.js';
import type { ExpressionPlace } from '../expressionsIn.js';
import { namesIn } from '../namesIn.js';
import type { Finding, StepContext, Rule } from '../rule.js';
import type { TextPlace } from '../walk.js';
import { hopsIn } from './hopOutsidePath.js';

/** Keys under which a bare expression is a condition; under others it gives a value. */
const VALUE_KEYS = new Set(['value']);

export const invalidExpression: Rule = {
  id: 'invalid-expression',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'An expression that cannot be evaluated would stop the run at the worst moment. Syntax and types are checked while you write.',
  cites: ['capability 23', 'capability 47'],
  *check(context) {
    for (const expression of expressionsIn(context)) {
      const finding = checkExpression(expression, context);
      if (finding !== undefined) yield finding;
    }
    for (const place of context.texts) {
      const finding = checkBraces(place, context);
      if (finding !== undefined) yield finding;
    }
  },
};

function checkExpression(expression: ExpressionPlace, context: StepContext): Finding | undefined {
  const { cel, bare, place } = expression;
  if (cel.trim() === '') {
    return { range: place.range, message: 'the expression is empty; write one, or remove it' };
  }
  if (bare && hasTemplate(cel)) {
    const [part] = parseTemplate(cel).parts;
    const only = part?.kind === 'expression' && /^\s*\$\{\{.*\}\}\s*$/s.test(cel) ? part.cel : undefined;
    const fix =
      only === undefined || only.includes('"')
        ? {}
        : { fix: { title: 'Remove the braces', edits: [{ range: place.range, text: JSON.stringify(only) }] } };
    return { range: place.range, message: 'an expression stands here without "${{ }}"; remove the braces', ...fix };
  }
  const comment = commentIn(cel);
  if (comment !== undefined) {
    const end = cel.indexOf('\n', comment);
    return {
      range: expression.rangeOf({ start: comment, end: end < 0 ? cel.trimEnd().length : end }),
      message: 'an expression holds no comments; write it as a comment of YAML, with "#" on a line of its own, or in "notes"',
    };
  }
  // A name that is not declared, and a hop where there is none, have rules of their own, which say it better.
  if (namesAreUndeclared(cel, context) || (!place.around.hop && hopsIn(cel).length > 0)) return undefined;
  const result = check(cel, place, context);
  if (!result.ok) {
    return { range: expression.rangeOf(widened(result.range, cel)), message: celInWords(result.message) };
  }
  if (bare && !VALUE_KEYS.has(String(place.key)) && result.type !== 'bool' && result.type !== 'dyn') {
    return {
      range: expression.rangeOf({ start: 0, end: cel.length }),
      message: `this gives ${typeInWords(result.type)}, and a condition is true or false; compare it with something`,
    };
  }
  if (!bare && result.type === 'other') {
    return {
      range: expression.rangeOf({ start: 0, end: cel.length }),
      message: 'this gives a host, a list or a mapping, and a single value is needed; take a member of it',
    };
  }
  return undefined;
}

function namesAreUndeclared(cel: string, { names }: StepContext): boolean {
  return namesIn(cel).some(({ space, name, member }) => {
    switch (space) {
      case 'inputs':
        return !Object.hasOwn(names.inputs, name);
      case 'facts':
        return !Object.hasOwn(names.facts, name);
      case 'secrets':
        return !names.secrets.includes(name);
      case 'steps':
        return !Object.hasOwn(names.steps, name) || (member !== undefined && !Object.hasOwn(names.steps[name] ?? {}, member));
      case 'advisories':
        return !names.advisories.includes(name);
      case 'hosts':
      case 'role':
        return !Object.hasOwn(names.roles, name);
    }
  });
}

/** In a procedure that nothing in the file uses, any role may be the one it is used with: one that fits is enough. */
function check(cel: string, { around, format }: TextPlace, { expressions, names }: StepContext): CheckResult {
  // What an answer holds is there for conditions and values, not for the text that asks for it.
  const extras = format === 'cel' ? around.extras : [];
  const here = (hostRoles: readonly string[]): NamesHere => ({ hostRoles, extras, secrets: true, hop: around.hop });
  if (around.hostRoles !== undefined)
    return expressions.check(cel, here(around.hostRoles.filter((role) => Object.hasOwn(names.roles, role))));
  const without = expressions.check(cel, here([]));
  if (without.ok) return without;
  let last: CheckResult = without;
  for (const role of Object.keys(names.roles)) {
    last = expressions.check(cel, here([role]));
    if (last.ok) return last;
  }
  return last;
}

/** `${{` that is never closed, or stands where nothing is replaced. */
function checkBraces(place: TextPlace, { document }: StepContext): Finding | undefined {
  if (place.script || place.format === 'cel' || !hasTemplate(place.text)) return undefined;
  if (!isTemplate(place)) {
    if (place.format !== undefined) return undefined;
    return { range: place.range, message: `nothing is replaced in "${place.label}"; write the text without "\${{ }}"` };
  }
  const { unclosed } = parseTemplate(place.text);
  if (unclosed === undefined) return undefined;
  return {
    range: sourceRange(document.text, place.range, place.text, { start: unclosed.start, end: unclosed.start + 3 }),
    message: '"${{" has no "}}"; close the expression',
  };
}

function widened(range: { start: number; end: number }, cel: string): { start: number; end: number } {
  if (range.end > range.start) return range;
  return range.start >= cel.length ? { start: Math.max(0, cel.length - 1), end: cel.length } : { start: range.start, end: range.start + 1 };
}

function typeInWords(type: string): string {
  switch (type) {
    case 'string':
      return 'text';
    case 'int':
    case 'double':
      return 'a number';
    case 'version':
      return 'a version';
    case 'version_range':
      return 'a version range';
    default:
      return 'a host, a list or a mapping';
  }
}
