import { dirname, relative, resolve, sep } from 'node:path';
import { excluder, RULE_CARDS } from '../review/index.js';
import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { readBaselineFile, writeBaselineFile } from './lint/baselineFile.js';
import { readConfiguration } from './lint/configurationFile.js';
import type { ReadConfiguration } from './lint/configurationFile.js';
import { examine } from './lint/examine.js';
import type { Examination, LintRequest } from './lint/examine.js';
import { fixFiles } from './lint/fixing.js';
import type { Fixed } from './lint/fixing.js';
import { refuseOverwriting } from './lint/outputFiles.js';
import { outputsOf, writeOutputs } from './lint/outputs.js';
import { reportedName } from './lint/places.js';
import { failsBy, reportOf } from './lint/reporting.js';
import { explainRule, listRules } from './lint/rules.js';
import { selectFiles, treesAround } from './lint/selection.js';
import type { Selection } from './lint/selection.js';
import { visible } from './reporters/visible.js';
import { UsageError } from './usage.js';
import { languagePath } from './workspace.js';

/** `runbook lint`: what the editor would mark, for people and for pull requests. */
export async function lint(args: Arguments, io: Io): Promise<ExitCode> {
  const explained = args.text('explain');
  if (explained === undefined && !args.flag('list-rules')) return check(args, io);
  const others = args.given.filter((name) => name !== 'explain' && name !== 'list-rules' && (explained !== undefined || name !== 'format'));
  if (others[0] !== undefined || args.operands.length > 0 || (explained !== undefined && args.flag('list-rules')))
    throw new UsageError('--explain and --list-rules stand alone; only --list-rules takes a --format.', 'lint');
  if (explained === undefined) listRules(args, io);
  else explainRule(explained, io);
  return ExitCode.ok;
}

async function check(args: Arguments, io: Io): Promise<ExitCode> {
  const outputs = outputsOf(args);
  const { selection, texts } = await whatIsAsked(args, io);
  const read = await readConfiguration(args, io.cwd, selection.root);
  const name = args.text('baseline');
  const files = outputs.flatMap(({ file }) => file ?? []);
  await refuseOverwriting(files, [name, read.source?.file], io.cwd, 'lint');
  const shellcheck = args.flag('shellcheck') ? await shellCheckOf(io, selection) : undefined;
  const excludes = excludedBy(read);
  const matched = selection.files.filter((file) => !excludes(file));
  const refused = selection.refused.filter(({ file }) => !excludes(file));
  const nothing = nothingToCheck(selection, matched.length + refused.length);
  if (nothing !== undefined) {
    io.err(nothing);
    // A hook hands over what has changed, and that may well be something that is left out.
    if (!selection.byName) return ExitCode.internal;
  } else
    for (const operand of selection.unmatched)
      io.err(`Nothing to check at ${visible(operand)}: no *.runbook.yaml or *.inventory.yaml is there.\n`);
  const reference = args.text('changed-since');
  const changes =
    reference === undefined ? undefined : await (await import('./lint/changes.js')).changesSince(reference, matched, selection, io);
  const writes = args.flag('write-baseline');
  if (writes && name === undefined) throw new UsageError('Name the file to write with --baseline FILE.', 'lint');
  const request: LintRequest = {
    selection: { ...selection, whole: selection.whole && changes === undefined },
    files: changes === undefined ? matched : changes.affected,
    excluding: matched.length < selection.files.length,
    refused,
    read,
    changes,
    baseline: name === undefined ? undefined : await readBaselineFile(io.cwd, name, writes),
    shellcheck,
  };
  const examination = await result(args, request, texts, io);
  const report = await reportOf(examination, request, io.cwd);
  const sources = new Map([...examination.texts].map(([file, text]) => [reportedName(io.cwd, file), text]));
  const { failOn } = read.configuration;
  await writeOutputs(outputs, report, { cards: RULE_CARDS, sources, failOn }, io);
  return report.findings.some(failsBy(failOn)) ? ExitCode.failed : ExitCode.ok;
}

async function result(args: Arguments, request: LintRequest, texts: ReadonlyMap<string, string>, io: Io): Promise<Examination> {
  const examination = args.flag('fix') ? await mended(request, texts, io) : await examine(request, texts);
  if (!args.flag('write-baseline') || request.baseline === undefined) return examination;
  const { counted, told } = examination;
  const baseline = await writeBaselineFile(request.baseline, counted, { ...request.selection, told });
  const count = baseline.content.entries.length;
  io.err(`${visible(reportedName(io.cwd, baseline.file))} holds ${String(count)} ${count === 1 ? 'finding' : 'findings'} now.\n`);
  return examine({ ...request, baseline }, texts);
}

async function mended(request: LintRequest, texts: ReadonlyMap<string, string>, io: Io): Promise<Examination> {
  if (texts.size > 0) throw new UsageError('--fix writes files, and standard input is none.', 'lint');
  const fixed = await fixFiles(request);
  io.err(fixedText(fixed, io.cwd));
  return fixed.examination;
}

/** The files that the operands name, and the text that stands for one of them where `-` is among them. */
async function whatIsAsked(
  args: Arguments,
  io: Io,
): Promise<{ readonly selection: Selection; readonly texts: ReadonlyMap<string, string> }> {
  const name = args.text('stdin-filename');
  const operands = args.operands.filter((operand) => operand !== '-');
  if (operands.length === args.operands.length) {
    if (name !== undefined) throw new UsageError('--stdin-filename says what "-" is; add "-" to check standard input.', 'lint');
    return { selection: await selectFiles(io.cwd, operands), texts: new Map() };
  }
  if (name === undefined) throw new UsageError('Say with --stdin-filename NAME which file standard input stands for.', 'lint');
  if (operands.length > 0) throw new UsageError('Standard input is checked by itself; name no other file beside "-".', 'lint');
  if (!/\.(runbook|inventory)\.ya?ml$/.test(name))
    throw new UsageError(`${name} is neither a runbook nor an inventory: their names end in .runbook.yaml and .inventory.yaml.`, 'lint');
  if (args.text('changed-since') !== undefined) throw new UsageError('--changed-since compares files, and standard input is none.', 'lint');
  if (io.input === undefined) throw new UsageError('There is no standard input.', 'lint');
  const file = languagePath(io.cwd, name);
  const roots = await treesAround(io.cwd, dirname(file));
  const selection = { files: [file], refused: [], root: languagePath(io.cwd, roots[0]), roots, whole: false, unmatched: [], byName: true };
  return { selection, texts: new Map([[file, await io.input()]]) };
}

async function shellCheckOf(io: Io, { roots }: Selection): Promise<string> {
  const { findShellCheck } = await import('../shellcheck/index.js');
  const found = await findShellCheck(io.env['PATH'], roots);
  if (found === undefined)
    throw new UsageError(
      '--shellcheck asks ShellCheck, and there is none on the PATH outside of this tree. Install it, or leave it out.',
      'lint',
    );
  return found;
}

/** What to say where no file is left to check; undefined where there is one. */
function nothingToCheck({ files, refused }: Selection, left: number): string | undefined {
  if (left > 0) return undefined;
  return files.length + refused.length === 0
    ? 'Nothing to check: no *.runbook.yaml or *.inventory.yaml was found. Name files, folders or patterns.\n'
    : 'Nothing to check: "exclude" in the configuration leaves out everything that was named.\n';
}

/** Whether the configuration leaves a file out. */
function excludedBy({ folder, configuration }: ReadConfiguration): (file: string) => boolean {
  const excludes = excluder(configuration.exclude);
  return (file) => excludes(relative(folder, resolve(file)).replaceAll(sep, '/'));
}

function fixedText({ written, left }: Fixed, cwd: string): string {
  const name = (file: string): string => visible(reportedName(cwd, file));
  const lines = [
    ...written.map(({ file, count }) => `Mended ${String(count)} ${count === 1 ? 'finding' : 'findings'} in ${name(file)}.`),
    ...left.map(({ file, why }) => `Left ${name(file)} as it is: ${why}.`),
  ];
  return lines.length === 0 ? 'Nothing to mend.\n' : `${lines.join('\n')}\n`;
}
