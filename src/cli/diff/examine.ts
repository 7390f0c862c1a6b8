import type { ParsedInventory, Project } from '../../language/index.js';
import {
  compareConfigurations,
  compareEnvironment,
  compareInventories,
  comparePolicies,
  compareProjects,
  compareVariants,
} from '../../review/index.js';
import type { Change, ConfigurationText, Difference, PlanComparison } from '../../review/index.js';
import type { DocumentPair } from './pairs.js';
import type { SideReader } from './sides.js';

/** What was found out about one document, before anybody has said what counts. */
export interface Examined {
  readonly pair: DocumentPair;
  readonly title: string;
  readonly difference: Difference;
  readonly plans?: PlanComparison;
  readonly environment?: PlanComparison;
}

/** The environment that was asked for, on both sides. */
export interface AskedInventory {
  readonly old: ParsedInventory;
  readonly now: ParsedInventory;
}

/** Compares one document. Plans are only made where anything differs. */
export async function examine(pair: DocumentPair, old: SideReader, now: SideReader, asked: AskedInventory | undefined): Promise<Examined> {
  const examined = await compared(pair, old, now, asked);
  if (pair.renamed !== true) return examined;
  const { changes, limits } = examined.difference;
  return { ...examined, difference: { changes: [...changes, renaming(pair)], limits } };
}

async function compared(pair: DocumentPair, old: SideReader, now: SideReader, asked: AskedInventory | undefined): Promise<Examined> {
  switch (pair.kind) {
    case 'runbook':
      return examineRunbook(pair, await old.project(pair.old), await now.project(pair.now), asked);
    case 'inventory': {
      const [before, after] = [await old.inventory(pair.old), await now.inventory(pair.now)];
      const value = (after ?? before)?.value;
      return { pair, title: value?.title ?? value?.environment ?? fileOf(pair), difference: compareInventories(before, after) };
    }
    case 'configuration':
    case 'policy': {
      const [before, after] = [await textOf(pair.old, old), await textOf(pair.now, now)];
      const isPolicy = pair.kind === 'policy';
      const changes = isPolicy ? comparePolicies(before, after) : compareConfigurations(before, after);
      return { pair, title: isPolicy ? 'Policy of reviews' : 'Settings of the linter', difference: { changes, limits: [] } };
    }
  }
}

async function textOf(file: string | undefined, { side }: SideReader): Promise<ConfigurationText | undefined> {
  const text = file === undefined ? undefined : await side.text(file);
  return file === undefined || text === undefined ? undefined : { file: `/${file}`, text };
}

function examineRunbook(
  pair: DocumentPair,
  old: Project | undefined,
  now: Project | undefined,
  asked: AskedInventory | undefined,
): Examined {
  const difference = compareProjects(old, now);
  const title = (now ?? old)?.root.value?.title ?? fileOf(pair);
  if (old === undefined || now === undefined || difference.changes.every(isWords)) return { pair, title, difference };
  const plans = compareVariants(old, now);
  const environment =
    asked === undefined ? undefined : compareEnvironment({ project: old, inventory: asked.old }, { project: now, inventory: asked.now });
  return { pair, title, difference, plans, ...(environment === undefined ? {} : { environment }) };
}

function renaming({ old = '', now = '' }: DocumentPair): Change {
  const start = { start: 0, end: 0 };
  const what = `the file has another name: ${old} → ${now}`;
  return {
    kind: 'renamed',
    danger: 'harmless',
    what,
    where: { old: { file: `/${old}`, range: start }, new: { file: `/${now}`, range: start } },
    about: '',
  };
}

/** Words for people make no other plan. */
function isWords({ kind }: Change): boolean {
  return kind === 'text-changed';
}

/** The name of a document now, or before where it is gone. */
export function fileOf({ old, now }: Pick<DocumentPair, 'old' | 'now'>): string {
  return now ?? old ?? '';
}
