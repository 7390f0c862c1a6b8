/** The lines of what was written, moved to the left as far as the second line and those after it allow: the first stands behind its key. */
export function quotedLines(text: string): readonly string[] {
  const [first = '', ...rest] = text.trimEnd().split(/\r\n|\n|\r/);
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const least = indents.reduce((found, indent) => Math.min(found, indent), Infinity);
  return [first, ...rest.map((line) => `${/^[|>]/.test(first) ? '  ' : ''}${line.slice(Math.min(least, line.length))}`)];
}
