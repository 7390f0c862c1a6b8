/** Text as a quoted YAML scalar on one line. */
export function quoteYaml(text: string): string {
  return text.includes("'") && !/["\\]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "''")}'`;
}

/** End of the value that begins at an offset, on its line: before a comment or trailing blanks and, in a flow collection, before `,` or a closing bracket. */
export function endOfValue(text: string, start: number, inFlow: boolean): number {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') {
    if (inFlow && (text[end] === ',' || text[end] === '}' || text[end] === ']')) break;
    if (text[end] === '#' && /[ \t]/.test(text[end - 1] ?? '')) break;
    end++;
  }
  while (end > start && /[ \t]/.test(text[end - 1] as string)) end--;
  return end;
}
