import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { discoveryText, HumanError, settleDraft } from '../../src/engine/index.js';
import type { AskDiscovery, DiscoveryQuestion, SettledDraft } from '../../src/engine/index.js';
import type { GivenFact } from '../../src/planner/index.js';
import { draft } from '../support/drafting.js';
import { LOCAL_INVENTORY, TestEngine } from '../support/running.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\n';
const UPGRADE = `inputs: { to: { type: version, default: "10.0" } }
upgrade: { installed: installed, to: "\${{ inputs.to }}", stops: [ { from: "< 9.1", to: ">= 9.2", via: "9.1" } ] }
`;
const STEPS = 'steps: [ { id: hops, per_hop: true, steps: [ { id: a, on: app, run: "true" } ] } ]\n';

describe('settling a draft', function () {
  this.timeout(20_000);
  let engine: TestEngine;
  let asked: DiscoveryQuestion[];
  beforeEach(async () => {
    engine = await TestEngine.open();
    asked = [];
  });
  afterEach(() => engine.close());

  function settled(runbook: string, ask: AskDiscovery, given: readonly GivenFact[] = []): Promise<SettledDraft> {
    const draftWith = (facts: readonly GivenFact[]): ReturnType<typeof draft> =>
      draft({ runbooks: { 'a.runbook.yaml': HEAD + runbook }, inventory: LOCAL_INVENTORY, facts });
    const noting: AskDiscovery = (question) => {
      asked.push(question);
      return ask(question);
    };
    return settleDraft(engine.engine, draftWith, given, noting);
  }

  const nobody: AskDiscovery = ({ fact }) => {
    throw new HumanError(`nobody tells ${fact}`, 'Ask somebody.');
  };
  const hopsOf = ({ draft: made }: SettledDraft): unknown => made.plan?.scopes['main']?.hops?.map(({ from, to }) => [from, to]);

  it('reads the installed version of every host, and knows the hops then', async () => {
    const file = join(engine.directory, 'version');
    await writeFile(file, '8.0');
    const facts = `facts: { installed: { on: app, type: version, read: { command: { run: 'cat "$1"', args: ["${file}"] } } } }\n`;
    const found = await settled(`roles: { app: { hosts: 1.. } }\n${UPGRADE}${facts}${STEPS}`, nobody);
    assert.deepEqual(hopsOf(found), [
      ['8.0', '9.1'],
      ['9.1', '10.0'],
    ]);
    assert.deepEqual(
      found.facts.map(({ fact, host, value, from }) => [fact, host, value, from]),
      [
        ['installed', 'one', '8.0', 'probe'],
        ['installed', 'two', '8.0', 'probe'],
      ],
    );
    assert.deepEqual(asked, []);
  });

  it('asks from which version to start where the hosts differ, and names those there are', async () => {
    const facts = 'facts: { installed: { on: app, type: version, ask: Which? } }\n';
    const found = await settled(`roles: { app: { hosts: 1.. } }\n${UPGRADE}${facts}${STEPS}`, ({ fact, host }) =>
      fact === 'upgrade.from' ? '8.0' : host === 'one' ? '8.0' : '9.5',
    );
    assert.deepEqual(
      asked.map(({ fact, host, decides }) => [fact, host, decides]),
      [
        ['installed', 'one', 'path'],
        ['installed', 'two', 'path'],
        ['upgrade.from', undefined, 'path'],
      ],
    );
    assert.deepEqual(asked[2]?.options, ['8.0', '9.5']);
    assert.equal(found.draft.plan?.scopes['main']?.hops?.length, 2);
  });

  it('asks for the role first where a fact of the run names its host, and reads that fact from this machine', async () => {
    const server = createServer((request, response) => {
      response.end(request.url === '/two' ? '{"version":"9.5"}' : '{"version":"0.1"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
      const facts = `facts:
  leads: { on: app, type: boolean, read: { command: { run: 'case "$1" in two) ;; *) exit 1;; esac', args: ["\${{ host.name }}"] } } }
  installed: { type: version, read: { http: { url: "${url}\${{ hosts.lead.name }}", that: "true", value: body.version } } }
`;
      const found = await settled(
        `roles: { app: { hosts: 1.. }, lead: { of: app, where: host.leads } }\n${UPGRADE}${facts}${STEPS}`,
        nobody,
      );
      assert.deepEqual(hopsOf(found), [['9.5', '10.0']]);
    } finally {
      server.close();
    }
  });

  it('leaves open what decides an advisory where nobody tells, and takes the answer of a person', async () => {
    const advisory =
      'advisories: [ { id: care, severity: warning, when: "false", unsure_when: "true", ask: Do you use clustering?, text: Take care., demands: acknowledgement } ]\n';
    const runbook = `roles: { app: { hosts: 1.. } }\n${advisory}steps: [ { id: a, on: app, run: "true" } ]\n`;
    const open = await settled(runbook, () => undefined);
    assert.deepEqual(
      asked.map(({ fact, decides }) => [fact, decides]),
      [['advisories.care', 'advisory']],
    );
    assert.deepEqual(open.facts, []);
    assert.ok(open.draft.plan);
    const known = await settled(runbook, () => 'true');
    assert.deepEqual(known.facts, [{ scope: 'main', fact: 'advisories.care', value: true, from: 'person' }]);
    assert.deepEqual(known.draft.openFacts, []);
  });

  it('does not ask for ever where an answer is not taken', async () => {
    const facts = 'facts: { installed: { on: app, type: version, ask: Which? } }\n';
    const nothing: AskDiscovery = () => undefined;
    await assert.rejects(
      settled(`roles: { app: { hosts: 1.. } }\n${UPGRADE}${facts}${STEPS}`, nothing),
      (error: unknown) => error instanceof HumanError && /--fact installed@one=/.test(`${error.message} ${error.next ?? ''}`),
    );
    assert.equal(asked.length, 2);
  });

  it('says which role, or which version to start from, could not be found out, and how to give it', async () => {
    const nothing: AskDiscovery = () => undefined;
    await assert.rejects(
      settled(
        `roles: { app: { hosts: 1.. }, lead: { of: app, where: host.leads } }\nfacts: { leads: { on: app, type: boolean } }\nsteps: [ { id: a, on: lead, run: "true" } ]\n`,
        nothing,
      ),
      (error: unknown) => error instanceof HumanError && /which host is "lead"/.test(error.message) && /--fact/.test(error.next ?? ''),
    );
    const facts = 'facts: { installed: { on: app, type: version, ask: Which? } }\n';
    await assert.rejects(
      settled(`roles: { app: { hosts: 1.. } }\n${UPGRADE}${facts}${STEPS}`, ({ host }) =>
        host === undefined ? undefined : host === 'one' ? '8.0' : '9.5',
      ),
      (error: unknown) => error instanceof HumanError && /"upgrade\.from" could not be found out/.test(error.message),
    );
  });

  it('leaves a draft with problems as it is, and asks nobody', async () => {
    const found = await settled('roles: { app: { hosts: 5.. } }\nsteps: [ { id: a, on: app, run: "true" } ]\n', nobody);
    assert.equal(found.draft.plan, undefined);
    assert.ok(found.draft.problems.length > 0);
  });

  it('says beforehand which hosts are asked, and what for; nothing where only people are', async () => {
    const drafted = (facts: string): ReturnType<typeof draft> =>
      draft({
        runbooks: { 'a.runbook.yaml': `${HEAD}roles: { app: { hosts: 1.. } }\n${UPGRADE}facts: { ${facts} }\n${STEPS}` },
        inventory: LOCAL_INVENTORY,
      });
    assert.equal(
      discoveryText(await drafted('installed: { on: app, type: version, read: { command: { run: cat version } } }')),
      'Read-only, the plan is completed with what these say: one, two. They are asked for: installed.',
    );
    assert.equal(
      discoveryText(await drafted('installed: { type: version, read: { http: { url: "http://127.0.0.1:1/", capture: "(.*)" } } }')),
      'Read-only, the plan is completed with what these say: this machine. They are asked for: installed.',
    );
    assert.equal(discoveryText(await drafted('installed: { on: app, type: version, ask: Which? }')), undefined);
  });
});
