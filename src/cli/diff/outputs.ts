import { resolve } from 'node:path';
import type { Arguments } from '../arguments.js';
import type { Io } from '../io.js';
import { writeTrouble } from '../lint/writeTrouble.js';
import { writeWhole } from '../lint/writeWhole.js';
import { UsageError } from '../usage.js';
import { DIFF_FORMATS, formatDiff, isDiffFormat } from './formats/index.js';
import type { DiffFormat } from './formats/index.js';
import type { DiffReport } from './report.js';

/** A format, and the file it goes to; without one, to standard output. */
export interface DiffOutput {
  readonly format: DiffFormat;
  readonly file: string | undefined;
}

/** What the command line asks for. Throws {@link UsageError} for what cannot be done. */
export function diffOutputs(args: Arguments): readonly DiffOutput[] {
  const asked = args.formats.length === 0 ? [{ format: undefined, output: undefined }] : args.formats;
  const outputs = asked.map(({ format = 'pretty', output }): DiffOutput => {
    if (!isDiffFormat(format)) throw new UsageError(`--format takes ${DIFF_FORMATS.join(', ')}, not "${format}".`, 'diff');
    return { format, file: output === '-' ? undefined : output };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError('Only one format can go to standard output; give the others a file with -o.', 'diff');
  return outputs;
}

/** Writes a report in every format that is asked for; standard output comes last, when the files are there. */
export async function writeDiff(outputs: readonly DiffOutput[], report: DiffReport, io: Io): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    await writeWhole(resolve(io.cwd, file), formatDiff(format, report, { color: false })).catch((error: unknown) => {
      throw new UsageError(`${file} cannot be written: ${writeTrouble(error)}.`, 'diff');
    });
  }
  for (const { format, file } of outputs) if (file === undefined) io.out(formatDiff(format, report, io));
}
