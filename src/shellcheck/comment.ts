import type { Range } from '../language/index.js';

/** One remark of ShellCheck, with places as offsets in the script. */
export interface Comment {
  /** `SC2086` */
  readonly code: string;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  readonly message: string;
  readonly range: Range;
  readonly replacements: readonly Replacement[];
}

/** Text that takes the place of a part of the script. */
export interface Replacement {
  readonly range: Range;
  readonly text: string;
}

const LEVELS: readonly unknown[] = ['error', 'warning', 'info', 'style'] satisfies readonly Comment['level'][];

/** Where ShellCheck explains one of its codes. */
export function shellCheckPage(code: string): string {
  return `https://www.shellcheck.net/wiki/${code}`;
}

/** Reads the answer of ShellCheck about a script that stood behind one line of our own. Undefined when it is not such an answer. */
export function readComments(output: string, script: string): readonly Comment[] | undefined {
  const offsetOf = offsets(script);
  try {
    const { comments } = JSON.parse(output) as { comments: readonly unknown[] };
    return comments.map((comment) => readComment(comment as Members, offsetOf));
  } catch {
    return undefined;
  }
}

type Members = Readonly<Record<string, unknown>>;
type OffsetOf = (line: number, column: number) => number;

function readComment(comment: Members, offsetOf: OffsetOf): Comment {
  const { level, code, message, fix } = comment;
  if (!LEVELS.includes(level) || !Number.isSafeInteger(code) || typeof message !== 'string') throw new TypeError('not a comment');
  return {
    code: `SC${String(code)}`,
    level: level as Comment['level'],
    message: message.replaceAll(/\s+/g, ' ').trim(),
    range: readRange(comment, offsetOf),
    replacements: typeof fix !== 'object' || fix === null ? [] : readReplacements(fix as Members, offsetOf),
  };
}

function readReplacements(fix: Members, offsetOf: OffsetOf): readonly Replacement[] {
  return (fix['replacements'] as readonly Members[]).map((part) => {
    const text = part['replacement'];
    if (typeof text !== 'string') throw new TypeError('not a replacement');
    return { range: readRange(part, offsetOf), text };
  });
}

function readRange({ line, column, endLine, endColumn }: Members, offsetOf: OffsetOf): Range {
  const numbers = [line, column, endLine, endColumn];
  if (!numbers.every(Number.isSafeInteger)) throw new TypeError('not a place');
  const start = offsetOf(line as number, column as number);
  return { start, end: Math.max(start, offsetOf(endLine as number, endColumn as number)) };
}

/** Turns lines, which count ours as the first, and columns, which count whole characters, into offsets; those outside give the nearest end. */
function offsets(script: string): OffsetOf {
  const lines = script.split('\n');
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + 1;
  }
  return (line, column) => {
    const index = line - 2;
    const text = lines[index];
    if (text === undefined) return index < 0 ? 0 : script.length;
    let units = 0;
    for (let left = column - 1; left > 0 && units < text.length; left--) units += (text.codePointAt(units) as number) > 0xffff ? 2 : 1;
    return (starts[index] as number) + units;
  };
}
