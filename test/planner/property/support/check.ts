import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { MAX_ALIASES } from '../../../../src/language/parser/limits.js';
import { createLanguageService } from '../../../../src/language/index.js';
import type { ParsedInventory, Project } from '../../../../src/language/index.js';
import { diagnoseProject, draftPlan, planDigest } from '../../../../src/planner/index.js';
import type { Draft, GivenFact, Plan } from '../../../../src/planner/index.js';
import { checkBatches } from './batches.js';
import { randomDocuments } from './documents.js';
import { brokenOrders, worldsOfFacts } from './oracle.js';
import { Random } from './random.js';
import { restyled } from './restyle.js';

/** How often each thing was seen, so that a test can say that it has seen enough of it. */
export type Tally = Record<'plans' | 'broken' | 'proven' | 'batches' | 'hops' | 'diagnosed', number>;

/** One seed in so many: what the other checks nearly show, too. */
const SELDOM = 5;
/** One seed in so many is planned in all its variants, which takes a hundred times as long as one plan. */
const VERY_SELDOM = 200;
const RUNBOOK = '/work/random.runbook.yaml';
const INVENTORY = '/work/rehearsal.inventory.yaml';

/** Makes the documents of a seed, and asserts everything that must hold for any documents. */
export async function checkSeed(seed: number, tally: Tally): Promise<void> {
  const { runbook, inventory, facts, flags, serial, targeted } = randomDocuments(seed);
  const random = new Random(seed + 0x5eed);
  const written = { runbook: writtenOut(runbook), inventory: writtenOut(inventory) };
  const project = await projectOf(written.runbook);
  const errors = [...project.diagnostics.values()].flat().filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, [], 'the generator makes valid documents only');

  const environment = inventoryOf(written.inventory);
  const draft = draftOf(project, environment, facts);
  assert.deepEqual(
    draft.problems.map(({ diagnostic }) => diagnostic).filter(({ code }) => code !== 'order-broken'),
    [],
    'nothing but an order may stand in the way',
  );
  const unproven = draft.plan === undefined ? draftOf(project, environment, facts, false) : draft;
  const { plan } = unproven;
  assert.ok(plan);
  tally.plans++;
  checkOrders(draft, plan, flags, tally);
  tally.batches += checkBatches(plan, serial, targeted);
  if (plan.steps.some((node) => node.kind === 'group' && node.children.some((child) => child.kind === 'group' && child.hop !== undefined)))
    tally.hops++;

  const again = JSON.parse(JSON.stringify(plan)) as Plan;
  assert.deepEqual(again, plan, 'a plan is the same once it has been JSON');
  assert.equal(planDigest(again), unproven.digest);

  const other = { runbook: restyled(runbook, random), inventory: restyled(inventory, random) };
  const otherDraft = draftOf(parsedOnly(other.runbook), inventoryOf(other.inventory), facts, false);
  assert.equal(
    otherDraft.digest,
    unproven.digest,
    `the digest of the plan does not change with the spelling:\n${other.runbook}\n${other.inventory}`,
  );
  assert.equal(otherDraft.plan?.runbook.digest, plan.runbook.digest, 'nor does that of the runbook');

  if (seed % SELDOM !== 0) return;
  assert.equal(
    draftOf(await projectOf(written.runbook), inventoryOf(written.inventory), facts, false).digest,
    unproven.digest,
    'equal input, equal digest',
  );
  // What is cut out at random is hardly valid any more; the rules must say so and not fall over it.
  const cut = random.below(written.runbook.length);
  await projectOf(written.runbook.slice(0, cut) + written.runbook.slice(cut + 1 + random.below(60)));

  if (seed % VERY_SELDOM !== 0) return;
  tally.diagnosed++;
  const found = [...diagnoseProject(project).values()].flat().map(({ code }) => code);
  // The variants are made from the runbook alone, which does not say that one host may stand in two roles.
  const members = Object.values(plan.scopes['main']?.roles ?? {}).flat();
  const oneRoleEach = new Set(members).size === members.length;
  if (draft.problems.length > 0 && oneRoleEach && !found.includes('order-unprovable'))
    assert.ok(found.includes('order-broken'), 'an order that breaks here breaks in one of the variants');
}

/** The proof says of each order what carrying the plan out in every possible world shows. */
function checkOrders(draft: Draft, plan: Plan, flags: Parameters<typeof worldsOfFacts>[1], tally: Tally): void {
  const worlds = worldsOfFacts(plan, flags);
  if (worlds === undefined) return;
  const broken = brokenOrders(plan, worlds);
  const orders = draft.proof?.orders ?? [];
  assert.equal(orders.length, plan.orders.length);
  assert.deepEqual(
    [...orders.entries()].flatMap(([index, { verdict }]) => (verdict === 'broken' ? [index] : [])),
    broken,
    'orders that are proven to break, against those that do',
  );
  assert.equal(draft.problems.length > 0, broken.length > 0);
  tally.broken += broken.length;
  tally.proven += orders.filter(({ verdict }) => verdict === 'proven').length;
}

async function projectOf(text: string): Promise<Project> {
  const service = createLanguageService({ workspace: { readText: (file) => Promise.resolve(file === RUNBOOK ? text : undefined) } });
  const project = await service.loadProject(RUNBOOK);
  assert.ok(project);
  return project;
}

/** Without the rules of the linter: they have seen the same runbook already. */
function parsedOnly(text: string): Project {
  const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });
  const root = service.parseRunbook(RUNBOOK, text);
  assert.deepEqual(root.diagnostics, [], text);
  const files = new Map([[RUNBOOK, root]]);
  return { root, files, known: files, diagnostics: new Map(), sound: true };
}

function draftOf(project: Project, inventory: ParsedInventory, facts: readonly GivenFact[], proof?: false): Draft {
  const request = { project, inventory, inputs: {}, facts };
  return draftPlan(proof === undefined ? request : { ...request, proof });
}

function inventoryOf(text: string): ParsedInventory {
  return createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } }).parseInventory(INVENTORY, text);
}

/** With aliases for what occurs more than once, as long as the language takes so many of them. */
function writtenOut(data: unknown): string {
  const text = stringify(data);
  const marks = text.match(/(?:^|[\s:[{,-])[&*]a\d+/gm)?.length ?? 0;
  return marks < MAX_ALIASES ? text : stringify(data, { aliasDuplicateObjects: false });
}
