import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createLanguageService } from '../../../src/language/index.js';
import { faultCase } from '../runner/faultCase.js';
import { hostileDocument } from './hostileDocuments.js';

/**
 * A process of its own, since what is looked for may abort it. Each line `SEED COUNT` of its input is a lot. Says `n` before it reads a document, and
 * `slowest MS` after a lot, by time of the processor: others may be using the machine. A document that was not read as it must be ends it, with the reason.
 */
async function readLots(): Promise<void> {
  for await (const line of createInterface(process.stdin)) {
    const [seed = 0, count = 0] = line.split(' ').map(Number);
    await readLot(seed, count);
  }
}

async function readLot(seed: number, count: number): Promise<void> {
  let slowest = 0;
  for (let index = 0; index < count; index += 1) {
    const { random } = faultCase(seed, 'document', index);
    const text = hostileDocument(random);
    writeSync(1, `${String(index)}\n`);
    const before = process.cpuUsage();
    await read(text, random);
    const { user, system } = process.cpuUsage(before);
    slowest = Math.max(slowest, (user + system) / 1000);
    if (({} as Record<string, unknown>)['polluted'] !== undefined) throw new Error('it has changed the prototype of all objects');
  }
  writeSync(1, `slowest ${String(Math.round(slowest))}\n`);
}

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
  service.signatureHelp(file, text, offset);
  service.outline(file, text);
  service.links(file, text);
}

readLots().catch((error: unknown) => {
  writeSync(1, `broken ${(error as Error).stack?.replaceAll('\n', ' ') ?? String(error)}\n`);
  process.exit(1);
});
