import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../planner/property/support/random.js';
import { documentsOf, generatedTexts, SEED, seeds } from '../../support/language/generated.js';
import { meaningOf, renameThere, wordsOf } from './support/meaning.js';
import type { Book, Meaning } from './support/meaning.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
/** Generated documents. */
const DOCUMENTS = documentsOf(20);
/** Names of each file of the examples. */
const NAMES = Math.min(40, Math.ceil(DOCUMENTS / 4));

/** What is installed in each example, so that there is a plan with hops. */
const INSTALLED: Readonly<Record<string, string>> = { sps: '7.0.1', 'urbancode-ha': '6.1.1.0', 'secret-server': '10.5.000000' };

function example(name: string): Book {
  const folder = join(EXAMPLES, name);
  const found = readdirSync(folder).filter((file) => /\.(?:runbook|inventory)\.yaml$/.test(file));
  const files = new Map(found.map((file) => [`/${name}/${file}`, readFileSync(join(folder, file), 'utf8')]));
  const value = INSTALLED[name];
  return { files, facts: [], ...(value === undefined ? {} : { installed: value }) };
}

function planned({ plans }: Meaning): number {
  return [...plans.values()].filter((plan) => (plan as { plan?: unknown }).plan !== undefined).length;
}

describe('a name that is changed', () => {
  for (const name of readdirSync(EXAMPLES)) {
    it(`leaves the meaning of ${name} as it was, and comes back byte for byte`, async () => {
      const book = example(name);
      const before = await meaningOf(book);
      const random = new Random(SEED);
      let renamed = 0;
      assert.ok(planned(before) > 0, 'there is a plan to compare');
      for (const [file, text] of book.files) {
        const words = wordsOf(text);
        for (let tries = 0, done = 0; tries < NAMES * 60 && done < NAMES; tries++) {
          const tried = await renameThere(book, file, random.pick(words), before);
          if (tried === undefined) continue;
          done++;
          renamed++;
        }
      }
      assert.ok(renamed >= Math.min(NAMES, 8) * 2, `${String(renamed)} names`);
    }).timeout(3_600_000);
  }

  it('leaves the meaning of generated documents as it was', async () => {
    const kinds = new Set<string>();
    let renamed = 0;
    for (const seed of seeds(DOCUMENTS)) {
      const { runbook, inventory, facts } = generatedTexts(seed);
      const files = new Map([
        ['/random.runbook.yaml', runbook],
        ['/rehearsal.inventory.yaml', inventory],
      ]);
      const book: Book = { files, facts };
      const before = await meaningOf(book);
      const random = new Random(seed);
      for (const [file, text] of files) {
        for (let tries = 0; tries < 4; tries++) {
          const tried = await renameThere(book, file, random.pick(wordsOf(text)), before);
          if (tried === undefined) continue;
          renamed++;
          kinds.add(tried.name.replace(/_\d+$/, ''));
        }
      }
    }
    assert.ok(renamed >= DOCUMENTS && kinds.size >= 8, `${String(renamed)} names: ${[...kinds].join(' ')}`);
  }).timeout(7_200_000);
});
