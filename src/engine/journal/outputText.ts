import { join } from 'node:path';
import type { OutputRef } from '../../events/index.js';
import { plainText } from '../terminal/escapeFilter.js';
import { lastLines } from './outputFile.js';

/** The end of the output of an attempt, as text that steers nothing. */
export interface OutputText {
  readonly text: string;
  /** Path of the file with all that was kept. */
  readonly file: string;
  /** Something stands before the text in the file. */
  readonly cut: boolean;
}

/** Reads the last lines of what an attempt has printed, at most `maxBytes` of them. `directory`: of its run. Empty where the file is gone. */
export function outputText(directory: string, { file, bytes, dropped }: OutputRef, lines: number, maxBytes: number): OutputText {
  const path = join(directory, file);
  const text = lastLines(path, lines, maxBytes);
  return { text: plainText(text), file: path, cut: Buffer.byteLength(text) + 1 < bytes - dropped };
}
