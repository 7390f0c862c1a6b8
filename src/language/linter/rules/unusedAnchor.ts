import { tokensOf } from '../../parser/token.js';
import type { Token } from '../../parser/token.js';
import type { Range } from '../../text/range.js';
import type { Rule } from '../rule.js';

/** What may be an anchor: most texts have none, and need no look at each of their words. */
const MAY_BE_ANCHOR = /(?:^|[\s,[{])&\w/;

export const unusedAnchor: Rule = {
  id: 'unused-anchor',
  family: 'clarity',
  severity: 'information',
  rationale: 'An anchor says that its value is used again further down: whoever changes the value looks for a place that there is not.',
  cites: ['capability 88'],
  *check({ document: { text } }) {
    if (!MAY_BE_ANCHOR.test(text)) return;
    for (const { source, offset } of unusedIn(text)) {
      const range = { start: offset, end: offset + source.length };
      yield {
        range,
        message: `no alias names the anchor "${source}"; use it as "*${source.slice(1)}", or remove it`,
        fix: { title: 'Remove the anchor', edits: [{ range: withBlanks(text, range), text: '' }], guess: true },
      };
    }
  },
};

/** An alias means the last anchor of its name before it. */
function unusedIn(text: string): readonly Token[] {
  const latest = new Map<string, Token>();
  const unused = new Set<Token>();
  for (const token of tokensOf(text)) {
    const name = token.source.slice(1);
    if (token.type === 'anchor') {
      latest.set(name, token);
      unused.add(token);
    } else if (token.type === 'alias') {
      const anchor = latest.get(name);
      if (anchor !== undefined) unused.delete(anchor);
    }
  }
  return [...unused];
}

/** With the blanks behind it; at the end of a line, with those before it. */
function withBlanks(text: string, { start, end }: Range): Range {
  const behind = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const isLast = /^(?:[\r\n]|$)/.test(text.slice(end + behind, end + behind + 1));
  const before = isLast ? (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  return { start: start - before, end: end + behind };
}
