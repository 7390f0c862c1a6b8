import { createLanguageService } from '../../src/language/index.js';

/**
 * What the language has against a runbook, as lines for a failing test. Files it may use are nearly empty runbooks.
 * Mere information does not count: an example shows one thing, and leaves most of its header unused.
 */
export async function troubleOfRunbook(text: string): Promise<readonly string[]> {
  const file = '/docs/example.runbook.yaml';
  const other = `runbook: v1
id: other
title: Another one
inputs: { nodes: { type: integer, default: 1 } }
roles: { node: { hosts: 0.. } }
steps:
  - { id: only, title: Look, manual: Look. }
`;
  const texts = new Map([
    [file, text],
    ['/docs/clustering.runbook.yaml', other],
  ]);
  const service = createLanguageService({ workspace: { readText: (name) => Promise.resolve(texts.get(name)) } });
  const project = await service.loadProject(file);
  if (project === undefined) return ['it cannot be read'];
  return (project.diagnostics.get(file) ?? [])
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, message, range }) => `${code}: ${message} ("${text.slice(range.start, range.end).slice(0, 80)}")`);
}

/** The same of an inventory. */
export async function troubleOfInventory(text: string): Promise<readonly string[]> {
  const file = '/docs/example.inventory.yaml';
  const service = createLanguageService({ workspace: { readText: (name) => Promise.resolve(name === file ? text : undefined) } });
  return (await service.diagnose(file)).map(({ code, message }) => `${code}: ${message}`);
}
