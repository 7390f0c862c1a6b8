import type { Diagnostic } from '../diagnostic.js';

// Characters that make a reviewer see other text than the one that runs: direction marks, invisible and zero-width ones.
const HIDDEN = /[\u202A-\u202E\u2066-\u2069\u061C\u200B-\u200F\u2060\u00AD\uFEFF]/g;
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u0080-\u0084\u0086-\u009F]|\r(?!\n)/g;
/** Findings of one kind in one text; more say nothing new. */
export const MOST = 50;

/** Whether a character makes people see other text than there is. */
export function isHidden(character: string): boolean {
  return character.search(HIDDEN) >= 0;
}

/** Whether a character moves the cursor instead of being shown. A carriage return counts. */
export function isControl(character: string): boolean {
  return character.search(CONTROL) >= 0;
}

/** Characters of a text that people cannot see. Those in scripts become errors later, where it is known what is a script. */
export function checkCharacters(text: string): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const match of text.matchAll(HIDDEN)) {
    if (diagnostics.length >= MOST) break;
    const name = nameOf(match[0]);
    const [code, message] =
      match.index === 0 && match[0] === '\uFEFF'
        ? ['byte-order-mark', 'the file begins with a byte order mark; save it as UTF-8 without one']
        : ['invisible-character', `an invisible character (${name}) stands here; remove it`];
    diagnostics.push({ ...at(match.index, code, message, `Remove ${name}`, ''), severity: 'warning' });
  }
  for (const match of text.matchAll(CONTROL)) {
    if (diagnostics.length >= MOST) break;
    const carriageReturn = match[0] === '\r';
    diagnostics.push(
      carriageReturn
        ? at(
            match.index,
            'lone-carriage-return',
            'a carriage return stands alone, so that editors show other lines than YAML reads; end the line with LF or CRLF',
            endsLine(text, match.index) ? 'End the line here' : 'Put a space here',
            endsLine(text, match.index) ? '\n' : ' ',
          )
        : at(
            match.index,
            'control-character',
            `a control character (${nameOf(match[0])}) stands here; remove it`,
            'Remove the control character',
            '',
          ),
    );
  }
  return diagnostics;
}

/** Whether what follows can be a line of its own: where no line ends otherwise, or where it is indented as its line is. */
function endsLine(text: string, index: number): boolean {
  if (!text.includes('\n')) return true;
  const lineStart = text.lastIndexOf('\n', index) + 1;
  const indentAt = (start: number): number => (/^ */.exec(text.slice(start, start + 200)) ?? [''])[0].length;
  return indentAt(index + 1) >= indentAt(lineStart);
}

/** An invisible character in a script is no longer a blemish: what runs is not what was read. */
export function hardenInScripts(diagnostics: readonly Diagnostic[], scripts: readonly { start: number; end: number }[]): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const inside =
      diagnostic.code === 'invisible-character' &&
      scripts.some(({ start, end }) => diagnostic.range.start >= start && diagnostic.range.end <= end);
    return inside ? { ...diagnostic, severity: 'error' } : diagnostic;
  });
}

function at(index: number, code: string, message: string, title: string, text: string): Diagnostic {
  const range = { start: index, end: index + 1 };
  return { code, severity: 'error', range, message, fix: { title, edits: [{ range, text }] } };
}

/** The number of a character, as people look it up. */
export function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
