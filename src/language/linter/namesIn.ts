import type { Range } from '../text/range.js';
import { rememberByText } from '../text/remembered.js';

/** A name that an expression takes from somewhere, such as `inputs.target`. */
export interface NamedInExpression {
  readonly space: 'inputs' | 'facts' | 'secrets' | 'steps' | 'hosts' | 'advisories' | 'role';
  readonly name: string;
  /** With `steps.ID.NAME`: the name after the id. */
  readonly member: string | undefined;
  /** Of the name, within the expression. */
  readonly range: Range;
  readonly memberRange: Range | undefined;
}

/** Names in an expression by their spelling alone, so that a misspelt one can be named as what it is. */
export const namesIn: (cel: string) => readonly NamedInExpression[] = rememberByText(findNames);

/** An expression with its strings blanked, so that what they say is not taken for names. */
export const withoutStrings: (cel: string) => string = rememberByText((cel) =>
  cel.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (literal) => ' '.repeat(literal.length)),
);

function findNames(cel: string): readonly NamedInExpression[] {
  const bare = withoutStrings(cel);
  const names: NamedInExpression[] = [];
  for (const match of bare.matchAll(
    /(?<![\w.])(inputs|facts|secrets|steps|hosts|advisories)\s*\.\s*([A-Za-z_]\w*)(?:\s*\.\s*([A-Za-z_]\w*))?/g,
  )) {
    const [whole, space = '', name = '', member] = match;
    const start = match.index + whole.indexOf(name, space.length);
    const memberStart = member === undefined ? 0 : match.index + whole.length - member.length;
    names.push({
      space: space as NamedInExpression['space'],
      name,
      member,
      range: { start, end: start + name.length },
      memberRange: member === undefined ? undefined : { start: memberStart, end: memberStart + member.length },
    });
  }
  for (const match of cel.matchAll(/(?<![\w.])(inputs|facts|secrets|steps|hosts|advisories)\s*\[\s*(["'])(\w+)\2\s*\]/g)) {
    const name = match[3] ?? '';
    const start = match.index + match[0].indexOf(match[2] ?? '"') + 1;
    names.push({
      space: match[1] as NamedInExpression['space'],
      name,
      member: undefined,
      range: { start, end: start + name.length },
      memberRange: undefined,
    });
  }
  for (const match of cel.matchAll(/\.\s*is\(\s*(["'])(\w*)\1\s*\)/g)) {
    const name = match[2] ?? '';
    const start = match.index + match[0].indexOf(match[1] ?? '"') + 1;
    names.push({ space: 'role', name, member: undefined, range: { start, end: start + name.length }, memberRange: undefined });
  }
  return names;
}
