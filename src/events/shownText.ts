/**
 * Characters that steer a terminal, turn the direction of text, or are not seen at all: controls, formats (Unicode Standard Annex 9, and
 * CVE-2021-42574), separators of lines, halves of pairs, and letters without a shape. A joiner between letters or pictures is part of
 * what is seen and stays; so do line feeds and tabs.
 */
const UNSEEN =
  /(?!(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}]))(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** Shows every character that could deceive the reader or steer a terminal: `␇`, `<U+202E>`. Line feeds and tabs stay. */
export function showControls(text: string): string {
  return text.replaceAll(UNSEEN, picture);
}

/** The same for a place that has one line: a label, a heading, a line of a log. */
export function showInLine(text: string): string {
  return showControls(text.trim().replaceAll(/\s*[\n\t]\s*/g, ' '));
}

function picture(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
