/** Alternatives that `{a,b}` in a pattern may expand to; a pattern with more matches nothing. */
const MOST_ALTERNATIVES = 256;
/** Longest pattern; a longer one matches nothing. */
export const MOST_PATTERN = 500;

/** Whether a pattern has a wildcard in it, or is just a path. */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** Whether the braces of a pattern stand for few enough patterns that it is used at all. */
export function fitsAlternatives(pattern: string): boolean {
  return expand(pattern).length > 0;
}

/** The first `[` or `{` of a pattern that nothing closes; it stands for itself then, which hardly anybody means. */
export function unclosedBracket(pattern: string): '[' | '{' | undefined {
  for (const part of pattern.split('/')) {
    for (let at = part.indexOf('['); at >= 0; at = part.indexOf('[', at + 1)) {
      const end = part.indexOf(']', at + 2);
      if (end < 0) return '[';
      at = end;
    }
  }
  let open = 0;
  for (const char of pattern) open = char === '{' ? open + 1 : char === '}' ? Math.max(0, open - 1) : open;
  return open > 0 ? '{' : undefined;
}

/**
 * A test for paths with `/` between their parts: `*` and `?` within a part, `**` for any number of parts, `[a-z]`, `[!a-z]` and `{a,b}`. A name that
 * begins with a dot matches like any other. Takes time in proportion to pattern times path, whatever the pattern: it may come from a stranger.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  if (pattern.length > MOST_PATTERN) return () => false;
  const alternatives = expand(pattern.replace(/^(?:\.\/)+/, '')).map((one) => one.split('/').filter((part) => part !== ''));
  return (path) => {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    return alternatives.some((wanted) => matchesParts(wanted, parts));
  };
}

/** A test for paths that any of the patterns matches, or matches a folder of: `drafts` leaves out all that is in it. */
export function excluder(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matchers = patterns.map(globMatcher);
  return (path) => {
    const parts = path.split('/');
    return parts.some((_, index) => {
      const part = parts.slice(0, index + 1).join('/');
      return matchers.some((matches) => matches(part));
    });
  };
}

/** Row by row over the pattern: which numbers of parts the pattern up to here can have used up. */
function matchesParts(wanted: readonly string[], parts: readonly string[]): boolean {
  let reached: boolean[] = Array.from({ length: parts.length + 1 }, (_, index) => index === 0);
  for (const part of wanted) {
    const next: boolean[] = Array.from({ length: parts.length + 1 }, () => false);
    for (let i = 0; i <= parts.length; i++) {
      if (part === '**') next[i] = reached[i] === true || (i > 0 && next[i - 1] === true);
      else if (i > 0 && reached[i - 1] === true) next[i] = matchesName(part, parts[i - 1] as string);
    }
    reached = next;
  }
  return reached[parts.length] === true;
}

interface Mark {
  readonly any: boolean;
  readonly fits: (char: string) => boolean;
}

function matchesName(pattern: string, name: string): boolean {
  const marks = marksOf(pattern);
  const chars = [...name];
  let reached: boolean[] = Array.from({ length: chars.length + 1 }, (_, index) => index === 0);
  for (const { any, fits } of marks) {
    const next: boolean[] = Array.from({ length: chars.length + 1 }, () => false);
    for (let i = 0; i <= chars.length; i++) {
      if (any) next[i] = reached[i] === true || (i > 0 && next[i - 1] === true);
      else if (i > 0 && reached[i - 1] === true) next[i] = fits(chars[i - 1] as string);
    }
    reached = next;
  }
  return reached[chars.length] === true;
}

function marksOf(pattern: string): readonly Mark[] {
  const marks: Mark[] = [];
  const chars = [...pattern];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] as string;
    if (char === '*') marks.push({ any: true, fits: () => true });
    else if (char === '?') marks.push({ any: false, fits: () => true });
    else if (char === '[' && chars.indexOf(']', i + 2) > 0) {
      const end = chars.indexOf(']', i + 2);
      marks.push({ any: false, fits: setOf(chars.slice(i + 1, end)) });
      i = end;
    } else marks.push({ any: false, fits: (other) => other === char });
  }
  return marks;
}

function setOf(chars: readonly string[]): (char: string) => boolean {
  const not = chars[0] === '!' || chars[0] === '^';
  const members = not ? chars.slice(1) : chars;
  return (char) => {
    for (let i = 0; i < members.length; i++) {
      const from = members[i] as string;
      const range = members[i + 1] === '-' && members[i + 2] !== undefined;
      if (range ? char >= from && char <= (members[i + 2] as string) : char === from) return !not;
      if (range) i += 2;
    }
    return not;
  };
}

/** `{a,b}` written out, innermost first, one pattern for each alternative. A brace without its partner is a brace. */
function expand(pattern: string): readonly string[] {
  const done: string[] = [];
  const rest = [pattern];
  for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
    const pair = innermostBraces(one);
    if (pair === undefined) done.push(one);
    else {
      const { open, close } = pair;
      const choices = one.slice(open + 1, close).split(',');
      for (const choice of choices) rest.push(one.slice(0, open) + choice + one.slice(close + 1));
    }
    if (rest.length + done.length > MOST_ALTERNATIVES) return [];
  }
  return done;
}

function innermostBraces(text: string): { readonly open: number; readonly close: number } | undefined {
  for (let close = text.indexOf('}'); close >= 0; close = text.indexOf('}', close + 1)) {
    const open = text.lastIndexOf('{', close);
    if (open >= 0) return { open, close };
  }
  return undefined;
}
