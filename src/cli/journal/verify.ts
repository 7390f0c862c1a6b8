import { verifyJournal, verifyRuns } from '../../engine/index.js';
import type { JournalVerdict } from '../../engine/index.js';
import type { Arguments } from '../arguments.js';
import { stateDirectory } from '../engineFor.js';
import { ExitCode } from '../exitCodes.js';
import { paint } from '../io.js';
import type { Io } from '../io.js';
import { plainJson } from '../lint/formats/plainText.js';
import { visible } from '../reporters/visible.js';
import { UsageError } from '../usage.js';
import { journalFile } from './journalNamed.js';

const HASH = /^[0-9a-f]{64}$/i;

/** `runbook journal verify`: checks one journal, or those of all runs, from the first byte to the last. */
export function verify(operand: string | undefined, args: Arguments, io: Io): Promise<ExitCode> {
  const head = args.text('head');
  if (head !== undefined && !HASH.test(head))
    throw new UsageError('--head takes the 64 hexadecimal digits that a report ends with.', 'journal');
  if (head !== undefined && operand === undefined) throw new UsageError('--head is about one run; name it.', 'journal');
  const file = operand === undefined ? undefined : journalFile(operand, io.cwd);
  const verdicts = file === undefined ? verifyRuns(stateDirectory(args), operand, head) : [verifyJournal(file, undefined, head)];
  if (args.flag('json')) io.out(plainJson({ format: 1, journals: verdicts.map((verdict) => jsonOf(verdict, head)) }));
  else if (verdicts.length === 0) io.out('There are no runs here.\n');
  else for (const verdict of verdicts) io.out(textOf(verdict, head, io));
  return Promise.resolve(exitCodeOf(verdicts, head));
}

function textOf(verdict: JournalVerdict, head: string | undefined, io: Io): string {
  const style = verdict.condition === 'sound' ? 'green' : verdict.condition === 'torn' ? 'yellow' : 'red';
  const lines = [
    `${paint(io, style, verdict.condition.padEnd(10))} ${visible(verdict.run ?? verdict.file)}`,
    `  ${visible(verdict.text)}`,
    ...(verdict.head === '' ? [] : [`  head ${verdict.head}`]),
    ...(head === undefined ? [] : [`  ${headText(verdict)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function headText({ asked, records }: JournalVerdict): string {
  if (asked === undefined)
    return 'The hash that was asked for is not in it: this is not the journal that report was made of, or it was written anew.';
  return asked === records
    ? 'The hash that was asked for is its head.'
    : `The hash that was asked for is that of record ${String(asked)}; the run went on since.`;
}

function jsonOf(
  { run, file, condition, text, records, soundBytes, head, asked, holder }: JournalVerdict,
  wanted: string | undefined,
): object {
  return {
    ...(run === undefined ? {} : { run }),
    file,
    condition,
    text,
    records,
    sound_bytes: soundBytes,
    head,
    ...(wanted === undefined ? {} : { asked_record: asked ?? null }),
    being_written: holder !== undefined,
  };
}

function exitCodeOf(verdicts: readonly JournalVerdict[], head: string | undefined): ExitCode {
  if (verdicts.length === 0) return ExitCode.internal;
  if (verdicts.some(({ condition }) => condition === 'newer' || condition === 'unreadable')) return ExitCode.usage;
  const fine = verdicts.every(({ condition, asked, holder }) => {
    const whole = condition === 'sound' || (condition === 'torn' && holder !== undefined);
    return whole && (head === undefined || asked !== undefined);
  });
  return fine ? ExitCode.ok : ExitCode.failed;
}
