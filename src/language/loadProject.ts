import type { Diagnostic } from './diagnostic.js';
import type { LintMemory } from './linter/lintMemory.js';
import type { RuleOptions } from './linter/rule.js';
import { parseUseReference, resolveFile } from './model/useReference.js';
import type { ParsedRunbook, Project, Workspace } from './project.js';

/** Files a project may have; a runbook that uses more is a mistake or an attack. */
const MOST_FILES = 200;

/**
 * Reads a runbook and every file it uses, and applies every rule to each. Undefined when the file cannot be read.
 * Only relative references are followed, and only what the workspace hands out is read.
 * `memoryOf`: what the linter remembers of a file that it sees again and again.
 */
export async function loadProject(
  file: string,
  workspace: Workspace,
  parse: (file: string, text: string) => ParsedRunbook,
  options: RuleOptions = {},
  memoryOf: (document: ParsedRunbook) => LintMemory | undefined = () => undefined,
): Promise<Project | undefined> {
  const text = await workspace.readText(file);
  if (text === undefined) return undefined;
  const root = parse(file, text);
  const files = new Map<string, ParsedRunbook>([[file, root]]);
  const named = new Map<string, ParsedRunbook>(files);
  const queue = [root];
  for (let document = queue.shift(); document !== undefined; document = queue.shift()) {
    for (const { target, runs } of referencesOf(document)) {
      if (files.has(target) || (!runs && named.has(target)) || named.size >= MOST_FILES) continue;
      const known = named.get(target);
      const read = known === undefined ? await workspace.readText(target) : known.text;
      if (read === undefined) continue;
      const parsed = known ?? parse(target, read);
      named.set(target, parsed);
      if (!runs) continue;
      files.set(target, parsed);
      queue.push(parsed);
    }
  }
  // The rules are the greater half of the language: whoever only reads need not load them.
  const { lintRunbook } = await import('./linter/lintRunbook.js');
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  for (const [name, document] of files)
    diagnostics.set(
      name,
      [...document.diagnostics, ...lintRunbook(document, named, options, memoryOf(document))].sort((a, b) => a.range.start - b.range.start),
    );
  const sound = [...diagnostics.values()].flat().every(({ severity }) => severity !== 'error');
  return { root, files, known: named, diagnostics, sound };
}

/** Files a runbook names. Those of `next` are looked for but take no part in the run. */
function referencesOf(document: ParsedRunbook): readonly { target: string; runs: boolean }[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  const { next, ...parts } = runbook;
  const target = (reference: string): string[] => {
    const file = parseUseReference(reference)?.file;
    return file === undefined || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(file) ? [] : [resolveFile(document.file, file)];
  };
  return [
    ...usesIn(parts).flatMap((use) => target(use).map((file) => ({ target: file, runs: true }))),
    ...(next ?? []).flatMap(({ use }) => target(use).map((file) => ({ target: file, runs: false }))),
  ];
}

const usesOfItems = new WeakMap<object, readonly string[]>();

/** Every `use` in steps, undos and remedies, however deep. What items of lists use is remembered: most steps are the same in the next text. */
function usesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value))
    return Object.entries(value).flatMap(([key, member]) => (key === 'use' && typeof member === 'string' ? [member] : usesIn(member)));
  return value.flatMap((item: unknown) => (typeof item === 'object' && item !== null ? usesOfItem(item) : []));
}

function usesOfItem(item: object): readonly string[] {
  let uses = usesOfItems.get(item);
  if (uses === undefined) {
    uses = usesIn(item);
    usesOfItems.set(item, uses);
  }
  return uses;
}
