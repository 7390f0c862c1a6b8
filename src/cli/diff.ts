import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createChecker, isInventoryFile } from '../language/index.js';
import type { Arguments } from './arguments.js';
import { examine } from './diff/examine.js';
import type { AskedInventory, Examined } from './diff/examine.js';
import { fileSide } from './diff/fileSides.js';
import { gitSides, isRange } from './diff/gitSides.js';
import type { GitSides } from './diff/gitSides.js';
import { diffOutputs, writeDiff } from './diff/outputs.js';
import { changedPairs } from './diff/pairs.js';
import type { DocumentPair } from './diff/pairs.js';
import { policyOf } from './diff/policyFile.js';
import { changesOf } from './diff/report.js';
import { reportOf } from './diff/reporting.js';
import { SideReader } from './diff/sides.js';
import type { Side } from './diff/sides.js';
import { specialChanges } from './diff/special.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { refuseOverwriting } from './lint/outputFiles.js';
import { fileWorkspace, languagePath } from './workspace.js';
import { UsageError } from './usage.js';

/** What is compared: documents by their names on two sides. */
interface Comparison {
  readonly old: Side;
  readonly now: Side;
  readonly pairs: readonly DocumentPair[];
  /** The repository, where the sides are commits of it. */
  readonly git: GitSides | undefined;
}

/** `runbook diff`: what a change means, for whoever approves it. Opens no work tree but for two files that are named. */
export async function diff(args: Arguments, io: Io): Promise<ExitCode> {
  const outputs = diffOutputs(args);
  const files = outputs.flatMap(({ file }) => file ?? []);
  await refuseOverwriting(files, [args.text('policy'), args.text('inventory')], io.cwd, 'diff');
  const comparison = await whatIsCompared(args.operands, io);
  const { old, now, pairs } = comparison;
  const policy = await policyOf(args.text('policy'), comparison, io);
  const [before, after] = [new SideReader(old), new SideReader(now)];
  const inventory = args.text('inventory');
  const asked = inventory === undefined ? undefined : await askedInventory(inventory, comparison, before, after, io);
  const examined: Examined[] = specialChanges(old, now, pairs);
  for (const pair of pairs) examined.push(await examine(pair, before, after, asked));
  const report = await reportOf(examined, { old, now, policy });
  await writeDiff(outputs, report, io);
  return changesOf(report).some(({ minded }) => minded) ? ExitCode.failed : ExitCode.ok;
}

async function whatIsCompared(operands: readonly string[], io: Io): Promise<Comparison> {
  const [first, ...more] = operands;
  if (first === undefined) throw new UsageError('Name two commits, as in main..HEAD, or two files.', 'diff');
  if (isRange(first)) return commits(first, more, io);
  const [second, ...rest] = more;
  if (second === undefined || rest.length > 0) throw new UsageError('Name two commits, as in main..HEAD, or two files.', 'diff');
  const [old, now] = [await fileSide(first, io), await fileSide(second, io)];
  if (isInventoryFile(old.file) !== isInventoryFile(now.file))
    throw new UsageError('A runbook is compared with a runbook, and an inventory with an inventory.', 'diff');
  const kind = isInventoryFile(now.file) ? 'inventory' : 'runbook';
  return { old: old.side, now: now.side, pairs: [{ kind, old: old.file, now: now.file }], git: undefined };
}

async function commits(range: string, operands: readonly string[], io: Io): Promise<Comparison> {
  const git = await gitSides(range, io);
  const { old, now } = git;
  const pairs = await changedPairs(old, now);
  const asked = operands.map((operand) => askedName(operand, git));
  const isAsked = (file: string | undefined): boolean =>
    file !== undefined && asked.some((name) => name === '' || file === name || file.startsWith(`${name}/`));
  return { old, now, git, pairs: asked.length === 0 ? pairs : pairs.filter((pair) => isAsked(pair.old) || isAsked(pair.now)) };
}

/** A file or a folder that one of the two commits has. */
function askedName(operand: string, { old, now, nameOf }: GitSides): string {
  const name = nameOf(operand);
  const isThere = [...old.files, ...now.files, ...old.special.keys(), ...now.special.keys()].some(
    (file) => name === '' || file === name || file.startsWith(`${name ?? ''}/`),
  );
  if (name === undefined || !isThere)
    throw new UsageError(`Neither ${old.name} nor ${now.name} has a runbook or an inventory at ${operand}.`, 'diff');
  return name;
}

/** The inventory of both commits; one that neither of them has is read from this machine, and is the same for both. */
async function askedInventory(
  operand: string,
  { git, old, now }: Comparison,
  before: SideReader,
  after: SideReader,
  io: Pick<Io, 'cwd'>,
): Promise<AskedInventory> {
  if (!isInventoryFile(operand)) throw new UsageError(`${operand} is no inventory: its name ends in .inventory.yaml.`, 'diff');
  const name = git?.nameOf(operand);
  const inOld = name === undefined || old.mark(name) === undefined ? undefined : await before.inventory(name);
  const inNow = name === undefined || now.mark(name) === undefined ? undefined : await after.inventory(name);
  const [one, other] = [inOld ?? inNow, inNow ?? inOld];
  if (one !== undefined && other !== undefined) return { old: one, now: other };
  const path = resolve(io.cwd, operand);
  const text = (await stat(path).catch(() => undefined))?.isFile() === true ? await fileWorkspace.readText(path) : undefined;
  if (text === undefined) throw new UsageError(`${operand} cannot be read.`, 'diff');
  const parsed = createChecker({ workspace: fileWorkspace }).parseInventory(languagePath(io.cwd, operand), text);
  return { old: parsed, now: parsed };
}
