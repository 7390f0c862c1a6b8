import type { Range } from '../text/range.js';
import { rememberByText } from '../text/remembered.js';

/** A name that an expression takes from somewhere, such as `inputs.target`. */
export interface NamedInExpression {
  readonly space: 'inputs' | 'facts' | 'secrets' | 'steps' | 'hosts' | 'advisories' | 'role';
  readonly name: string;
  /** With `steps.ID.NAME`, however it is spelled: the name after the id. */
  readonly member: string | undefined;
  /** Of the name, within the expression. */
  readonly range: Range;
  readonly memberRange: Range | undefined;
}

/** Names in an expression by their spelling alone, so that a misspelt one can be named as what it is. */
export const namesIn: (cel: string) => readonly NamedInExpression[] = rememberByText(findNames);

// As the library that evaluates them reads them: those in triple quotes first, and in raw ones a backslash still holds its quote.
const STRING = /"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/g;

/** An expression with its strings blanked, so that what they say is not taken for names. */
export const withoutStrings: (cel: string) => string = rememberByText((cel) =>
  cel.replace(STRING, (literal) => ' '.repeat(literal.length)),
);

/** A member that is named where it stands, as `.name` or `["name"]`. */
export interface NamedMember extends Range {
  readonly name: string;
  /** Behind the whole of it. */
  readonly behind: number;
}

/** The member that is taken at an offset of an expression; undefined when there is none, or it is named otherwise than in plain words. */
export function memberAt(cel: string, offset: number): NamedMember | undefined {
  const member = /\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(["'])(\w+)\2\s*\])/y;
  member.lastIndex = offset;
  const match = member.exec(cel);
  if (match === null) return undefined;
  const [whole, word, quote = '', quoted = ''] = match;
  const name = word ?? quoted;
  const start = offset + (word === undefined ? whole.indexOf(quote) + 1 : whole.length - name.length);
  return { name, start, end: start + name.length, behind: offset + whole.length };
}

function findNames(cel: string): readonly NamedInExpression[] {
  const names: NamedInExpression[] = [];
  for (const match of withoutStrings(cel).matchAll(/(?<![\w.])(inputs|facts|secrets|steps|hosts|advisories)\b/g)) {
    const named = memberAt(cel, match.index + match[0].length);
    if (named === undefined) continue;
    const member = memberAt(cel, named.behind);
    names.push({
      space: match[1] as NamedInExpression['space'],
      name: named.name,
      member: member?.name,
      range: { start: named.start, end: named.end },
      memberRange: member === undefined ? undefined : { start: member.start, end: member.end },
    });
  }
  for (const match of cel.matchAll(/\.\s*is\(\s*(["'])(\w*)\1\s*\)/g)) {
    const name = match[2] ?? '';
    const start = match.index + match[0].indexOf(match[1] ?? '"') + 1;
    names.push({ space: 'role', name, member: undefined, range: { start, end: start + name.length }, memberRange: undefined });
  }
  return names;
}
