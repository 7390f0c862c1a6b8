import type { Diagnostic, RuleOptions } from '../../language/index.js';
import { createChecker, isInventoryFile } from '../../language/index.js';
import { planFindings } from '../../planner/index.js';
import type { PlanProblem } from '../../planner/index.js';
import { treeWorkspace } from './tree.js';

/** What several checks of files share. Plain data: it goes to other threads. */
export interface CheckRequest {
  readonly files: readonly string[];
  readonly ruleOptions: RuleOptions;
  /** Folders that nothing is read outside of. */
  readonly roots: readonly string[];
  /** Text that takes the place of what is on disk, by file. */
  readonly texts: ReadonlyMap<string, string> | undefined;
}

/** What was found by checking one file. Plain data. */
export interface FileCheck {
  /** Undefined when it cannot be read. */
  readonly text: string | undefined;
  /** What its text shows, in order of place. */
  readonly own: readonly Diagnostic[];
  /** What its plans show, here and in files that it uses. */
  readonly plans: readonly PlanProblem[];
}

/** Files that are kept read: those that several runbooks use. */
const REMEMBERED = 32;

/** Checks files one by one; `next` gives the index of each, until there is none left. Several threads can share the files in this way. */
export async function checkEach(request: CheckRequest, next: () => number): Promise<ReadonlyMap<number, FileCheck>> {
  const { files, ruleOptions, roots, texts } = request;
  const tree = treeWorkspace(roots);
  const readText = async (file: string): Promise<string | undefined> => texts?.get(file) ?? (await tree.readText(file));
  /** The file that is being checked: what is said of it is said of this text. */
  let current: { readonly file: string; readonly text: string | undefined } | undefined;
  const workspace = { readText: async (file: string) => (file === current?.file ? current.text : readText(file)) };
  const service = createChecker({ workspace, ruleOptions, remembered: REMEMBERED });
  const checks = new Map<number, FileCheck>();
  for (let index = next(); index < files.length; index = next()) {
    const file = files[index] as string;
    const text = await readText(file);
    current = { file, text };
    const project = isInventoryFile(file) ? undefined : await service.loadProject(file);
    const own = isInventoryFile(file) ? await service.diagnose(file) : (project?.diagnostics.get(file) ?? []);
    checks.set(index, { text, own, plans: project === undefined ? [] : planFindings(project) });
  }
  return checks;
}
