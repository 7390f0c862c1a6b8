import { createLanguageService } from '../../../src/language/index.js';
import type { DocumentSymbol, LanguageService, OutlineNode } from '../../../src/language/index.js';
import { hostileDocument, spoiled } from './hostileDocuments.js';
import { assertInside, edited } from './inBounds.js';
import type { Texts } from './inBounds.js';
import { readLots } from './readLots.js';

/** What somebody may type as a new name. */
const NAMES: readonly string[] = ['fresh', 'b_2', '', ' ', 'server', 'a b', '1', '__proto__', 'x'.repeat(300), 'é', '${{', '#', 'true'];

/** One file that is open, among others. */
interface Open {
  readonly service: LanguageService;
  readonly texts: Texts;
  readonly file: string;
  readonly text: string;
}

/** Two runbooks and an inventory, mostly spoiled, now and then hostile. */
function workspaceFiles(random: () => number): Texts {
  const made = (kind: 'runbook' | 'inventory'): string => (random() < 0.15 ? hostileDocument(random) : spoiled(kind, random));
  return new Map([
    ['/work/a.runbook.yaml', made('runbook')],
    ['/work/b.runbook.yaml', made('runbook')],
    ['/work/x.inventory.yaml', made('inventory')],
  ]);
}

async function ask(texts: Texts, random: () => number): Promise<void> {
  const workspace = { readText: async (file: string) => texts.get(file), listFiles: async () => [...texts.keys()] };
  const service = createLanguageService({ workspace });
  const files = [...texts.keys()];
  const file = files[Math.floor(random() * files.length)] ?? '';
  const asked: Open = { service, texts, file, text: texts.get(file) ?? '' };
  const offset = Math.floor(random() * (asked.text.length + 1));
  await whileWriting(asked, offset);
  await names(asked, offset, NAMES[Math.floor(random() * NAMES.length)] ?? '');
  await shape(asked, offset);
  await changes(asked, offset, Math.floor(random() ** 3 * asked.text.length));
}

async function whileWriting({ service, texts, file, text }: Open, offset: number): Promise<void> {
  const hover = await service.hover(file, text, offset);
  if (hover !== undefined) assertInside(texts, file, hover.range, 'hover');
  for (const { edit, label } of await service.complete(file, text, offset)) assertInside(texts, file, edit.range, `completion "${label}"`);
  await service.signatureHelp(file, text, offset);
  edited(texts, new Map([[file, service.onEnter(file, text, offset)]]), 'Enter');
}

async function names({ service, texts, file, text }: Open, offset: number, name: string): Promise<void> {
  const definition = await service.definition(file, text, offset);
  if (definition !== undefined) assertInside(texts, file, definition.origin, 'definition');
  const places = await service.references(file, text, offset, { declarations: true });
  for (const place of [...places, ...(definition?.places ?? [])]) assertInside(texts, place.file, place.range, 'a place of a name');
  const start = await service.prepareRename(file, text, offset);
  if ('range' in start) assertInside(texts, file, start.range, 'the name to change');
  const renamed = await service.rename(file, text, offset, name);
  if ('edits' in renamed) edited(texts, renamed.edits, `renaming to "${name}"`);
  for (const symbol of await service.symbols(name.slice(0, 2))) assertInside(texts, symbol.file, symbol.range, 'a symbol');
  edited(texts, (await service.moveFiles([{ from: '/work/b.runbook.yaml', to: '/work/c/d.runbook.yaml' }])).edits, 'moving a file');
}

async function shape({ service, texts, file, text }: Open, offset: number): Promise<void> {
  const symbols = (found: readonly DocumentSymbol[]): void => {
    for (const { range, selection, children, name } of found) {
      assertInside(texts, file, range, `"${name}" in the outline`);
      if (selection.start < range.start || selection.end > range.end) throw new Error(`"${name}" is selected outside of itself`);
      symbols(children);
    }
  };
  symbols(service.documentSymbols(file, text));
  const steps = (nodes: readonly OutlineNode[]): void => {
    for (const { range, selection, children, path } of nodes) {
      for (const part of [range, selection]) assertInside(texts, file, part, `step ${path}`);
      steps(children);
    }
  };
  steps(service.outline(file, text));
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { start, end } of service.foldingRanges(file, text))
    if (!(start >= 1 && start < end && end <= lines)) throw new Error(`lines ${String(start)}-${String(end)} are folded`);
  let inner = { start: offset, end: offset };
  for (const range of service.selectionRanges(file, text, offset)) {
    assertInside(texts, file, range, 'selection');
    if (range.start > inner.start || range.end < inner.end) throw new Error('a selection shrinks as it grows');
    inner = range;
  }
  for (const { range } of service.links(file, text)) assertInside(texts, file, range, 'link');
  for (const token of await service.semanticTokens(file, text)) {
    assertInside(texts, file, token, 'token');
    if (/[\r\n]/.test(text.slice(token.start, token.end))) throw new Error(`a token at ${String(token.start)} goes over several lines`);
  }
  const hints = await service.inlayHints(file, text, { start: 0, end: text.length });
  for (const { at } of hints) assertInside(texts, file, { start: at, end: at }, 'hint');
}

/** What formatting and each action makes of the text is read again. */
async function changes({ service, texts, file, text }: Open, offset: number, length: number): Promise<void> {
  const range = { start: offset, end: Math.min(text.length, offset + length) };
  for (const options of [{}, { range }]) {
    const formatted = edited(texts, new Map([[file, service.format(file, text, options)]]), 'formatting').get(file) ?? '';
    if (formatted.replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, '')) throw new Error('formatting changes more than space');
  }
  for (const { title, edits } of await service.codeActions(file, text, range)) {
    const made = edited(texts, edits, title).get(file) ?? '';
    service.documentSymbols(file, made);
  }
}

readLots(workspaceFiles, ask);
