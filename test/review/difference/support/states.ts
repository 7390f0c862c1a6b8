import { existsSync } from 'node:fs';
import { createLanguageService, parseUseReference, resolveFile } from '../../../../src/language/index.js';
import type { ParsedRunbook, Project } from '../../../../src/language/index.js';
import { textOf } from '../../../mutants/support/examples.js';

const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });

/** A runbook with all that it uses, some of its files saying something else than on disk. Rules are not applied: only meaning is compared. */
export function stateOf(root: string, changed: Readonly<Record<string, string>> = {}): Project {
  const files = new Map<string, ParsedRunbook>();
  const queue = [root];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const text = changed[file] ?? (existsSync(file) ? textOf(file) : undefined);
    if (files.has(file) || text === undefined) continue;
    const parsed = service.parseRunbook(file, text);
    files.set(file, parsed);
    const named = [...JSON.stringify(parsed.value ?? {}).matchAll(/"use":"([^"]+)"/g)].flatMap(
      ([, use = '']) => parseUseReference(use)?.file ?? [],
    );
    queue.push(...named.map((name) => resolveFile(file, name)));
  }
  const document = files.get(root);
  if (document === undefined) throw new Error(`${root} cannot be read`);
  return { root: document, files, known: files, diagnostics: new Map(), sound: true };
}
