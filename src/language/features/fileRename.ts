import { resolveFile } from '../model/useReference.js';
import { quoteYaml } from '../text/quote.js';
import type { TextEdit } from '../text/range.js';
import type { FileEdits } from './rename.js';
import type { PathMention, SymbolTable } from './symbols/symbol.js';

/** A file or folder that gets another place. */
export interface FileMove {
  readonly from: string;
  readonly to: string;
}

/**
 * The edits that keep every path in runbooks right when files or folders move: of what is used and followed, of figures, files to upload and
 * links. They are made in the files at their old places.
 */
export function fileMoveEdits(tables: Iterable<SymbolTable>, moves: readonly FileMove[]): FileEdits {
  const edits = new Map<string, TextEdit[]>();
  for (const { file, text, paths } of tables) {
    const ofFile = paths.flatMap((mention) => editOf(mention, file, text, moves) ?? []);
    if (ofFile.length > 0) edits.set(file, ofFile);
  }
  return { edits };
}

function editOf(mention: PathMention, holder: string, text: string, moves: readonly FileMove[]): TextEdit | undefined {
  const from = moved(holder, moves);
  const to = moved(mention.target, moves);
  if (from === holder && to === mention.target) return undefined;
  if (resolveFile(from, mention.path) === to) return undefined;
  const path = relativePath(from, to, mention.path.startsWith('./'));
  const isPlain = mention.exact && mention.range.start === mention.scalar.start;
  const isQuoted = mention.exact && /["']/.test(text[mention.scalar.start] ?? '');
  if ((isPlain && isSafe(path)) || (isQuoted && !/["'\\]/.test(path))) return { range: mention.range, text: path };
  return { range: mention.scalar, text: quoteYaml(path + mention.rest) };
}

function moved(file: string, moves: readonly FileMove[]): string {
  for (const { from, to } of moves) {
    if (file === from) return to;
    if (file.startsWith(`${from}/`)) return to + file.slice(from.length);
  }
  return file;
}

/** A path from the folder of one file to another. */
export function relativePath(from: string, to: string, withDot: boolean): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  const up = here.slice(shared).map(() => '..');
  const path = [...up, ...there.slice(shared)].join('/');
  return withDot && up.length === 0 ? `./${path}` : path;
}

/** It needs no quotes wherever a scalar may stand. */
function isSafe(path: string): boolean {
  return /^[A-Za-z0-9_./-][\w./@+-]*$/.test(path) && !/^(?:-|\.\.\.$)/.test(path);
}
