/**
 * Characters that are not seen but change how text reads: marks and overrides of direction, joiners and spaces without width,
 * separators of lines, the soft hyphen. Unicode Standard Annex 9, and CVE-2021-42574.
 */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Shows every character that could deceive the reader or steer a terminal: `␇`, `<U+202E>`. Newlines and tabs stay. */
export function showControls(text: string): string {
  return text.replaceAll(CONTROLS, picture).replaceAll(UNSEEN, codePoint);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : codePoint(character);
}

function codePoint(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
