import assert from 'node:assert/strict';
import { diagnoseProject, findInPlans, variantSpace, variantsOf } from '../../../src/planner/index.js';
import { projectOf } from './drafting.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. } }\n';
const UPGRADE = `inputs: { target: { type: version } }
facts: { installed: { on: app, type: version, ask: Which? } }
upgrade: { installed: installed, to: "\${{ inputs.target }}" }
`;

/** Something that could be left undone in any variant, so that all of them are looked at. */
const RESTART = '{ id: restart, on: app, service: { name: agent, state: restarted } }';

function range<T>(count: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** How many variants are drafted until everything was tried, or it was given up. */
async function tried(text: string): Promise<{ variants: number; told: readonly string[] }> {
  const project = await projectOf({ 'a.runbook.yaml': HEAD + text });
  const parts = findInPlans(project);
  for (let variants = 0; ; variants++) {
    const part = parts.next();
    if (part.done !== true) continue;
    const told = part.value.filter(({ diagnostic }) => diagnostic.code === 'too-many-variants').map(({ diagnostic }) => diagnostic.message);
    return { variants, told };
  }
}

/** Paths by many advisories, each about another version. */
function advisories(count: number): string {
  const list = range(count, (at) => `  - { id: a${String(at)}, severity: note, when: 'crosses("${String(at + 1)}.1")', text: T. }\n`);
  return `${UPGRADE}advisories:\n${list.join('')}steps: [ ${RESTART} ]\n`;
}

describe('the effort to look at plans', () => {
  it('is all that is needed for a runbook of a usual size', async () => {
    assert.deepEqual(await tried(advisories(5)), { variants: 3 * (15 + 1 + 1), told: [] });
  });

  it('ends after a counted number of variants, and says so', async () => {
    const options = range(100, (at) => `o${String(at)}`);
    const inputs = ['a', 'b'].map((name) => `  ${name}: { type: choice, options: [${options.join()}], default: o0 }\n`);
    const step = (option: string): string =>
      `  - { id: ${option}, on: app, run: ./${option}.sh, when: 'inputs.a == "${option}" || inputs.b == "${option}"' }\n`;
    const conditions = options.map(step);
    const { variants, told } = await tried(`inputs:\n${inputs.join('')}steps:\n${conditions.join('')}  - ${RESTART}\n`);
    assert.ok(variants > 100 && variants < 1000, String(variants));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', new RegExp(`only the first ${String(variants)} variants`));
  });

  it('ends once every step was seen where plans can show nothing else', async () => {
    const steps = 'steps: [ { id: one, on: app, run: "true" }, { id: two, on: app, run: "true", when: inputs.fast } ]\n';
    const inputs = 'inputs: { fast: { type: boolean, default: false } }\n';
    assert.deepEqual(await tried(inputs + steps), { variants: 1, told: [] });
    const restarting = steps.replace('[ ', `[ ${RESTART}, `);
    assert.deepEqual(await tried(inputs + restarting), { variants: 6, told: [] });
  });

  it('thins out paths where there are too many, and keeps those in which each condition holds and fails', async () => {
    const project = await projectOf({ 'a.runbook.yaml': HEAD.replace('1..', '1') + advisories(60) });
    const { combinations, thinned } = variantSpace(project);
    assert.ok(thinned);
    assert.equal(combinations, 400);
    const truths = new Set<string>();
    for (const { facts, inputs } of variantsOf(project)) {
      const [from, to] = [facts.find(({ fact }) => fact === 'installed')?.value, inputs['target']].map((version) =>
        Number.parseFloat(String(version)),
      );
      if (from === undefined || to === undefined || Number.isNaN(from)) continue;
      for (let at = 1; at <= 60; at++) truths.add(`${String(at)} ${String(from < at + 0.1 && at + 0.1 <= to)}`);
    }
    assert.equal(truths.size, 120);
    const found = [...diagnoseProject(project).values()].flat().map(({ code }) => code);
    assert.ok(found.includes('too-many-variants'));
  });

  it('ends after a counted amount of looking at orders, and says that they are not proven', async () => {
    const count = 300;
    const facts = range(count, (at) => `  f${String(at)}: { on: app, type: boolean, ask: Which? }\n`).join('');
    const effects = ['backup', 'upgrade', 'configure', 'isolate', 'rejoin'];
    const effect = (at: number): string => effects[at % effects.length] ?? '';
    const steps = range(
      count,
      (at) => `  - { id: s${String(at)}, on: app, run: ./s${String(at)}.sh, when: host.f${String(at)}, effects: [${effect(at)}] }\n`,
    );
    const orders = range(count, (at) => `  - { first: { ${effect(at)}: app }, then: { ${effect(at + 1)}: app } }\n`);
    const project = await projectOf({
      'a.runbook.yaml': `${HEAD}facts:\n${facts}order:\n${orders.join('')}steps:\n${steps.join('')}`,
    });
    const found = [...diagnoseProject(project).values()].flat();
    const unprovable = found.filter(({ code }) => code === 'order-unprovable');
    assert.match(unprovable[0]?.message ?? '', /not proven/);
    assert.ok(found.some(({ code }) => code === 'too-many-variants'));
  });
});
