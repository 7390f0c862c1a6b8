import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { HumanError, Masker, readJournal, replay, variableOf, verifyJournal, verifyRuns } from '../../engine/index.js';
import type { RunState } from '../../events/index.js';
import type { Arguments } from '../arguments.js';
import { stateDirectory } from '../engineFor.js';
import { ExitCode } from '../exitCodes.js';
import type { Io } from '../io.js';
import { writeTrouble } from '../lint/writeTrouble.js';
import { writeWhole } from '../lint/writeWhole.js';
import { UsageError } from '../usage.js';
import type { Block } from './block.js';
import { reportHtml } from './formats/html.js';
import { reportJson } from './formats/json.js';
import { reportMarkdown } from './formats/markdown.js';
import { journalFile } from './journalNamed.js';
import { reportOf } from './report.js';
import type { ReportSource } from './report.js';

const FORMATS = ['md', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** Whoever may read the report is for the person to decide; until then it is theirs alone. */
const MODE = 0o600;

/** `runbook journal export`: a report of a run. What is masked in the journal stays so, and secrets that are known here now are masked as well. */
export async function exportRun(operand: string, args: Arguments, io: Io): Promise<ExitCode> {
  const { format, output } = outputOf(args);
  const file = output === undefined ? undefined : resolve(io.cwd, output);
  if (file !== undefined && !args.flag('force') && lstatSync(file, { throwIfNoEntry: false }) !== undefined)
    throw new UsageError(`${String(output)} is there already; name another file, or let it go with --force.`, 'journal');
  const text = written(format, sourceOf(operand, args, io), io);
  if (file === undefined) io.out(text);
  else
    await writeWhole(file, text, MODE).catch((error: unknown) => {
      throw new UsageError(`${String(output)} cannot be written: ${writeTrouble(error)}.`, 'journal');
    });
  return ExitCode.ok;
}

function outputOf(args: Arguments): { readonly format: Format; readonly output: string | undefined } {
  const [asked = { format: undefined, output: undefined }, ...more] = args.formats;
  if (more.length > 0) throw new UsageError('Ask for one format at a time.', 'journal');
  const { format = 'md', output } = asked;
  if (!FORMATS.includes(format as Format)) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not "${format}".`, 'journal');
  if (output === '') throw new UsageError('-o names no file.', 'journal');
  return { format: format as Format, output: output === '-' ? undefined : output };
}

function sourceOf(operand: string, args: Arguments, io: Io): ReportSource {
  const named = journalFile(operand, io.cwd);
  const [verdict] = named === undefined ? verifyRuns(stateDirectory(args), operand) : [verifyJournal(named)];
  if (verdict === undefined) throw new Error('internal error: a run that was found has no journal');
  const { events } = readJournal(verdict.file);
  const { state } = replay(events);
  if (state === undefined) throw new HumanError(verdict.text, 'There is nothing in it that could be reported.');
  return { state, events, verdict };
}

function written(format: Format, source: ReportSource, io: Io): string {
  const masker = secretsKnownHere(source.state, io);
  if (format === 'json') return reportJson(masker.maskDeep(source));
  const blocks: readonly Block[] = reportOf(source).map((block) => masker.maskDeep(block, ['kind', 'level']));
  if (format === 'md') return reportMarkdown(blocks);
  return reportHtml(masker.maskText(`${source.state.plan.runbook.title}: ${source.state.run}`), blocks);
}

function secretsKnownHere({ plan }: RunState, io: Io): Masker {
  const masker = new Masker();
  for (const [name, declared] of Object.entries(plan.secrets)) {
    const value = io.env[variableOf(name, declared)];
    if (value !== undefined) masker.register(value);
  }
  return masker;
}
