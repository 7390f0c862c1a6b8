import assert from 'node:assert/strict';
import { explain, NOTHING_LIVE } from '../../../src/planner/index.js';
import type { Explanation, LiveValues, PlainValue, Plan } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';

const RUNBOOK = `
runbook: v1
id: sample
title: Sample
versions: { vault: { pattern: '(?<release>\\d+\\.\\d+)\\.\\d{6}' } }
inputs:
  target: { type: version, scheme: vault, title: Target }
  edition: { type: choice, options: [small, large], default: small, title: Edition }
roles:
  web: { hosts: 1.. }
  first_web: { of: web, pick: first }
facts:
  installed: { on: web, type: version, scheme: vault, title: Installed version, ask: Which version? }
  rabbitmq: { type: boolean, title: RabbitMQ is used, ask: Is it used? }
  cluster: { type: boolean, title: Web cluster, ask: Is it one? }
  engine: { on: web, type: boolean, title: An engine is used, ask: Is one used? }
  users: { type: integer, title: Number of users, ask: How many? }
upgrade: { installed: installed, to: '\${{ inputs.target }}' }
advisories:
  - { id: queues, severity: important, when: 'crosses("10.6.000000") && facts.rabbitmq', text: Clear the queues. }
  - { id: odd, severity: note, when: 'hop.to == version("10.6.000000")', unsure_when: 'crosses("10.6.000000")', ask: Is the odd page shown?, text: Odd. }
steps:
  - { id: read, run: "true", outputs: { seen: { match: "a(b)", type: string } } }
`;
const INVENTORY = `
inventory: v1
environment: rehearsal
hosts: { web_1: {}, web_2: {} }
roles: { web: [web_1, web_2] }
inputs: { target: 10.9.000032 }
`;

function live(facts: Readonly<Record<string, PlainValue>>): LiveValues {
  return { ...NOTHING_LIVE, fact: (_scope, name, host) => facts[host === undefined ? name : `${name}@${host}`] };
}

describe('explain', () => {
  let plan: Plan;
  before(async () => {
    const facts = ['web_1', 'web_2'].map((host) => ({ scope: 'main', fact: 'installed', host, value: '9.1.000001' }));
    plan = await planOf({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory: INVENTORY, facts });
  });

  function said(cel: string, facts: Readonly<Record<string, PlainValue>> = {}, host?: string): string {
    const scope = plan.scopes['main'];
    assert.ok(scope !== undefined);
    const hostRoles = host === undefined ? [] : ['web'];
    const { verdict, because }: Explanation = explain(cel, { scope, hosts: plan.hosts, hostRoles, host }, live(facts));
    return `${verdict}: ${because}`;
  }

  const cases: readonly [cel: string, expected: string, facts?: Readonly<Record<string, PlainValue>>, host?: string][] = [
    [
      'host.installed.release == "9.1"',
      'yes: "release" of Installed version of web_1 is 9.1',
      { 'installed@web_1': '9.1.000001' },
      'web_1',
    ],
    [
      'crosses("10.6.000000") && facts.rabbitmq',
      'yes: 10.6.000000 lies between 9.1.000001 and 10.9.000032 and RabbitMQ is used',
      { rabbitmq: true },
    ],
    ['crosses("10.6.000000") && facts.rabbitmq', 'no: RabbitMQ is not used', { rabbitmq: false }],
    [
      'crosses("10.6.000000") && facts.rabbitmq',
      'asked: 10.6.000000 lies between 9.1.000001 and 10.9.000032, but it is not known yet whether RabbitMQ is used',
    ],
    ['crosses("11.0.000000")', 'no: this hop leads to 10.9.000032, which is below 11.0.000000'],
    ['crosses("9.1.000001")', 'no: this hop starts from 9.1.000001, which is not below 9.1.000001'],
    ['crosses("10.9.000032")', 'yes: 10.9.000032 is what this hop leads to'],
    [
      'host.installed < version("10.0.000000")',
      'yes: Installed version of web_1 is 9.1.000001, which is below 10.0.000000',
      { 'installed@web_1': '9.1.000001' },
      'web_1',
    ],
    [
      'version("10.0.000000") < host.installed',
      'no: Installed version of web_1 is 9.1.000001, which is not above 10.0.000000',
      { 'installed@web_1': '9.1.000001' },
      'web_1',
    ],
    [
      'host.installed.within(">= 9 < 10")',
      'yes: Installed version of web_1 is 9.1.000001, which is within >= 9 < 10',
      { 'installed@web_1': '9.1.000001' },
      'web_1',
    ],
    [
      'host.installed == inputs.target',
      'no: Installed version of web_1 is 9.1.000001, and input "target" is 10.9.000032',
      { 'installed@web_1': '9.1.000001' },
      'web_1',
    ],
    ['inputs.edition == "large"', 'no: input "edition" is small, not large'],
    ['inputs.edition != "large"', 'yes: input "edition" is small, not large'],
    ['facts.users >= 100', 'asked: Number of users is not known yet'],
    ['!facts.cluster', 'no: Web cluster: yes', { cluster: true }],
    ['!(facts.cluster || facts.rabbitmq)', 'yes: Web cluster: no and RabbitMQ is not used', { cluster: false, rabbitmq: false }],
    ['host.engine', 'no: an engine is not used (web_2)', { 'engine@web_2': false }, 'web_2'],
    ['host.engine', 'asked: it is not known yet whether an engine is used (web_2)', {}, 'web_2'],
    ['host.is("first_web")', 'no: web_2 is not first web', {}, 'web_2'],
    ['hosts.web.exists(h, h.engine)', 'yes: an engine is used (web_2)', { 'engine@web_1': false, 'engine@web_2': true }],
    ['hosts.web.all(h, h.engine)', 'no: an engine is not used (web_1)', { 'engine@web_1': false, 'engine@web_2': true }],
    ['size(hosts.web) > 1', 'yes: 2 hosts are web'],
    ['hop.last', 'yes: this is the last hop'],
    ['run.failed', 'asked: whether the run has failed is known only at its end'],
    ['steps.read.seen == "b || c"', 'asked: "seen" is found out by step "read"'],
    ['inputs.edition == "a && b" || facts.rabbitmq', 'yes: RabbitMQ is used', { rabbitmq: true }],
    ['inputs.edition.contains("mall") ? true : facts.rabbitmq', 'yes: "inputs.edition.contains("mall") ? true : facts.rabbitmq" holds'],
    ['advisories.queues', 'no: the advisory "queues" does not apply: RabbitMQ is not used', { rabbitmq: false }],
    ['advisories.odd', 'asked: 10.6.000000 lies between 9.1.000001 and 10.9.000032, but a person must say: Is the odd page shown?'],
    ['advisories.odd', 'yes: the advisory "odd" applies: a person has said that it applies', { 'advisories.odd': true }],
  ];
  for (const [cel, expected, facts, host] of cases)
    it(`${cel}${facts === undefined ? '' : ` with ${JSON.stringify(facts)}`}`, () => {
      assert.equal(said(cel, facts, host), expected);
    });
});

describe('advisories that are built on each other', () => {
  it('are each judged once for a hop, however often they are named', async () => {
    const rungs = Array.from(
      { length: 30 },
      (_, index) =>
        `  - { id: a${String(index + 1)}, severity: note, text: On top., when: advisories.a${String(index)} || advisories.a${String(index)} }`,
    );
    const ladder = RUNBOOK.replace(
      'steps:',
      `  - { id: a0, severity: note, when: facts.rabbitmq, text: The first. }\n${rungs.join('\n')}\nsteps:`,
    );
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': ladder }, inventory: INVENTORY });
    const scope = plan.scopes['main'];
    assert.ok(scope);
    let asked = 0;
    const counting: LiveValues = {
      ...NOTHING_LIVE,
      fact: () => {
        asked++;
        return false;
      },
    };
    const { verdict } = explain('advisories.a30', { scope, hosts: plan.hosts, hostRoles: [], host: undefined }, counting);
    assert.equal(verdict, 'no');
    assert.ok(asked < 200, `${String(asked)} facts were asked for`);
  });
});
