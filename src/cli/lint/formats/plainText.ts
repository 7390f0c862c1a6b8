import { visible } from '../../reporters/visible.js';

/** Where a command begins that build servers take from any place in a line: `##[error]`, `##vso[…]`, `##teamcity[…]`. */
const LOG_COMMAND = /#(?=\p{M}*#[\p{M}a-z]*\[)/giu;

/** What tells problem matchers where the name of the file ends. */
const END_OF_FILE_NAME = /:(?=\d+:\d+: (?:error|warning|information) )/g;

/** Characters that JSON does not escape by itself and that a terminal obeys or does not show. */
const UNSEEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** A text that can stand in a line of a log: one line, which is neither a command nor the place of a finding. */
export function plainText(text: string): string {
  return withoutCommands(visible(text), '\\u0023').replaceAll(END_OF_FILE_NAME, '\\u003a');
}

/** A file name that can begin a line of a log; a colon at the beginning of a line can make it a command. */
export function plainFile(file: string): string {
  return plainText(/^[\p{L}\p{N}._/]/u.test(file) ? file : `./${file}`);
}

/** The text with `escape` for the first character of everything that a build server takes for a command. */
export function withoutCommands(text: string, escape: string): string {
  return text.replaceAll(LOG_COMMAND, escape);
}

/** JSON that can stand in a log: the same value, in characters that are seen, and no string in it reads as a command to a build server. */
export function plainJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replaceAll(UNSEEN_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
  return `${withoutCommands(json, '\\u0023')}\n`;
}
