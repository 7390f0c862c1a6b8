import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, OutlineNode, Range } from '../../../../src/language/index.js';
import { draftPlan } from '../../../../src/planner/index.js';
import { Random } from '../../../planner/property/support/random.js';
import { applied } from '../../../support/language/applied.js';
import { assertNothingLost } from '../../../support/language/comments.js';
import { documentsOf, generatedTexts, seeds } from '../../../support/language/generated.js';
import type { GeneratedTexts } from '../../../support/language/generated.js';
import { serviceOver } from '../../../support/language/service.js';
import { actsOf, unlimited } from './support/acts.js';

const FILE = '/a.runbook.yaml';
const DOCUMENTS = documentsOf(40);

function flat(nodes: readonly OutlineNode[]): readonly OutlineNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

/** What is wrong with a text, as often as it is. */
async function troublesOf(text: string): Promise<readonly Diagnostic[]> {
  return (await serviceOver({ [FILE]: text }).diagnose(FILE)).filter(({ severity }) => severity === 'error');
}

async function actsIn(text: string, { inventory, facts }: GeneratedTexts): Promise<readonly unknown[]> {
  const service = serviceOver({ [FILE]: text });
  const project = await service.loadProject(FILE);
  assert.ok(project?.sound === true);
  const environment = service.parseInventory('/b.inventory.yaml', inventory);
  const { plan } = draftPlan({ project, inventory: environment, inputs: {}, facts, proof: false });
  return actsOf(plan);
}

/** Some places of a text: the beginnings of steps, several steps together, and anything. */
function selectionsIn(text: string, steps: readonly OutlineNode[], random: Random): readonly Range[] {
  const one = random.pick(steps).range;
  const other = random.pick(steps).range;
  const start = random.below(text.length);
  return [
    { start: one.start, end: Math.min(one.start + 5, one.end) },
    { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) },
    { start, end: Math.min(text.length, start + random.below(200)) },
    { start, end: start },
  ];
}

function actionsAt(text: string, range: Range): Promise<readonly CodeAction[]> {
  return serviceOver({ [FILE]: text }).codeActions(FILE, text, range);
}

/** Makes what an action says, which is one change of one file; what comments and empty lines there were are still there. */
function madeBy({ title, edits }: CodeAction, text: string, where: string): string {
  assert.deepEqual([...edits.keys()], [FILE], where);
  const made = applied(text, edits.get(FILE) ?? []);
  assert.notEqual(made, text, `${title}: ${where}`);
  assertNothingLost(made, text, `${title}: ${where}\n${text}\n---\n${made}`);
  return made;
}

describe('every code action over generated documents', () => {
  it('keeps them sound, with all comments and empty lines, and what they do as it was', async () => {
    const offered = new Map<string, number>();
    for (const seed of seeds(DOCUMENTS)) {
      const texts = generatedTexts(seed);
      const { runbook: text } = texts;
      const random = new Random(seed);
      const before = await actsIn(text, texts);
      const steps = flat(serviceOver({}).outline(FILE, text));
      for (const range of selectionsIn(text, steps, random))
        for (const action of await actionsAt(text, range)) {
          const where = `seed ${String(seed)}, ${String(range.start)}-${String(range.end)}`;
          const name = action.title.replace(/".*"/, '""');
          offered.set(name, (offered.get(name) ?? 0) + 1);
          const made = madeBy(action, text, where);
          assert.deepEqual(await troublesOf(made), [], `${action.title}: ${where}\n${text}\n---\n${made}`);
          const after = await actsIn(made, texts);
          if (action.kind === 'refactor.extract') assert.deepEqual(after, before, `${action.title}: ${where}\n${text}\n---\n${made}`);
          else if (action.kind === 'refactor.rewrite')
            assert.deepEqual(unlimited(after), unlimited(before), `${action.title}: ${where}\n${text}\n---\n${made}`);
        }
    }
    assert.ok((offered.get('Make a procedure of these steps') ?? 0) >= DOCUMENTS / 4 && offered.size >= 3, JSON.stringify([...offered]));
  }).timeout(7_200_000);

  it('mends what it says it mends where a name is missing, and breaks nothing else', async () => {
    let mended = 0;
    for (const seed of seeds(DOCUMENTS)) {
      const { runbook } = generatedTexts(seed);
      const random = new Random(seed);
      const names = [...runbook.matchAll(/\b(?:inputs|facts|hosts|secrets|host)\.(\w+)/g)];
      if (names.length === 0) continue;
      const { index, 0: whole, 1: name = '' } = random.pick(names);
      const at = index + whole.length - name.length;
      const text = `${runbook.slice(0, at)}zz_${name}${runbook.slice(at + name.length)}`;
      const before = await troublesOf(text);
      for (const { code, range } of before)
        for (const action of await actionsAt(text, range)) {
          const where = `seed ${String(seed)}, ${code} at ${String(range.start)}`;
          const made = madeBy(action, text, where);
          const after = await troublesOf(made);
          const known = new Set(before.map((diagnostic) => `${diagnostic.code} ${diagnostic.message}`));
          const fresh = after.filter((diagnostic) => !known.has(`${diagnostic.code} ${diagnostic.message}`));
          assert.deepEqual(fresh, [], `${action.title}: ${where}\n${text}\n---\n${made}`);
          if (action.code !== code) continue;
          mended++;
          assert.ok(after.length < before.length, `${action.title}: ${where}\n${text}\n---\n${made}`);
        }
    }
    assert.ok(mended >= DOCUMENTS / 4, `${String(mended)} mended`);
  }).timeout(7_200_000);
});
