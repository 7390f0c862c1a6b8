import type { Range } from '../text/range.js';
import { ambiguousRepetition } from './regex/ambiguity.js';
import { readRegex, RegexSyntaxError } from './regex/syntax.js';

/** Why a pattern is not one of this language. The range is within the pattern. */
export interface RegexProblem {
  /** What is wrong; then `; ` and what to do. */
  readonly message: string;
  readonly range: Range;
}

const LENGTH = 1000;
const remembered = new Map<string, RegExp>();

/**
 * Checks a pattern: the part of RE2 without flags other than a leading `(?i)`, and without repetitions that could take for ever.
 * Undefined when it is sound. Never throws.
 */
export function checkRegex(pattern: string): RegexProblem | undefined {
  try {
    read(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return { message: error.message, range: { start: error.start, end: error.end } };
    throw error;
  }
}

/**
 * A sound pattern as a JavaScript expression. `^` and `$` match at the ends of lines, `.` never matches a newline.
 * Throws {@link RegexSyntaxError} for a pattern that {@link checkRegex} finds fault with.
 */
export function compileRegex(pattern: string): RegExp {
  let compiled = remembered.get(pattern);
  if (compiled === undefined) {
    const { source, ignoreCase } = read(pattern);
    compiled = new RegExp(source, ignoreCase ? 'imu' : 'mu');
    if (remembered.size > 500) remembered.clear();
    remembered.set(pattern, compiled);
  }
  return compiled;
}

/** The match of a sound pattern with a whole text, from its first character to its last; undefined when there is none. */
export function matchWhole(pattern: string, text: string): RegExpExecArray | undefined {
  const { source, ignoreCase } = read(pattern);
  return new RegExp(`^(?:${source})$`, ignoreCase ? 'iu' : 'u').exec(text) ?? undefined;
}

function read(pattern: string): { source: string; ignoreCase: boolean } {
  if (pattern.length > LENGTH)
    throw new RegexSyntaxError(`a pattern has at most ${String(LENGTH)} characters; shorten it`, 0, pattern.length);
  const syntax = readRegex(pattern);
  const slow = ambiguousRepetition(syntax.alternatives);
  if (slow !== undefined)
    throw new RegexSyntaxError(
      'this repetition contains another one and may take for ever; limit it, for example with {0,20}',
      slow.start,
      slow.end,
    );
  try {
    new RegExp(syntax.source, 'u');
  } catch {
    throw new RegexSyntaxError('the pattern is not sound, perhaps two groups have one name; give each its own', 0, pattern.length);
  }
  return syntax;
}
