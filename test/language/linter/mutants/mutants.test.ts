import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { INVENTORY_RULES, RULES, SYNTAX_RULES } from '../../../../src/language/index.js';
import { draftPlan, PLAN_RULES, planFindings } from '../../../../src/planner/index.js';
import { serviceOnDisk } from '../../../support/language/service.js';
import { mutated } from './mutation.js';
import type { Mutation } from './mutation.js';
import * as procedures from './procedures.js';
import { OF_ROTATION } from './rotation.js';
import { OF_SYNTAX } from './syntax.js';

const examples = resolve(import.meta.dirname, '../../../../examples');
const ROTATION = 'certificate-rotation/rotation.runbook.yaml';

const MUTATIONS: readonly (readonly [file: string, mutations: readonly Mutation[]])[] = [
  [ROTATION, [...OF_SYNTAX, ...OF_ROTATION]],
  ['sps/sps.runbook.yaml', [...procedures.OF_SPS, procedures.TOO_MANY_STEPS]],
  ['urbancode-ha/urbancode.runbook.yaml', procedures.OF_URBANCODE],
  ['secret-server/secret_server.runbook.yaml', procedures.OF_SECRET_SERVER],
  ['secret-server/clustering.runbook.yaml', procedures.OF_CLUSTERING],
  ['windows-patching/patching.runbook.yaml', procedures.OF_PATCHING],
  ['sps/staging.inventory.yaml', procedures.OF_STAGING],
  ['sps/production.inventory.yaml', procedures.OF_PRODUCTION],
];

/** Where it takes hundreds of steps to find anything: test/planner/proof/effort.test.ts. */
const ELSEWHERE = ['too-many-variants'];
const tried = new Set<string>(ELSEWHERE);

describe('a mutant of a shipped example for every rule', () => {
  for (const [name, mutations] of MUTATIONS) {
    const file = join(examples, name);
    for (const mutation of mutations) {
      it(`${mutation.rule}: ${name}`, async () => {
        tried.add(mutation.rule);
        const text = mutated(readFileSync(file, 'utf8'), mutation);
        const codes = await codesWith(file, text);
        assert.ok(codes.includes(mutation.rule), codes.join());
      });
    }
  }

  for (const { file: name, mutation } of procedures.OF_PLANS) {
    it(`${mutation.rule}: ${name}`, async () => {
      tried.add(mutation.rule);
      const file = join(examples, name);
      const project = await serviceOnDisk(new Map([[file, mutated(readFileSync(file, 'utf8'), mutation)]])).loadProject(file);
      assert.ok(project?.sound === true);
      assert.ok(planFindings(project).some(({ diagnostic }) => diagnostic.code === mutation.rule));
    });
  }

  it('self-lock-out: windows-patching/staging.inventory.yaml', async () => {
    tried.add('self-lock-out');
    const inventory = join(examples, 'windows-patching/staging.inventory.yaml');
    const service = serviceOnDisk();
    const project = await service.loadProject(join(examples, 'windows-patching/patching.runbook.yaml'));
    assert.ok(project !== undefined);
    const facts = ['web_1', 'web_2'].map((host) => ({ fact: 'build', host, scope: 'main', value: '10.0.20348.1' }));
    const warningsOf = (text: string): readonly string[] => {
      const draft = draftPlan({ project, inventory: service.parseInventory(inventory, text), inputs: {}, facts });
      assert.deepEqual(draft.problems, []);
      return draft.warnings.map(({ diagnostic }) => diagnostic.code);
    };
    const text = readFileSync(inventory, 'utf8');
    assert.deepEqual(warningsOf(text), []);
    const kept: Mutation = {
      rule: 'self-lock-out',
      edits: [['\nhosts:\n', '\nsecrets: { balancer_token: { kept_on: web_1 } }\nhosts:\n']],
    };
    assert.ok(warningsOf(mutated(text, kept)).includes('self-lock-out'));
  });

  it('is there', () => {
    const ids = [...SYNTAX_RULES, ...RULES, ...INVENTORY_RULES, ...PLAN_RULES].map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id) => !tried.has(id)),
      [],
    );
  });
});

describe('the shipped examples', () => {
  for (const [name] of MUTATIONS) {
    it(`${name}: nothing is said of it`, async () => {
      const file = join(examples, name);
      assert.deepEqual(await codesWith(file, readFileSync(file, 'utf8')), []);
    });
  }
});

async function codesWith(file: string, text: string): Promise<readonly string[]> {
  return (await serviceOnDisk(new Map([[file, text]])).diagnose(file)).map(({ code }) => code);
}
