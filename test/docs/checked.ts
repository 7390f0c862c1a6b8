import { createLanguageService } from '../../src/language/index.js';

/** What the language has to say about a runbook, as lines for a failing test. Files it may use are empty runbooks. */
export async function troubleOfRunbook(text: string): Promise<readonly string[]> {
  const file = '/docs/example.runbook.yaml';
  const other = 'runbook: v1\nid: other\ntitle: Another one\nsteps:\n  - { id: only, title: Look, manual: Look. }\n';
  const texts = new Map([
    [file, text],
    ['/docs/clustering.runbook.yaml', other],
  ]);
  const service = createLanguageService({ workspace: { readText: (name) => Promise.resolve(texts.get(name)) } });
  const project = await service.loadProject(file);
  if (project === undefined) return ['it cannot be read'];
  return (project.diagnostics.get(file) ?? []).map(
    ({ code, message, range }) => `${code}: ${message} ("${text.slice(range.start, range.end).slice(0, 80)}")`,
  );
}

/** The same of an inventory. */
export async function troubleOfInventory(text: string): Promise<readonly string[]> {
  const file = '/docs/example.inventory.yaml';
  const service = createLanguageService({ workspace: { readText: (name) => Promise.resolve(name === file ? text : undefined) } });
  return (await service.diagnose(file)).map(({ code, message }) => `${code}: ${message}`);
}
