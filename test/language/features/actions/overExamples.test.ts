import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLanguageService, tokensOf } from '../../../../src/language/index.js';
import type { LanguageService, OutlineNode } from '../../../../src/language/index.js';
import { draftPlan } from '../../../../src/planner/index.js';
import { applied } from '../../../support/language/applied.js';

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

/** What every step of the plan does, wherever it stands: not its path, line and scope. */
async function acts(service: LanguageService, folder: string, file: string): Promise<readonly unknown[]> {
  const project = await service.loadProject(file);
  assert.ok(project?.sound === true);
  const [environment] = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.inventory.yaml'));
  const inventory = service.parseInventory(`/${folder}/${environment ?? ''}`, readFileSync(join(ROOT, folder, environment ?? ''), 'utf8'));
  const { plan } = draftPlan({ project, inventory, inputs: {}, facts: [], proof: false });
  const found: unknown[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { kind, action, title, hostRoles, targets, spec, effects, stages, conditions } = node as Record<string, unknown>;
    if (kind === 'step') {
      const places = (targets as readonly { about: unknown; at: unknown }[]).map(({ about, at }) => ({ about, at }));
      const when = (conditions as readonly { text?: unknown }[]).map(({ text }) => text);
      found.push({ action, title, hostRoles, places, spec, effects, stages, when });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(plan?.steps);
  return found;
}

function commentsOf(text: string): readonly string[] {
  return [...tokensOf(text)].filter(({ type }) => type === 'comment').map(({ source }) => source.trimEnd());
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
          if (index % 4 !== 0) continue;
          for (const action of await service.codeActions(file, text, {
            start: step.range.start,
            end: Math.min(step.range.start + 5, step.range.end),
          })) {
            offered.add(action.title.replace(/".*"/, ''));
            const made = applied(text, action.edits.get(file) ?? []);
            const after = serviceOf(folder, [file, made]);
            const errors = (await after.diagnose(file)).filter(({ severity }) => severity === 'error');
            assert.deepEqual(errors, [], `${action.title} at ${step.path}:\n${made}`);
            assert.deepEqual([...commentsOf(made)].sort(), [...commentsOf(text)].sort());
            assert.ok((made.match(/^$/gm) ?? []).length >= (text.match(/^$/gm) ?? []).length, `${action.title} at ${step.path}`);
            if (action.kind !== 'refactor.extract') continue;
            assert.deepEqual(await acts(after, folder, file), before, `${action.title} at ${step.path}:\n${made}`);
            compared++;
          }
        }
        assert.ok(compared > 0 || steps.length < 5, 'there is a procedure to extract');
      }).timeout(240_000);
  }

  it('was offered', () => {
    assert.deepEqual([...offered].sort(), ['Add  with a probe to look over', 'Limit this step with ', 'Make a procedure of these steps']);
  });
});
