/**
 * What GitHub and GitLab make something of beyond Markdown itself, wherever it stands: people and teams, issues, merge requests, labels, commits,
 * addresses, pictures by name, formulas.
 */
const REFERENCE = /[@#!%~&](?=[\w"])|\$(?=\S)|GH-\d|:\/\/|www\.|mailto:|:[\w+-]+:|\b[0-9a-f]{7,40}\b|\w@\w|\[[a-z_]+:/i;

/** Characters that mean something inside a line of Markdown. */
const SPECIAL = /[\\`*_[\]<>&~|$#@!]/g;

/** A text of one line in Markdown: it reads as it is. What a site would make a link or a mention of becomes code. */
export function inlineText(text: string): string {
  return text
    .split(/( +)/)
    .map((part) => (REFERENCE.test(part) ? inlineCode(part) : part.replaceAll(SPECIAL, '\\$&')))
    .join('');
}

/** A text of one line as code in Markdown. */
export function inlineCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const isAmbiguous = /^`|`$|^ .* $/.test(text) && text.trim() !== '';
  return isAmbiguous ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
