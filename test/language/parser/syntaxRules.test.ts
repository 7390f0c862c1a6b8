import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { INVENTORY_RULES, RULES, SYNTAX_RULES } from '../../../src/language/index.js';
import type { Diagnostic } from '../../../src/language/index.js';
import { serviceOver } from '../../support/language/service.js';

const fixtures = join(import.meta.dirname, '../../fixtures');
const known = new Map([...SYNTAX_RULES, ...RULES, ...INVENTORY_RULES].map((rule) => [rule.id, rule]));
const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\n';

/** Texts that are too much of something, which nobody wants to keep as files. */
const TOO_MUCH: Readonly<Record<string, string>> = {
  'too-large': `${HEAD}steps:\n  - run: ${'x'.repeat(4 * 1024 * 1024)}\n`,
  'too-deep': `${HEAD}steps: ${'['.repeat(80)}`,
  'too-many-keys': `${HEAD}inputs:\n${Array.from({ length: 5_001 }, (_, at) => `  i${String(at)}: { type: string }\n`).join('')}`,
  'too-many-aliases': `${HEAD}tags: [ &a x${', *a'.repeat(25)} ]\nsteps: [ { run: date } ]\n`,
};

async function findingsIn(name: string, text: string): Promise<readonly Diagnostic[]> {
  return serviceOver({ [name]: text }).diagnose(name);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(fixtures, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:runbook|inventory)\.yaml$/.test(name))
    .map((name) => join(fixtures, folder, name));
}

/** Everything that is emitted has a card, and is as grave as its card says; but an invisible character is an error in a script. */
function assertKnown({ code, severity }: Diagnostic): void {
  const rule = known.get(code);
  assert.ok(rule !== undefined, `there is a card for "${code}"`);
  if (code !== 'invisible-character') assert.equal(severity, rule.severity, code);
}

describe('every finding', () => {
  it('has a card, and every card of syntax and shape is for something that is found', async () => {
    const seen = new Set<string>();
    const texts = ['malformed', 'rules', 'language'].flatMap(filesBelow).map((file) => [file, readFileSync(file, 'utf8')] as const);
    for (const [name, text] of [...texts, ...Object.values(TOO_MUCH).map((made) => ['/a.runbook.yaml', made] as const)]) {
      for (const finding of await findingsIn(name, text)) {
        assertKnown(finding);
        seen.add(finding.code);
      }
    }
    assert.deepEqual(
      SYNTAX_RULES.map(({ id }) => id).filter((id) => !seen.has(id)),
      [],
    );
  });

  it('of too much of something is called so', async () => {
    for (const [code, text] of Object.entries(TOO_MUCH))
      assert.ok(
        (await findingsIn('/a.runbook.yaml', text)).some((finding) => finding.code === code),
        code,
      );
  });

  it('in any text has a card', async () => {
    const sample = readFileSync(join(fixtures, 'language/sample.runbook.yaml'), 'utf8');
    const piece = fc.constantFrom(
      '\n',
      '  ',
      '- ',
      ': ',
      '{',
      ']',
      '"',
      '#',
      '&a ',
      '*a',
      '!',
      '|',
      '${{',
      '? ',
      '---\n',
      '\r',
      '\u202E',
      '<<: ',
      '1.10',
      '~',
      '',
    );
    const change = fc.record({ at: fc.nat(sample.length), remove: fc.nat(20), insert: piece });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const text = changes.reduce((made, { at, remove, insert }) => made.slice(0, at) + insert + made.slice(at + remove), sample);
        for (const name of ['/a.runbook.yaml', '/a.inventory.yaml'])
          for (const finding of await findingsIn(name, text)) assertKnown(finding);
      }),
      { numRuns: 60 },
    );
  });
});
