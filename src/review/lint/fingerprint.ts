import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { LineIndex } from '../../language/index.js';
import type { Diagnostic } from '../../language/index.js';

const BYTES = 16;

/**
 * What findings of one file are known by, in the order given: 32 hexadecimal digits, made of the file, the rule, the ids of the list items around
 * the place, the line it begins on without its blanks, and its number among those that are alike. So they stay when lines above come and go.
 * `file` is relative to the tree, so that they are the same wherever the tree lies.
 */
export function fingerprintsOf(file: string, text: string, findings: readonly Pick<Diagnostic, 'code' | 'range'>[]): readonly string[] {
  if (findings.length === 0) return [];
  const lines = new LineIndex(text);
  const outline = new Outline(text);
  const times = new Map<string, number>();
  return findings.map(({ code, range }) => {
    const line = lines.position(range.start).line - 1;
    const alike = JSON.stringify([file, code, outline.path(line), outline.words(line)]);
    const time = times.get(alike) ?? 0;
    times.set(alike, time + 1);
    return bytesToHex(sha256(utf8ToBytes(`${alike} ${String(time)}`)).subarray(0, BYTES));
  });
}

/** Which list items lie around a line, going by indentation alone: cheap, and the same for sound and broken text. */
class Outline {
  readonly #lines: readonly string[];
  /** Of each line: the nearest one above that is indented less. */
  readonly #parents: number[] = [];
  readonly #ids = new Map<number, string>();

  constructor(text: string) {
    this.#lines = text.split(/\r\n|\n|\r/);
    const open: { line: number; indent: number }[] = [];
    for (const [line, content] of this.#lines.entries()) {
      const indent = content.search(/[^ \t]/);
      if (indent < 0 || content[indent] === '#') {
        this.#parents.push(open.at(-1)?.line ?? -1);
        continue;
      }
      while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
      const parent = open.at(-1)?.line ?? -1;
      this.#parents.push(parent);
      const id = /^[ \t]*(- +)?\{? *id: *["']?([A-Za-z0-9_-]+)/.exec(content);
      const owner = id?.[1] === undefined ? parent : line;
      if (id?.[2] !== undefined && /^[ \t]*- /.test(this.#lines[owner] ?? '')) this.#ids.set(owner, id[2]);
      open.push({ line, indent });
    }
  }

  path(line: number): string {
    const ids: string[] = [];
    for (let at = line; at >= 0; at = this.#parents[at] ?? -1) {
      const id = this.#ids.get(at);
      if (id !== undefined) ids.push(id);
    }
    return ids.reverse().join('/');
  }

  words(line: number): string {
    return (this.#lines[line] ?? '').trim().replace(/\s+/g, ' ');
  }
}
