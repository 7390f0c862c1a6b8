/** Where the command line reads and writes; tests give it others than the process has. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A person sits at it: progress may be rewritten in place and questions asked. */
  readonly interactive: boolean;
  /** Width of the terminal in characters; undefined where there is none. */
  readonly columns: () => number | undefined;
  readonly color: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard input to its end, as text; absent where there is none. */
  readonly input?: () => Promise<string>;
}

/** The process's own streams. */
export function processIo(): Io {
  const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    // Asking opens standard input: only who wants to know should wait for it.
    get interactive() {
      return process.stdout.isTTY && process.stdin.isTTY;
    },
    columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
    color,
    cwd: process.cwd(),
    env: process.env,
    input: async () => (await import('node:stream/consumers')).text(process.stdin),
  };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;

/** Paints text where colours are wanted. */
export function paint(io: Pick<Io, 'color'>, style: keyof typeof CODES, text: string): string {
  return io.color && text !== '' ? `\u001b[${String(CODES[style])}m${text}\u001b[0m` : text;
}
