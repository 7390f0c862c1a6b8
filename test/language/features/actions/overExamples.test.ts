import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageService } from '../../../../src/language/index.js';
import type { LanguageService, OutlineNode } from '../../../../src/language/index.js';
import { draftPlan } from '../../../../src/planner/index.js';
import { applied } from '../../../support/language/applied.js';
import { assertNothingLost } from '../../../support/language/comments.js';
import { documentsOf } from '../../../support/language/generated.js';
import { actsOf, unlimited } from './support/acts.js';

/** One step in so many; each with RUNBOOK_RUNS=1000. */
const STRIDE = documentsOf(40) < 1000 ? 4 : 1;
const ROOT = join(import.meta.dirname, '../../../../examples');

/** The files of an example, one of them with another text. */
function serviceOf(folder: string, changed?: readonly [file: string, text: string]): LanguageService {
  return createLanguageService({
    workspace: {
      readText: async (file) => {
        if (file === changed?.[0]) return changed[1];
        const [, inside, name] = file.split('/');
        return inside === folder && readdirSync(join(ROOT, folder)).includes(name ?? '')
          ? readFileSync(join(ROOT, folder, name ?? ''), 'utf8')
          : undefined;
      },
    },
  });
}

async function acts(service: LanguageService, folder: string, file: string): Promise<readonly unknown[]> {
  const project = await service.loadProject(file);
  assert.ok(project?.sound === true);
  const [environment] = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.inventory.yaml'));
  const inventory = service.parseInventory(`/${folder}/${environment ?? ''}`, readFileSync(join(ROOT, folder, environment ?? ''), 'utf8'));
  return actsOf(draftPlan({ project, inventory, inputs: {}, facts: [], proof: false }).plan);
}

function flat(nodes: readonly OutlineNode[]): readonly OutlineNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

describe('every rewriting of the examples', () => {
  const offered = new Set<string>();

  for (const folder of readdirSync(ROOT)) {
    for (const name of readdirSync(join(ROOT, folder)).filter((each) => each.endsWith('.runbook.yaml')))
      it(`of ${folder}/${name} keeps it sound, with all comments and empty lines`, async () => {
        const file = `/${folder}/${name}`;
        const text = readFileSync(join(ROOT, folder, name), 'utf8');
        const service = serviceOf(folder);
        const before = await acts(service, folder, file);
        const steps = flat(service.outline(file, text));
        let compared = 0;
        for (const [index, step] of steps.entries()) {
          if (index % STRIDE !== 0) continue;
          for (const action of await service.codeActions(file, text, {
            start: step.range.start,
            end: Math.min(step.range.start + 5, step.range.end),
          })) {
            offered.add(action.title.replace(/".*"/, ''));
            const made = applied(text, action.edits.get(file) ?? []);
            const after = serviceOf(folder, [file, made]);
            const errors = (await after.diagnose(file)).filter(({ severity }) => severity === 'error');
            assert.deepEqual(errors, [], `${action.title} at ${step.path}:\n${made}`);
            assertNothingLost(made, text, `${action.title} at ${step.path}`);
            const now = await acts(after, folder, file);
            if (action.kind === 'refactor.extract') {
              assert.deepEqual(now, before, `${action.title} at ${step.path}:\n${made}`);
              compared++;
            } else if (action.kind === 'refactor.rewrite')
              assert.deepEqual(unlimited(now), unlimited(before), `${action.title} at ${step.path}:\n${made}`);
          }
        }
        assert.ok(compared > 0 || steps.length < 5, 'there is a procedure to extract');
      }).timeout(3_600_000);
  }

  it('was offered', () => {
    for (const title of ['Add  with a probe to look over', 'Limit this step with ', 'Make a procedure of these steps'])
      assert.ok(offered.has(title), [...offered].join('; '));
  });
});
