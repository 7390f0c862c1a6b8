import assert from 'node:assert/strict';
import { planSteps, stepsOf } from '../../src/planner/index.js';
import type { Draft, GivenFact } from '../../src/planner/index.js';
import { draft } from '../support/drafting.js';
import { examplesOf, headerOf, wholeRunbook } from './example.js';

const examples = examplesOf('language.md');
const inventory = examples.find(({ kind }) => kind === 'yaml inventory')?.text ?? '';
const OTHER = `runbook: v1
id: other
title: Another one
steps:
  - { id: only, title: Look, manual: Look. }
`;

/** The draft of the example that contains `mark`, in the first environment of the page. */
function draftOf(
  mark: string,
  from: string,
  target = '7.0.2',
  change = (text: string): string => text,
  facts: readonly GivenFact[] = [],
): Promise<Draft> {
  const example = examples.find(({ kind, text }) => kind === 'yaml top' && text.includes(mark));
  assert.ok(example !== undefined, `no example has "${mark}"`);
  return draft({
    runbooks: { 'a.runbook.yaml': change(wholeRunbook(headerOf(examples), 'top', example.text)), 'clustering.runbook.yaml': OTHER },
    inventory,
    inputs: { target },
    facts: [...['shop1', 'shop2'].map((host) => ({ scope: 'main', fact: 'installed', host, value: from })), ...facts],
  });
}

const paths = ({ plan }: Draft): readonly string[] => (plan === undefined ? [] : [...planSteps(plan)].map(({ path }) => path));
const troubles = ({ problems }: Draft): readonly string[] => problems.map(({ diagnostic }) => `${diagnostic.code}: ${diagnostic.message}`);

describe('what docs/language.md says of its examples', () => {
  const hops = async (from: string, target?: string): Promise<readonly string[]> => {
    const made = await draftOf('per_hop: true', from, target);
    assert.deepEqual(troubles(made), []);
    return (made.plan?.scopes['main']?.hops ?? []).map((hop) => `${hop.from ?? ''} → ${hop.to}`);
  };

  it('is two hops from 5.2 and one from 6.5', async () => {
    assert.deepEqual(await hops('5.2'), ['5.2 → 6.0.4', '6.0.4 → 7.0.2']);
    assert.deepEqual(await hops('6.5'), ['6.5 → 7.0.2']);
    assert.deepEqual(await hops('7.0.2'), []);
  });

  it('is done once for each hop, and settles between them', async () => {
    assert.deepEqual(paths(await draftOf('per_hop: true', '5.2')), ['upgrade@1/install', 'upgrade@1/settle', 'upgrade@2/install']);
    assert.deepEqual(paths(await draftOf('per_hop: true', '7.0.2')), []);
  });

  it('is dispatched to the more specific guide, with the generic steps for comparison', async () => {
    const made = await draftOf('per_hop: true', '6.5', '8.0.1');
    assert.ok(
      paths(made).every((path) => path.endsWith('/only')),
      paths(made).join(),
    );
    assert.deepEqual(
      made.comparisons.map(({ generic }) => [...stepsOf(generic)][0]?.path),
      ['upgrade@1/install'],
    );
  });

  it('refuses what is not supported, and an older target', async () => {
    assert.match(troubles(await draftOf('per_hop: true', '4.9')).join(), /unsupported-version: .*Support of the vendor/);
    assert.match(troubles(await draftOf('per_hop: true', '7.1')).join(), /downgrade/);
  });

  it('puts a gate before the steps where an advisory demands it', async () => {
    assert.deepEqual(paths(await draftOf('new_ports', '6.5')), ['advisories/new_ports', 'save_cache']);
    assert.deepEqual(paths(await draftOf('new_ports', '7.0.1')), ['save_cache']);
  });

  it('asks a person where the words of the vendor leave an advisory open', async () => {
    const clustered = (value: boolean): GivenFact => ({ scope: 'main', fact: 'clustered', value });
    const open = async (from: string, value: boolean): Promise<readonly string[]> =>
      (await draftOf('shared_cache', from, '7.0.2', undefined, [clustered(value)])).openFacts.map(({ fact }) => fact);
    assert.deepEqual(await open('7.0', false), ['advisories.shared_cache']);
    assert.deepEqual(await open('7.0', true), []);
    assert.deepEqual(await open('7.0.1', false), []);
  });

  it('proves the order, and finds the one that is broken', async () => {
    assert.deepEqual(troubles(await draftOf('because: Only a backup leads back.', '6.5')), []);
    const swapped = (text: string): string => {
      const [head = '', steps = ''] = text.split(/^steps:\n/m);
      const [backUp = '', stop = '', upgrade = ''] = steps.split(/^(?= {2}- id: )/m);
      return `${head}steps:\n${backUp}${upgrade}${stop}`;
    };
    assert.match(troubles(await draftOf('because: Only a backup leads back.', '6.5', '7.0.2', swapped)).join(), /order-broken/);
  });

  it('takes exactly the steps of a range', async () => {
    assert.deepEqual(paths(await draftOf('#stop..start', '6.5')), [
      'first/stop',
      'first/start',
      'first/announce',
      'rest@shop2/stop',
      'rest@shop2/start',
    ]);
  });
});
