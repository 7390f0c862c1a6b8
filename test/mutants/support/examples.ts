import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageService } from '../../../src/language/index.js';
import type { Diagnostic, Project } from '../../../src/language/index.js';
import { diagnoseProject, draftPlan } from '../../../src/planner/index.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');

/** A folder of examples, with its runbooks and inventories as they stand in the repository. */
export interface Example {
  readonly name: string;
  /** Full names. */
  readonly runbooks: readonly string[];
  readonly inventories: readonly string[];
}

/** Every folder of `examples`. */
export const ALL_EXAMPLES: readonly Example[] = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const files = readdirSync(join(EXAMPLES, name)).map((file) => join(EXAMPLES, name, file));
    const ending = (end: string): readonly string[] => files.filter((file) => file.endsWith(end)).sort();
    return { name, runbooks: ending('.runbook.yaml'), inventories: ending('.inventory.yaml') };
  });

const originals = new Map<string, string>();

/** The text of a file of an example. */
export function textOf(file: string): string {
  const known = originals.get(file) ?? readFileSync(file, 'utf8');
  originals.set(file, known);
  return known;
}

let changed: { readonly file: string; readonly text: string } | undefined;
const service = createLanguageService({
  workspace: {
    readText: (file) => Promise.resolve(file === changed?.file ? changed.text : existsSync(file) ? textOf(file) : undefined),
  },
});

/** Reads a project in which one file says something else than in the repository. */
export async function projectWith(root: string, file: string, text: string): Promise<Project> {
  changed = { file, text };
  const project = await service.loadProject(root);
  changed = undefined;
  if (project === undefined) throw new Error(`${root} cannot be read`);
  return project;
}

/** What is said of a changed example; every runbook of its folder is asked, the cheapest question first. Ends at the first answer. */
export async function diagnosticOf(example: Example, file: string, text: string): Promise<Diagnostic | undefined> {
  if (file.endsWith('.inventory.yaml')) return ofInventory(example, file, text);
  const found = await textDiagnosticOf(example, file, text);
  if (found !== undefined) return found;
  const projects = await projectsWith(example, file, text);
  for (const project of projects) {
    const [found] = [...diagnoseProject(project).values()].flat();
    if (found !== undefined) return found;
  }
  return problemWith(projects, example.inventories, textOf);
}

/** What the rules for texts say of a changed runbook, without any plan. */
export async function textDiagnosticOf(example: Example, file: string, text: string): Promise<Diagnostic | undefined> {
  const [wrong] = service.parseRunbook(file, text).diagnostics;
  if (wrong !== undefined) return wrong;
  for await (const project of eachProjectWith(example, file, text)) {
    const [found] = [...project.diagnostics.values()].flat();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The projects of an example that a changed runbook takes part in, its own first. */
export async function projectsWith(example: Example, file: string, text: string): Promise<readonly Project[]> {
  const projects: Project[] = [];
  for await (const project of eachProjectWith(example, file, text)) projects.push(project);
  return projects;
}

async function* eachProjectWith(example: Example, file: string, text: string): AsyncGenerator<Project> {
  for (const root of [file, ...example.runbooks.filter((other) => other !== file)]) {
    const project = await projectWith(root, file, text);
    if (project.known.has(file)) yield project;
  }
}

async function ofInventory(example: Example, file: string, text: string): Promise<Diagnostic | undefined> {
  changed = { file, text };
  const [found] = await service.diagnose(file);
  changed = undefined;
  if (found !== undefined) return found;
  const projects = await Promise.all(example.runbooks.map((root) => projectWith(root, '', '')));
  return problemWith(projects, [file], () => text);
}

/** A problem or a warning that the plan has on one of the inventories, but has not as the example stands. */
async function problemWith(
  projects: readonly Project[],
  inventories: readonly string[],
  read: (file: string) => string,
): Promise<Diagnostic | undefined> {
  for (const project of projects) {
    const asItStands = await projectWith(project.root.file, '', '');
    for (const inventory of inventories) {
      const problems = (of: Project, text: string): readonly Diagnostic[] => {
        const draft = draftPlan({ project: of, inventory: service.parseInventory(inventory, text), inputs: {}, facts: [] });
        return [...draft.problems, ...draft.warnings].map(({ diagnostic }) => diagnostic);
      };
      const before = new Set(problems(asItStands, textOf(inventory)).map(({ message }) => message));
      const found = problems(project, read(inventory)).find(({ message }) => !before.has(message));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
