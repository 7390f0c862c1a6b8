import { createLanguageService } from '../language/index.js';
import type { ParsedInventory, Project } from '../language/index.js';
import { HumanError } from '../engine/index.js';
import { draftPlan, typedValue } from '../planner/index.js';
import type { Draft, GivenFact, PlainValue, PlanProblem } from '../planner/index.js';
import { relative, sep } from 'node:path';
import type { Arguments } from './arguments.js';
import { assignment } from './arguments.js';
import type { Io } from './io.js';
import { formatFindings } from './reporters/findings.js';
import type { FileFindings } from './reporters/findings.js';
import { LineIndex } from '../language/index.js';
import { UsageError } from './usage.js';
import { fileWorkspace, languagePath } from './workspace.js';

/** What a command line says about a plan, with its files read. */
export interface Planning {
  readonly project: Project;
  readonly inventory: ParsedInventory;
  readonly inputs: Readonly<Record<string, PlainValue>>;
  readonly facts: readonly GivenFact[];
}

/** Reads the runbook and the inventory a command line names. Throws a HumanError when one cannot be read. */
export async function readPlanning(args: Arguments, io: Io): Promise<Planning> {
  const [runbook, ...more] = args.operands;
  if (runbook === undefined || more.length > 0) throw new UsageError('Name one runbook.');
  const inventoryName = args.text('inventory');
  if (inventoryName === undefined) throw new UsageError('Name the environment with --inventory FILE.');
  const service = createLanguageService({ workspace: fileWorkspace });
  const project = await service.loadProject(languagePath(io.cwd, runbook));
  if (project === undefined) throw new HumanError(`${runbook} cannot be read.`, 'Check the name of the file.');
  const inventoryFile = languagePath(io.cwd, inventoryName);
  const text = await fileWorkspace.readText(inventoryFile);
  if (text === undefined) throw new HumanError(`${inventoryName} cannot be read.`, 'Check the name of the file.');
  const inputs = Object.fromEntries(
    args
      .list('set')
      .map((item) => assignment(item, 'set'))
      .map(({ name, value }) => [name, value]),
  );
  return {
    project,
    inventory: service.parseInventory(inventoryFile, text),
    inputs,
    facts: args.list('fact').map((item) => givenFact(item, project)),
  };
}

/** `NAME=VALUE` or `NAME@HOST=VALUE`, read by the type of the fact. */
function givenFact(text: string, project: Project): GivenFact {
  const { name, value } = assignment(text, 'fact');
  const [fact = '', host] = name.split('@');
  const type = project.root.value?.facts?.[fact]?.type;
  return { scope: 'main', fact, ...(host === undefined ? {} : { host }), value: typedValue(value, type) };
}

export function draftOf(planning: Planning): Draft {
  return draftPlan(planning);
}

/** Problems of a plan, each at its place, as `lint` writes them. */
export function problemText(problems: readonly PlanProblem[], planning: Planning, io: Io): string {
  return formatFindings('pretty', findingsOf(problems, planning, io), io);
}

/** Problems of a plan by the files they are in. */
export function findingsOf(problems: readonly PlanProblem[], planning: Planning, io: Pick<Io, 'cwd'>): readonly FileFindings[] {
  const byFile = new Map<string, PlanProblem[]>();
  for (const problem of problems) byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), problem]);
  return [...byFile].map(([file, list]) => ({
    file: relative(io.cwd, file).replaceAll(sep, '/'),
    lines: file === planning.inventory.file ? planning.inventory.lines : (planning.project.files.get(file)?.lines ?? new LineIndex('')),
    diagnostics: list.map(({ diagnostic }) => diagnostic),
  }));
}
