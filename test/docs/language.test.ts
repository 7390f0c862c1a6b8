import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { parse } from 'yaml';
import { parseEvidence } from '../../src/cli/givenEvidence.js';
import { inventorySchema, runbookSchema } from '../../src/language/schema/runbookSchema.js';
import { troubleOfInventory, troubleOfRunbook } from './checked.js';
import { examplesOf, headerOf, root, wholeRunbook } from './example.js';
import { keysIn, keysOf } from './schemaKeys.js';

describe('examples in docs/language.md', () => {
  const examples = examplesOf('language.md');
  const header = headerOf(examples);

  it('cover every kind', () => {
    const kinds = new Set(examples.map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ['yaml evidence', 'yaml header', 'yaml inventory', 'yaml probe', 'yaml step', 'yaml top']);
    assert.ok(examples.length >= 15);
  });

  for (const { kind, text, line } of examples) {
    const mark = kind.replace('yaml ', '');
    it(`line ${String(line)}: ${mark}`, async () => {
      if (mark === 'inventory') assert.deepEqual(await troubleOfInventory(text), []);
      else if (mark === 'evidence')
        assert.deepEqual(parseEvidence(text, '/docs/evidence.yaml').steps['back_up'], {
          attest_1: true,
          place: '/var/backups/shop.dump',
          kind: 'full',
        });
      else if (mark === 'header') assert.deepEqual(await troubleOfRunbook(text), []);
      else assert.deepEqual(await troubleOfRunbook(wholeRunbook(header, mark as 'top' | 'step' | 'probe', text)), []);
    });
  }

  it('show every key of the language', () => {
    const shown = new Set(examples.flatMap(({ text }) => keysIn(parse(text))));
    const known = [...keysOf(runbookSchema, 'runbook'), ...keysOf(inventorySchema, 'inventory')];
    assert.ok(known.length > 200, String(known.length));
    assert.deepEqual(
      known.filter(([, key]) => !shown.has(key)).map(([place]) => place),
      [],
    );
  });

  it('are not accepted for want of looking', async () => {
    const wrong = wholeRunbook(header, 'step', '- { id: x, title: X, on: nobody, run: "true" }\n');
    assert.match((await troubleOfRunbook(wrong)).join('\n'), /nobody/);
  });
});

describe('tables in docs/language.md', () => {
  it('are those of the schema and of the rules', () => {
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/languageReference.ts', '--check'], { cwd: root, stdio: 'pipe' });
  });
});
