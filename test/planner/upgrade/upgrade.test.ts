import assert from 'node:assert/strict';
import { stepsOf } from '../../../src/planner/index.js';
import type { Draft, GivenFact, PlainValue } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';

const INVENTORY = `
inventory: v1
environment: rehearsal
hosts: { a: { vars: { url: "http://a.example.com" } }, b: { vars: { url: "http://b.example.com" } } }
roles: { node: [a, b] }
`;

const HEAD = `
runbook: v1
id: sample
title: Sample
contacts: { support: { title: Support of the vendor, phone: "+1 555 0100" } }
versions: { x: { pattern: '(?<line>\\d+)\\.\\d+' } }
inputs: { target: { type: version, scheme: x } }
roles: { node: { hosts: 1.., vars: { url: url } } }
facts:
  installed: { on: node, type: version, scheme: x, ask: Which version? }
  plugin: { type: boolean, ask: Is the plug-in used? }
`;

const STOPS = `
upgrade:
  installed: installed
  to: \${{ inputs.target }}
  supported: { range: ">= 2.0", otherwise: support }
  stops: [ { from: "< 4.0", to: ">= 5.0", via: "4.5" } ]
`;

const HOPS = `
steps:
  - { id: before, on: node, run: "true" }
  - id: hop
    title: From \${{ hop.from }} to \${{ hop.to }}
    on: node
    per_hop: true
    steps:
      - { id: settle, when: hop.number > 1, run: "true" }
      - { id: act, run: "true", args: ["\${{ hop.to }}"] }
      - { id: last, when: hop.last, run: "true" }
`;

async function planned(
  runbook: string,
  from: Readonly<Record<string, PlainValue>>,
  target: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Draft> {
  const facts = Object.entries(from).map(([name, value]): GivenFact => {
    const [fact = '', host] = name.split('@');
    return { scope: 'main', fact, ...(host === undefined ? {} : { host }), value };
  });
  return draft({ runbooks: { 'a.runbook.yaml': runbook, ...more }, inventory: INVENTORY, inputs: { target }, facts });
}

const both = (version: string): Record<string, string> => ({ 'installed@a': version, 'installed@b': version });
const paths = (made: Draft): readonly string[] => [...stepsOf(made.plan?.steps ?? [])].map(({ path }) => path);
const codes = (made: Draft): readonly string[] => made.problems.map(({ diagnostic }) => diagnostic.code);

describe('the upgrade path in a plan', () => {
  it('does the group of the hops once for each', async () => {
    const made = await planned(HEAD + STOPS + HOPS, both('3.0'), '6.0');
    assert.deepEqual(paths(made), ['before', 'hop@1/act', 'hop@2/settle', 'hop@2/act', 'hop@2/last']);
    const [, hop] = made.plan?.steps ?? [];
    assert.ok(hop?.kind === 'group');
    assert.deepEqual(
      hop.children.map((child) => child.kind === 'group' && [child.title, child.hop]),
      [
        ['From 3.0 to 4.5', { number: 1, last: false, from: '3.0', to: '4.5' }],
        ['From 4.5 to 6.0', { number: 2, last: true, from: '4.5', to: '6.0' }],
      ],
    );
  });

  it('has no hop where the target is installed', async () => {
    assert.deepEqual(paths(await planned(HEAD + STOPS + HOPS, both('6.0'), '6.0')), ['before']);
  });

  it('asks where hosts differ, and takes what a person says', async () => {
    const differ = { 'installed@a': '4.5', 'installed@b': '3.0' };
    const made = await planned(HEAD + STOPS + HOPS, differ, '6.0');
    assert.deepEqual(made.openFacts, [{ scope: 'main', fact: 'upgrade.from', decides: 'path' }]);
    const said = await planned(HEAD + STOPS + HOPS, { ...differ, 'upgrade.from': '4.5' }, '6.0');
    assert.deepEqual(said.openFacts, []);
    assert.deepEqual(paths(said), ['before', 'hop@1/act', 'hop@1/last']);
  });

  it('names what must be known first', async () => {
    const made = await planned(HEAD + STOPS + HOPS, { 'installed@a': '3.0' }, '6.0');
    assert.deepEqual(made.openFacts, [{ scope: 'main', fact: 'installed', host: 'b', decides: 'path' }]);
  });

  it('refuses what is not supported and says whom to ask, and what would go back', async () => {
    const old = await planned(HEAD + STOPS + HOPS, both('1.9'), '6.0');
    assert.deepEqual(codes(old), ['unsupported-version']);
    assert.match(old.problems[0]?.diagnostic.message ?? '', /1\.9 is installed, .* >= 2\.0; ask Support of the vendor \(\+1 555 0100\)/);
    assert.deepEqual(codes(await planned(HEAD + STOPS + HOPS, both('6.1'), '6.0')), ['downgrade']);
  });

  it('refuses a path that a stop applies to and cannot be gone to', async () => {
    const runbook = HEAD + STOPS.replace('via: "4.5"', 'via: "9.5"') + HOPS;
    const { plan, problems } = await planned(runbook, both('3.0'), '6.0');
    assert.equal(plan, undefined);
    assert.deepEqual(
      problems.map(({ diagnostic }) => diagnostic.message),
      ['the stop at 9.5 applies from 3.0 to 6.0, and does not lie between; correct "from", "to" or "via" of this stop'],
    );
    assert.deepEqual(
      (await planned(runbook, both('3.0'), '9.6')).plan?.scopes['main']?.hops?.map(({ to }) => to),
      ['9.5', '9.6'],
    );
  });

  it('knows the one hop everywhere where there are no stops, with the fields of its scheme', async () => {
    const one = `${HEAD}
upgrade: { installed: installed, to: "\${{ inputs.target }}" }
steps:
  - { id: same, on: node, when: hop.from.line == hop.to.line, run: "true" }
  - { id: other, on: node, when: 'crosses("5.0")', run: "true" }
`;
    assert.deepEqual(paths(await planned(one, both('5.1'), '5.2')), ['same']);
    assert.deepEqual(paths(await planned(one, both('4.9'), '5.0')), ['other']);
    assert.deepEqual(paths(await planned(one, both('5.0'), '5.0')), ['same'], 'the target is installed');
  });

  it('follows a more specific runbook for a hop, and keeps the generic steps for comparison', async () => {
    const guide = `
runbook: v1
id: guide
title: Guide
inputs: { from: { type: version }, to: { type: version } }
roles: { node: { hosts: 1.. } }
steps: [ { id: special, on: node, run: "true", when: inputs.from < version("5.0") } ]
`;
    const upgrade = `${STOPS}  instead: [ { when: 'hop.to == version("6.0")', use: guide.runbook.yaml, title: The guide, with: { from: "\${{ hop.from }}", to: "\${{ hop.to }}" } } ]\n`;
    const made = await planned(HEAD + upgrade + HOPS, both('3.0'), '6.0', { 'guide.runbook.yaml': guide });
    assert.deepEqual(codes(made), []);
    assert.deepEqual(paths(made), ['before', 'hop@1/act', 'hop@2/special']);
    assert.deepEqual(
      made.comparisons.map(({ hop, generic }) => [hop.number, [...stepsOf(generic)].map(({ path }) => path)]),
      [[2, ['hop@2/settle', 'hop@2/act', 'hop@2/last']]],
    );
    const step = [...stepsOf(made.plan?.steps ?? [])].at(-1);
    assert.deepEqual(
      step?.reachedBy.map(({ use }) => use),
      ['guide.runbook.yaml'],
    );
  });

  it('replaces all steps by the more specific runbook where there is one hop', async () => {
    const guide = `
runbook: v1
id: guide
title: Guide
roles: { node: { hosts: 1.. } }
steps: [ { id: special, on: node, run: "true" } ]
`;
    const one = `${HEAD}
upgrade: { installed: installed, to: "\${{ inputs.target }}", instead: [ { when: hop.from.line != hop.to.line, use: guide.runbook.yaml } ] }
prerequisites: [ { id: ready, manual: Ready? } ]
steps: [ { id: act, on: node, run: "true" } ]
`;
    const files = { 'guide.runbook.yaml': guide };
    assert.deepEqual(paths(await planned(one, both('5.1'), '6.0', files)), ['ready', 'instead/special']);
    assert.deepEqual(paths(await planned(one, both('5.1'), '5.2', files)), ['ready', 'act']);
  });
});

describe('advisories in a plan', () => {
  const advisory = (more: string): string => `${HEAD}${STOPS}
advisories:
  - { id: news, severity: important, text: Read this., ${more} }
${HOPS.replace('when: hop.last', 'when: advisories.news')}`;

  it('apply hop by hop', async () => {
    const made = await planned(advisory(`when: 'crosses("4.2")'`), both('3.0'), '6.0');
    assert.deepEqual(paths(made), ['before', 'hop@1/act', 'hop@1/last', 'hop@2/settle', 'hop@2/act']);
  });

  it('are acknowledged before everything where they demand it', async () => {
    const made = await planned(advisory(`when: 'crosses("4.2")', demands: acknowledgement`), both('3.0'), '6.0');
    const [first] = [...stepsOf(made.plan?.steps ?? [])];
    assert.equal(first?.path, 'advisories/news');
    assert.equal(first.section, 'prerequisites');
    assert.deepEqual(first.conditions, [], 'it is certain');
    assert.deepEqual(paths(await planned(advisory(`when: 'crosses("9.9")', demands: acknowledgement`), both('3.0'), '6.0'))[0], 'before');
  });

  it('stop the upgrade where they demand it, as soon as they are known to apply', async () => {
    const text = advisory('when: facts.plugin, demands: stop');
    assert.deepEqual(codes(await planned(text, { ...both('3.0'), plugin: true }, '6.0')), ['advisory-stop']);
    assert.deepEqual(codes(await planned(text, { ...both('3.0'), plugin: false }, '6.0')), []);
    const open = await planned(text, both('3.0'), '6.0');
    assert.deepEqual(codes(open), []);
    assert.equal([...stepsOf(open.plan?.steps ?? [])][0]?.action, 'check', 'the run finds out');
    assert.deepEqual(open.openFacts, [{ scope: 'main', fact: 'plugin', decides: 'advisory' }]);
  });

  it('ask only once it is certain that the words of the vendor do not decide', async () => {
    const text = advisory(
      `when: 'hop.to == version("4.5") && facts.plugin', unsure_when: 'crosses("4.2") && facts.plugin', ask: Does it count?`,
    );
    const facts = async (more: Record<string, PlainValue>, target = '6.0'): Promise<readonly string[]> =>
      (await planned(text, { ...both('4.1'), ...more }, target)).openFacts.map(({ fact }) => fact);
    assert.deepEqual(await facts({}), ['plugin']);
    assert.deepEqual(await facts({ plugin: true }), ['advisories.news']);
    assert.deepEqual(await facts({ plugin: true }, '4.5'), []);
    assert.deepEqual(await facts({ plugin: false }), []);
    assert.deepEqual(await facts({ plugin: true, 'advisories.news': true }), []);
  });
});

describe('a range of steps', () => {
  const text = (use: string): string => `${HEAD}
procedures:
  all: [ { id: one, run: "1" }, { id: two, run: "2" }, { id: three, run: "3" } ]
steps: [ { id: part, on: node, use: "${use}" } ]
`;

  it('is used from its first step to its last', async () => {
    assert.deepEqual(paths(await planned(text('#two..three'), {}, '6.0')), ['part/two', 'part/three']);
    assert.deepEqual(paths(await planned(text('#one..one'), {}, '6.0')), ['part/one']);
  });

  it('must have its ends in one list, in order', async () => {
    assert.deepEqual(codes(await planned(text('#three..one'), {}, '6.0')), ['undefined-step']);
    assert.deepEqual(codes(await planned(text('#one..four'), {}, '6.0')), ['undefined-step']);
  });
});
