import { isAbsolute, resolve } from 'node:path';
import { lstatSync } from 'node:fs';
import { HumanError } from '../../engine/index.js';

/** The file an operand means: one with a separator or the ending of a journal in it is a path, anything else the name of a run. */
export function journalFile(operand: string, cwd: string): string | undefined {
  const isPath = isAbsolute(operand) || /[/\\]/.test(operand) || operand.endsWith('.jsonl');
  if (!isPath) return undefined;
  const file = resolve(cwd, operand);
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new HumanError(`${operand} is no file that can be read.`, 'Give the journal.jsonl of a run, or the name of the run.');
  return file;
}
