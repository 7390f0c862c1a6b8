import assert from 'node:assert/strict';
import { stepsOf } from '../../../src/planner/index.js';
import type { Draft, GivenFact, PlainValue } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';

const INVENTORY = 'inventory: v1\nenvironment: rehearsal\nhosts: { a: {}, b: {} }\nroles: { node: [a, b] }\n';
const HEAD = `
runbook: v1
id: sample
title: Sample
contacts: { support: { title: Support, phone: "+1 555 0100" } }
inputs: { target: { type: version } }
roles: { node: { hosts: 1.. } }
facts:
  installed: { on: node, type: version, ask: Which version? }
  clustered: { type: boolean, ask: Is it clustered? }
upgrade:
  installed: installed
  to: \${{ inputs.target }}
  supported: { range: ">= 2.0", otherwise: support }
`;
const STEPS = 'steps: [ { id: act, on: node, run: "true", args: ["${{ hop.to }}"] } ]\n';
const GUIDE = 'runbook: v1\nid: guide\ntitle: Guide\nroles: { node: { hosts: 1.. } }\nsteps: [ { id: special, on: node, run: "true" } ]\n';

async function planned(runbook: string, given: Readonly<Record<string, PlainValue>>, target = '6.0'): Promise<Draft> {
  const facts = Object.entries(given).map(([name, value]): GivenFact => {
    const [fact = '', host] = name.split('@');
    return { scope: 'main', fact, ...(host === undefined ? {} : { host }), value };
  });
  const runbooks = { 'a.runbook.yaml': runbook, 'guide.runbook.yaml': GUIDE };
  return draft({ runbooks, inventory: INVENTORY, inputs: { target }, facts });
}

const codes = (made: Draft): readonly string[] => made.problems.map(({ diagnostic }) => diagnostic.code);
const paths = (made: Draft): readonly string[] => [...stepsOf(made.plan?.steps ?? [])].map(({ path }) => path);
const differ = { 'installed@a': '3.0', 'installed@b': '4.0' };

describe('the start of an upgrade', () => {
  it('is the version of one of the hosts, never one that a person makes up', async () => {
    assert.deepEqual(codes(await planned(HEAD + STEPS, { ...differ, 'upgrade.from': '4.0' })), []);
    const made = await planned(HEAD + STEPS, { ...differ, 'upgrade.from': '5.0' });
    assert.deepEqual(codes(made), ['start-version']);
    assert.match(made.problems[0]?.diagnostic.message ?? '', /from 5\.0, and no host has that version: a has 3\.0, b has 4\.0; give/);
    assert.deepEqual(codes(await planned(HEAD + STEPS, { 'installed@a': '3.0', 'installed@b': '3.0', 'upgrade.from': '4.0' })), [
      'start-version',
    ]);
  });

  it('is planned with where it is said, though the hosts are still to be asked', async () => {
    const made = await planned(HEAD + STEPS, { 'upgrade.from': '3.0' });
    assert.equal(made.plan?.scopes['main']?.hops?.[0]?.from, '3.0');
    assert.deepEqual(
      made.openFacts.map(({ fact, decides }) => [fact, decides]),
      [
        ['installed', 'path'],
        ['installed', 'path'],
      ],
    );
  });

  it('waits for the versions of all hosts, whatever a person says', async () => {
    const made = await planned(HEAD + STEPS, { 'installed@a': '3.0', 'upgrade.from': '3.0' });
    assert.deepEqual(made.openFacts, [{ scope: 'main', fact: 'installed', host: 'b', decides: 'path' }]);
  });

  it('is supported only where every host is', async () => {
    const old = await planned(HEAD + STEPS, { 'installed@a': '1.0', 'installed@b': '4.0', 'upgrade.from': '4.0' });
    assert.deepEqual(codes(old), ['unsupported-version']);
    assert.match(old.problems[0]?.diagnostic.message ?? '', /^1\.0 is installed on a, /);
    const newer = await planned(HEAD + STEPS, { 'installed@a': '7.0', 'installed@b': '4.0', 'upgrade.from': '4.0' });
    assert.deepEqual(codes(newer), ['downgrade']);
    assert.match(newer.problems[0]?.diagnostic.message ?? '', /^7\.0 is installed on a /);
  });

  it('brings no second problem where a version is none', async () => {
    assert.deepEqual(codes(await planned(HEAD + STEPS, differ, 'latest')), ['input-type']);
    assert.deepEqual(codes(await planned(HEAD + STEPS, { 'installed@a': 'old', 'installed@b': '4.0' })), ['fact-type']);
  });
});

describe('a more specific runbook', () => {
  const instead = (when: string): string => `${HEAD}  instead: [ { when: '${when}', use: guide.runbook.yaml } ]\n${STEPS}`;
  const known = { 'installed@a': '3.0', 'installed@b': '3.0' };

  it('is chosen by a fact that must be known first', async () => {
    const made = await planned(instead('facts.clustered && hop.last'), known);
    assert.deepEqual(made.openFacts, [{ scope: 'main', fact: 'clustered', decides: 'path' }]);
    assert.deepEqual(paths(await planned(instead('facts.clustered && hop.last'), { ...known, clustered: true })), ['instead/special']);
    assert.deepEqual(paths(await planned(instead('facts.clustered && hop.last'), { ...known, clustered: false })), ['act']);
  });

  it('is not passed over for a later one while its condition is open', async () => {
    const two = `${HEAD}  instead: [ { when: facts.clustered, use: guide.runbook.yaml }, { when: hop.last, use: guide.runbook.yaml } ]\n${STEPS}`;
    const made = await planned(two, known);
    assert.deepEqual(paths(made), ['act']);
    assert.deepEqual(
      made.openFacts.map(({ fact }) => fact),
      ['clustered'],
    );
  });

  it('cannot hang on what only a run knows', async () => {
    assert.deepEqual(codes(await planned(instead('run.failed'), known)), ['instead-not-known']);
  });
});
