import { CST, Lexer } from 'yaml';

/** One word of YAML, with what its place says about the structure. */
export interface Token {
  readonly type: NonNullable<ReturnType<typeof CST.tokenType>> | 'unknown';
  readonly source: string;
  readonly offset: number;
  /** Offset from the start of its line. */
  readonly column: number;
  /** Flow collections around it. */
  readonly flow: number;
}

const MARKS = new Set(['\u0002', '\u001f', '\u0018']);

/** Reads the words of a text one by one, without building anything: safe on text of any shape. */
export function* tokensOf(text: string): Generator<Token> {
  let offset = 0;
  let lineStart = 0;
  let flow = 0;
  let scalarNext = false;
  for (const source of new Lexer().lex(text)) {
    if (!scalarNext && MARKS.has(source)) {
      scalarNext = source === '\u001f';
      if (source === '\u0018') flow = 0;
      continue;
    }
    const type = scalarNext ? 'scalar' : (CST.tokenType(source) ?? 'unknown');
    scalarNext = false;
    if (type === 'flow-map-end' || type === 'flow-seq-end') flow = Math.max(0, flow - 1);
    yield { type, source, offset, column: offset - lineStart, flow };
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow++;
    const lastBreak = source.lastIndexOf('\n');
    if (lastBreak >= 0) lineStart = offset + lastBreak + 1;
    offset += source.length;
  }
}
