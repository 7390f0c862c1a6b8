/** Quotes any text without NUL as one word of a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Whether a run or attempt id can be a directory name and a word of a command line as it stands. */
export function isPlainName(name: string): boolean {
  return NAME.test(name);
}
