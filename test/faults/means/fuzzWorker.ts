import { createLanguageService } from '../../../src/language/index.js';
import { hostileDocument } from './hostileDocuments.js';
import { readLots } from './readLots.js';

/** Everything an editor and a linter do with a text. */
async function read(text: string, random: () => number): Promise<void> {
  const service = createLanguageService({ workspace: { readText: () => Promise.resolve(text) } });
  const file = random() < 0.8 ? '/a.runbook.yaml' : '/a.inventory.yaml';
  for (const { range, message, related = [], fix } of await service.diagnose(file))
    for (const { start, end } of [range, ...related.map((place) => place.range), ...(fix?.edits.map((edit) => edit.range) ?? [])])
      if (!(start >= 0 && start <= end && end <= text.length)) throw new Error(`a place outside of the text: ${message}`);
  if (random() < 0.75) return;
  const offset = Math.floor(random() * (text.length + 1));
  await service.hover(file, text, offset);
  await service.complete(file, text, offset);
  await service.signatureHelp(file, text, offset);
  service.outline(file, text);
  service.links(file, text);
}

readLots(hostileDocument, read);
