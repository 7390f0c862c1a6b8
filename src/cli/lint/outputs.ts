import { resolve } from 'node:path';
import type { Arguments } from '../arguments.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';
import { FORMATS, formatReport, isLintFormat } from './formats/index.js';
import type { FormatOptions, LintFormat } from './formats/index.js';
import type { LintReport } from './report.js';
import { writeTrouble } from './writeTrouble.js';
import { writeWhole } from './writeWhole.js';

/** A format, and the file it goes to; without one, to standard output. */
export interface Output {
  readonly format: LintFormat;
  readonly file: string | undefined;
}

/** What the command line asks for. Throws {@link UsageError} for what cannot be done. */
export function outputsOf(args: Arguments): readonly Output[] {
  const asked = args.formats.length === 0 ? [{ format: undefined, output: undefined }] : args.formats;
  const outputs = asked.map(({ format = 'pretty', output }) => {
    if (!isLintFormat(format)) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not "${format}".`, 'lint');
    if (output?.startsWith('/dev/') === true) throw new UsageError('For standard output, write "-o -" or leave -o out.', 'lint');
    return { format, file: output === '-' ? undefined : output };
  });
  const shown = outputs.filter(({ file }) => file === undefined);
  if (shown.length > 1)
    throw new UsageError(`Only one format can go to standard output; give ${shown[0]?.format ?? 'the first'} a file with -o.`, 'lint');
  return outputs;
}

/** Writes a report in every format that is asked for; standard output comes last, when the files are there. */
export async function writeOutputs(
  outputs: readonly Output[],
  report: LintReport,
  options: Pick<FormatOptions, 'cards' | 'sources' | 'failOn'>,
  io: Io,
): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    const text = formatReport(format, report, { ...options, color: false, columns: undefined });
    await writeWhole(resolve(io.cwd, file), text).catch((error: unknown) => {
      throw new UsageError(`${file} cannot be written: ${writeTrouble(error)}.`, 'lint');
    });
  }
  for (const { format, file } of outputs)
    if (file === undefined) io.out(formatReport(format, report, { ...options, color: io.color, columns: io.columns() }));
}
