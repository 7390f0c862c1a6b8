import { createChecker } from '../language/index.js';
import type { ParsedInventory, Project } from '../language/index.js';
import { HumanError } from '../engine/index.js';
import { draftPlan, typedValue } from '../planner/index.js';
import type { Draft, GivenFact, PlainValue, PlanProblem } from '../planner/index.js';
import { relative, sep } from 'node:path';
import type { Arguments } from './arguments.js';
import { assignment } from './arguments.js';
import type { Io } from './io.js';
import { findingLine } from './lint/formats/pretty.js';
import type { FindingLine } from './lint/formats/pretty.js';
import { many } from './lint/formats/summary.js';
import { projectWorkspace } from './projectWorkspace.js';
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
  const file = languagePath(io.cwd, runbook);
  const service = createChecker({ workspace: await projectWorkspace(file, io.cwd) });
  const project = await service.loadProject(file);
  if (project === undefined) throw new HumanError(`${runbook} cannot be read.`, 'Check the name of the file.');
  const inventoryFile = languagePath(io.cwd, inventoryName);
  const text = await fileWorkspace.readText(inventoryFile);
  if (text === undefined) throw new HumanError(`${inventoryName} cannot be read.`, 'Check the name of the file.');
  const set = args.list('set').map((item) => assignment(item, 'set'));
  const known = args.list('fact').map((item) => assignment(item, 'fact'));
  refuseRepetition('set', set);
  refuseRepetition('fact', known);
  return {
    project,
    inventory: service.parseInventory(inventoryFile, text),
    inputs: Object.fromEntries(set.map(({ name, value }) => [name, value])),
    facts: known.map(({ name, value }) => givenFact(name, value, project)),
  };
}

/** `NAME`, `NAME@HOST`; a name may have a dot in it: `upgrade.from`, `advisories.ID`. */
const OF_ROOT = /^(?<fact>upgrade\.from|(?:advisories\.)?[a-z][a-z0-9_]*)(?:@(?<host>[^@=]+))?$/;
/** The same behind the path of the step that uses the file: `STEP.NAME`, `STEP.NAME@HOST`. */
const OF_USED = /^(?<scope>.+?)\.(?<fact>upgrade\.from|(?:advisories\.)?[a-z][a-z0-9_]*)(?:@(?<host>[^@=]+))?$/;

/** A fact by its name on the command line, read by its type. A fact of the runbook itself comes before one of a file that it uses. */
function givenFact(name: string, value: string, project: Project): GivenFact {
  const [ofRoot, ofUsed] = [OF_ROOT.exec(name)?.groups, OF_USED.exec(name)?.groups];
  const declared = project.root.value?.facts ?? {};
  const isOfRoot = ofRoot?.['fact'] !== undefined && (ofRoot['fact'].includes('.') || Object.hasOwn(declared, ofRoot['fact']));
  const parts = isOfRoot ? ofRoot : (ofUsed ?? ofRoot);
  if (parts?.['fact'] === undefined)
    throw new UsageError(
      `--fact takes NAME=VALUE, NAME@HOST=VALUE or, for a file that a step uses, STEP.NAME=VALUE, not "${name}=${value}".`,
    );
  const { scope = 'main', fact, host } = parts;
  const type = scope === 'main' && Object.hasOwn(declared, fact) ? declared[fact]?.type : undefined;
  return { scope, fact, ...(host === undefined ? {} : { host }), value: typedValue(value, type) };
}

/** Of two values nobody can say which was meant. */
function refuseRepetition(option: string, given: readonly { readonly name: string }[]): void {
  const again = given.find(({ name }, index) => given.findIndex((one) => one.name === name) < index);
  if (again !== undefined) throw new UsageError(`--${option} ${again.name} is given twice; give it once.`);
}

export function draftOf(planning: Planning): Draft {
  return draftPlan(planning);
}

/** Problems of a plan, each at its place, as `lint` writes them. */
export function problemText(problems: readonly PlanProblem[], planning: Planning, io: Io): string {
  const findings = findingsOf(problems, planning, io);
  const files = new Set(findings.map(({ file }) => file)).size;
  return [
    ...findings.map((finding) => findingLine(finding, io)),
    `${many(findings.length, 'finding')} in ${many(files, 'file')}.`,
    '',
  ].join('\n');
}

/** Problems of a plan with their lines; those of one file stand together. */
export function findingsOf(problems: readonly PlanProblem[], planning: Planning, io: Pick<Io, 'cwd'>): readonly FindingLine[] {
  const byFile = new Map<string, FindingLine[]>();
  for (const { file, diagnostic } of problems) {
    const lines = file === planning.inventory.file ? planning.inventory.lines : planning.project.files.get(file)?.lines;
    byFile.set(file, [
      ...(byFile.get(file) ?? []),
      {
        file: relative(io.cwd, file).replaceAll(sep, '/'),
        place: lines?.position(diagnostic.range.start) ?? { line: 1, column: 1 },
        rule: diagnostic.code,
        severity: diagnostic.severity,
        message: diagnostic.message,
      },
    ]);
  }
  return [...byFile.values()].flat();
}
