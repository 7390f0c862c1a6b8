import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { INVENTORY_RULES, RULES, SYNTAX_RULES } from '../../../src/language/index.js';
import type { Diagnostic } from '../../../src/language/index.js';
import { PLAN_RULES } from '../../../src/planner/index.js';
import { markersIn, spelledLikeMarkers, withMarkers } from '../../support/language/markers.js';
import { serviceOnDisk } from '../../support/language/service.js';
import { UNSHOWN } from '../../support/language/unshown.js';

const fixtures = join(import.meta.dirname, '../../fixtures/rules');

/** Golden files are renewed with UPDATE_GOLDEN=1. */
const update = process.env['UPDATE_GOLDEN'] === '1';

async function diagnosticsOf(file: string): Promise<{ text: string; found: readonly string[] }> {
  const service = serviceOnDisk();
  const rule = basename(dirname(file));
  // A small example leaves much unused, which is not what it is about.
  const of = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
    diagnostics.filter(({ code, severity }) => severity !== 'information' || code === rule);
  if (update) {
    const bare = withMarkers(readFileSync(file, 'utf8'), [], String);
    writeFileSync(file, bare);
    const diagnostics = of(await serviceOnDisk().diagnose(file));
    writeFileSync(
      file,
      withMarkers(bare, diagnostics, (message) => message),
    );
  }
  const text = readFileSync(file, 'utf8');
  return { text, found: spelledLikeMarkers(text, of(await service.diagnose(file))) };
}

function suite(kind: 'runbook' | 'inventory', rules: readonly { readonly id: string; readonly rationale: string }[]): void {
  for (const { id, rationale } of rules) {
    it(`${id} (${kind}) finds what is bad and leaves alone what is good`, async () => {
      const bad = await diagnosticsOf(join(fixtures, id, `bad.${kind}.yaml`));
      const markers = markersIn(bad.text);
      assert.ok(
        markers.some((marker) => marker.split(' ')[1] === id),
        'the bad file has a marker of this rule',
      );
      assert.equal(bad.found.length, markers.length, `found:\n${bad.found.join('\n')}`);
      bad.found.forEach((line, index) => assert.ok(line.startsWith(markers[index] as string), `${line}\nis not\n${markers[index] ?? ''}`));
      assert.deepEqual((await diagnosticsOf(join(fixtures, id, `good.${kind}.yaml`))).found, []);
      assert.match(rationale, /\.$/);
    });
  }
}

/** What is said about suppressions and settings: test/docs/rulePages.test.ts looks at these. */
const OF_REVIEW = ['suppression-without-reason', 'unused-suppression', 'suppressed-error', 'invalid-configuration'];
const SHOWN = SYNTAX_RULES.filter(({ id }) => !UNSHOWN.has(id));
/** Found in the first column, where no mark can point to. */
const UNMARKED = new Set(['yaml-directive', 'yaml-documents']);

describe('rules', () => {
  suite('runbook', [...RULES, ...SHOWN.filter(({ id }) => !UNMARKED.has(id))]);
  suite('inventory', INVENTORY_RULES);

  for (const id of UNMARKED) {
    it(`${id} (runbook) is found in the bad file and not in the good one`, async () => {
      const codesOf = async (kind: string): Promise<readonly string[]> =>
        (await serviceOnDisk().diagnose(join(fixtures, id, `${kind}.runbook.yaml`))).map(({ code }) => code);
      assert.deepEqual([await codesOf('bad'), await codesOf('good')], [[id], []]);
    });
  }

  it('have a fixture each, and no fixture is without a rule', () => {
    const ids = new Set([...RULES, ...SHOWN, ...INVENTORY_RULES, ...PLAN_RULES].map(({ id }) => id));
    // It takes hundreds of steps to have too many variants: test/planner/proof/effort.test.ts makes them.
    ids.delete('too-many-variants');
    for (const id of OF_REVIEW) ids.add(id);
    assert.deepEqual(new Set(readdirSync(fixtures)), ids);
  });

  it('say what to do next, in lower case', () => {
    for (const folder of readdirSync(fixtures)) {
      for (const kind of ['runbook', 'inventory']) {
        const file = join(fixtures, folder, `bad.${kind}.yaml`);
        if (!existsSync(file)) continue;
        for (const marker of markersIn(readFileSync(file, 'utf8'))) {
          const message = marker.split(' ').slice(2).join(' ');
          assert.match(message, /[;:] /, message);
          assert.doesNotMatch(message, /^[A-Z][a-z]/, message);
        }
      }
    }
  });

  it('see a procedure with the hosts of each step that uses it, and say the same thing once', async () => {
    const { found } = await diagnosticsOf(join(fixtures, 'invalid-expression', 'bad.runbook.yaml'));
    assert.equal(new Set(found).size, found.length);
  });
});
