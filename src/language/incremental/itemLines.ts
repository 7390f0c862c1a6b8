const SPACE = 32;
const HASH = 35;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Behind the last line of an item of a block list that begins at `start` with its dash in the column `indent`: everything that is indented deeper,
 * blank lines and comments. Whatever reads YAML is between two items again when it comes there, or has left something open.
 */
export function endOfItem(text: string, start: number, indent: number): number {
  let line = nextLine(text, start);
  while (line < text.length) {
    let at = line;
    while (text.charCodeAt(at) === SPACE) at++;
    const first = text.charCodeAt(at);
    const isBlank = at >= text.length || first === LINE_FEED || first === CARRIAGE_RETURN || first === HASH;
    if (!isBlank && at - line <= indent) return line;
    line = nextLine(text, at);
  }
  return text.length;
}

function nextLine(text: string, at: number): number {
  const lineBreak = text.indexOf('\n', at);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}
