/** How many problems a text has, in words. */
export function problemsText(errors: number, warnings: number, hints: number): string {
  const parts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(hints, 'remark')].filter((part) => part !== '');
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}
