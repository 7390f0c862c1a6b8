import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { createLanguageService, isInventoryFile } from '../../../../src/language/index.js';
import type { LanguageService, ParsedInventory, Project, TextEdit } from '../../../../src/language/index.js';
import { draftPlan } from '../../../../src/planner/index.js';
import type { GivenFact } from '../../../../src/planner/index.js';

/** Not in any file, so that what was renamed can be told from all else. */
export const FRESH = 'zq_fresh';

/** Files that belong together, and what is known when they are planned. */
export interface Book {
  readonly files: ReadonlyMap<string, string>;
  readonly facts: readonly GivenFact[];
  /** The version that every host has. */
  readonly installed?: string;
}

/** Offsets of all words of a text. */
export function wordsOf(text: string): readonly number[] {
  return [...text.matchAll(/[A-Za-z_]\w*/g)].map(({ index, 0: word }) => index + Math.floor(word.length / 2));
}

/** What a name can be renamed to, tried at one place. */
export interface Tried {
  readonly name: string;
  readonly edits: number;
}

/**
 * Renames what stands at a place, and asserts that the files still lint the same, that all plans are equal up to the name, and that the way back gives
 * every byte again. Undefined where the place cannot be renamed.
 */
export async function renameThere(book: Book, file: string, offset: number, before: Meaning): Promise<Tried | undefined> {
  const { files } = book;
  const service = serviceOf(files);
  const text = files.get(file) ?? '';
  const start = await service.prepareRename(file, text, offset);
  if ('refusal' in start) return undefined;
  const { name, range } = start;
  assert.equal(text.slice(range.start, range.end), name);
  // The planner tells scopes apart whose steps have one id; with another id there is nothing to tell apart.
  if ([...before.plans.values()].some((plan) => JSON.stringify(plan).includes(`/${name}_"`))) return undefined;
  const result = await service.rename(file, text, offset, FRESH);
  if ('refusal' in result) return undefined;
  const renamed = new Map([...files].map(([other, old]) => [other, changed(old, result.edits.get(other) ?? [])]));
  const where = `${name} in ${file} at ${String(offset)}`;
  assert.notEqual(renamed.get(file), text, where);

  const facts = book.facts.map((given) => ({
    ...given,
    fact: factRenamed(given.fact, name, renamed, files) ? FRESH : given.fact,
    ...(given.host === undefined ? {} : { host: hostRenamed(given.host, name, renamed) ? FRESH : given.host }),
  }));
  const after = await meaningOf({ ...book, files: renamed, facts });
  assert.deepEqual(after.codes, before.codes, `findings: ${where}`);
  assert.deepEqual([...after.plans.keys()], [...before.plans.keys()]);
  for (const [pair, plan] of after.plans)
    assert.deepEqual(unnamed(plan, name), unnamed(before.plans.get(pair), name), `plan of ${pair}: ${where}`);

  const [first] = result.edits.get(file) ?? [];
  const back = await serviceOf(renamed).rename(file, renamed.get(file) ?? '', (first?.range.start ?? 0) + 1, name);
  assert.ok('edits' in back, `${where}: ${JSON.stringify(back)}`);
  for (const [other, old] of files)
    assert.equal(changed(renamed.get(other) ?? '', back.edits.get(other) ?? []), old, `the way back: ${where}`);
  return { name, edits: [...result.edits.values()].flat().length };
}

/** What files mean: their findings, and the plan of each runbook for each inventory. */
export interface Meaning {
  readonly codes: ReadonlyMap<string, readonly string[]>;
  readonly plans: ReadonlyMap<string, unknown>;
}

export async function meaningOf({ files, facts, installed }: Book): Promise<Meaning> {
  const service = serviceOf(files);
  const codes = new Map<string, readonly string[]>();
  const plans = new Map<string, unknown>();
  for (const file of files.keys()) codes.set(file, (await service.diagnose(file)).map(({ code }) => code).sort());
  for (const file of files.keys()) {
    const project = isInventoryFile(file) ? undefined : await service.loadProject(file);
    if (project === undefined) continue;
    for (const [environment, text] of files) {
      if (!isInventoryFile(environment)) continue;
      const inventory = service.parseInventory(environment, text);
      const known = installed === undefined ? facts : versionsOf(project, inventory, installed);
      const { plan, problems } = draftPlan({ project, inventory, inputs: {}, facts: known, proof: false });
      plans.set(`${file} ${environment}`, { plan, problems: problems.map(({ diagnostic }) => diagnostic.code) });
    }
  }
  return { codes, plans };
}

/** The version of every host whose version is a fact. */
function versionsOf({ root }: Project, { value }: ParsedInventory, version: string): readonly GivenFact[] {
  return Object.entries(root.value?.facts ?? {}).flatMap(([fact, { type, on }]) => {
    const hosts = [on].flat().flatMap((role) => (role === undefined ? [] : (value?.roles[role] ?? [])));
    return type === 'version' ? hosts.map((host): GivenFact => ({ scope: 'main', fact, host, value: version })) : [];
  });
}

function serviceOf(files: ReadonlyMap<string, string>): LanguageService {
  return createLanguageService({ workspace: { readText: async (file) => files.get(file), listFiles: async () => [...files.keys()] } });
}

function changed(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight((before, { range, text: put }) => before.slice(0, range.start) + put + before.slice(range.end), text);
}

function factRenamed(fact: string, name: string, renamed: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>): boolean {
  return fact === name && declares(files.values(), 'facts', name) && !declares(renamed.values(), 'facts', name);
}

function hostRenamed(host: string, name: string, renamed: ReadonlyMap<string, string>): boolean {
  const inventories = [...renamed].filter(([file]) => isInventoryFile(file)).map(([, text]) => text);
  return host === name && !declares(inventories, 'hosts', name);
}

function declares(texts: Iterable<string>, section: string, name: string): boolean {
  return [...texts].some((text) => Object.hasOwn((parse(text) as Record<string, object | undefined>)[section] ?? {}, name));
}

/** With the new name put back, and without what is computed from every byte. Order of keys does not count. */
function unnamed(plan: unknown, name: string): unknown {
  const text = JSON.stringify(plan)
    .replaceAll(FRESH, name)
    .replaceAll(FRESH.replace('_', ' '), name.replaceAll('_', ' '))
    .replaceAll(FRESH.toUpperCase(), name.toUpperCase())
    .replaceAll(/\b[0-9a-f]{64}\b/g, '#');
  return JSON.parse(text);
}
