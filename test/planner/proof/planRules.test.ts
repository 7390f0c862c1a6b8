import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../../src/language/index.js';
import { PLAN_RULES, planFindings } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';
import { markersIn, spelledLikeMarkers, withMarkers } from '../../support/language/markers.js';
import { serviceOnDisk } from '../../support/language/service.js';

const fixtures = join(import.meta.dirname, '../../fixtures/rules');
/** Golden files are renewed with UPDATE_GOLDEN=1. */
const update = process.env['UPDATE_GOLDEN'] === '1';
/** One needs hundreds of steps, the other an inventory. */
const ELSEWHERE = new Set(['too-many-variants', 'self-lock-out']);

async function findingsIn(file: string): Promise<readonly Diagnostic[]> {
  const project = await serviceOnDisk().loadProject(file);
  assert.ok(project?.sound === true, `${file} is sound`);
  return planFindings(project).map(({ diagnostic }) => diagnostic);
}

describe('rules over plans', () => {
  for (const { id, rationale, severity } of PLAN_RULES) {
    if (ELSEWHERE.has(id)) continue;
    it(`${id} finds what is bad and leaves alone what is good`, async () => {
      const [bad, good] = ['bad', 'good'].map((kind) => join(fixtures, id, `${kind}.runbook.yaml`)) as [string, string];
      if (update) {
        writeFileSync(bad, withMarkers(readFileSync(bad, 'utf8'), [], String));
        writeFileSync(
          bad,
          withMarkers(readFileSync(bad, 'utf8'), await findingsIn(bad), (message) => message),
        );
      }
      const text = readFileSync(bad, 'utf8');
      const found = await findingsIn(bad);
      assert.deepEqual(spelledLikeMarkers(text, found), markersIn(text));
      assert.deepEqual(
        found.map((finding) => [finding.code, finding.severity]),
        [[id, severity]],
      );
      assert.deepEqual(await findingsIn(good), []);
      assert.match(rationale, /\.$/);
    });
  }

  it('self-lock-out finds what is bad and leaves alone what is good', async () => {
    const warningsOf = async (kind: string): Promise<readonly string[]> => {
      const [runbook, inventory] = ['runbook', 'inventory'].map((of) =>
        readFileSync(join(fixtures, 'self-lock-out', `${kind}.${of}.yaml`), 'utf8'),
      ) as [string, string];
      return (await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory })).warnings.map(({ diagnostic }) => diagnostic.code);
    };
    assert.deepEqual([await warningsOf('bad'), await warningsOf('good')], [['self-lock-out'], []]);
  });
});
