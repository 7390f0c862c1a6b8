import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError, settleDraft } from '../../../src/engine/index.js';
import type { AskDiscovery, DiscoveryQuestion, SettledDraft } from '../../../src/engine/index.js';
import { freePort, haveSshd, inventoryOfOne, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { draft } from '../../support/drafting.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, TestEngine } from '../../support/running.js';

const STEPS = 'steps: [ { id: a, on: lead, run: "true" } ]\n';
const HEAD = LOCAL_HEAD.replace('{ app: { hosts: 1.. } }', '{ app: { hosts: 1.. }, lead: { of: app, where: host.leads } }');

describe('finding out what a plan needs', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  let asked: DiscoveryQuestion[];
  beforeEach(async () => {
    engine = await TestEngine.open();
    asked = [];
  });
  afterEach(() => engine.close());

  /** Settles a runbook in which the fact `leads` decides who is the lead. */
  function settled(facts: string, ask: AskDiscovery, inventory = LOCAL_INVENTORY, more = ''): Promise<SettledDraft> {
    return settleDraft(
      engine.engine,
      (given) => draft({ runbooks: { 'a.runbook.yaml': `${HEAD}${more}facts: { ${facts} }\n${STEPS}` }, inventory, facts: given }),
      [],
      (question) => {
        asked.push(question);
        return ask(question);
      },
    );
  }

  const leadOf = ({ draft: made }: SettledDraft): unknown => made.plan?.scopes['main']?.roles['lead'];
  const oneLeads: AskDiscovery = ({ host }) => host === 'one';
  const nobody: AskDiscovery = ({ fact, text }) => {
    throw new Error(`asked for ${fact}: ${text}`);
  };

  it('asks a person for a yes or no with these two, and takes no other answer', async () => {
    assert.deepEqual(leadOf(await settled('leads: { on: app, type: boolean, title: the leader }', oneLeads)), ['one']);
    assert.deepEqual(
      asked.map(({ host, text, options }) => [host, text, options]),
      ['one', 'two'].map((host) => [host, 'What is the leader?', ['true', 'false']]),
    );
    await assert.rejects(
      settled('leads: { on: app, type: boolean }', () => 'maybe'),
      (error) =>
        error instanceof HumanError &&
        error.message === '"maybe" is no answer to "What is leads?"' &&
        /true or false/.test(error.next ?? ''),
    );
  });

  it('says of another answer which there are, or of which type they must be', async () => {
    const where = HEAD.replace('where: host.leads', 'where: host.leads == host.wanted');
    const settle = (type: string): Promise<SettledDraft> =>
      settleDraft(
        engine.engine,
        (given) =>
          draft({
            runbooks: { 'a.runbook.yaml': `${where}facts: { leads: { on: app, ${type} }, wanted: { on: app, ${type} } }\n${STEPS}` },
            inventory: LOCAL_INVENTORY,
            facts: given,
          }),
        [],
        () => 'not that',
      );
    await assert.rejects(
      settle('type: string, options: [red, green]'),
      (error) => error instanceof HumanError && /with red or green/.test(error.next ?? ''),
    );
    await assert.rejects(
      settle('type: integer'),
      (error) => error instanceof HumanError && /a value of the type integer/.test(error.next ?? ''),
    );
  });

  it('reads first what the reading of another fact needs, from the same host', async () => {
    await writeFile(join(engine.directory, 'one.yes'), '');
    const facts = `leads: { on: app, type: boolean, read: { file: { path: "\${{ host.file }}" } } }, file: { on: app, type: path, read: { command: { run: 'echo "$1/$2.yes"', args: ["${engine.directory}", "\${{ host.name }}"], capture: '(\\S+)' } } }`;
    const found = await settled(facts, nobody);
    assert.deepEqual(leadOf(found), ['one']);
    assert.deepEqual(
      found.facts.map(({ fact, host, from }) => [fact, host, from]),
      [
        ['file', 'one', 'probe'],
        ['leads', 'one', 'probe'],
        ['file', 'two', 'probe'],
        ['leads', 'two', 'probe'],
      ],
    );
  });

  it('looks across hosts, and judges conditions, as a run does', async () => {
    await writeFile(join(engine.directory, 'two'), '');
    const facts = `leads: { on: app, type: boolean, read: { all: [ { that: "host.there && inputs.really" }, { not: { same: { fact: there, across: app } } }, { host: reachable } ] } }, there: { on: app, type: boolean, read: { file: { path: "${engine.directory}/\${{ host.name }}" } } }`;
    const found = await settled(facts, nobody, LOCAL_INVENTORY, 'inputs: { really: { type: boolean, default: true } }\n');
    assert.deepEqual(leadOf(found), ['two']);
  });

  it('says what could not be read when it asks, and why', async () => {
    const facts =
      'leads: { on: app, type: boolean, read: [ { that: "host.name == facts.nobody" }, { host: rebooted }, { http: { url: "http://169.254.169.254/", password: "${{ secrets.door }}", user: me } } ] }, nobody: { type: string }';
    assert.deepEqual(leadOf(await settled(facts, oneLeads, LOCAL_INVENTORY, 'secrets: { door: { title: The key } }\n')), ['one']);
    const [question] = asked;
    assert.match(
      question?.text ?? '',
      /^What is leads\? It could not be read: .*facts\.nobody.*; .*boot id one had when the run began is not known/,
    );
    assert.match(question?.text ?? '', /door/);
  });

  it('uses secrets that are at hand, and shows none of them', async () => {
    engine.secrets['door'] = 'Vr5-behind-the-shed';
    const facts = `leads: { on: app, type: boolean, read: { command: { run: 'echo "it is $DOOR" >&2; exit 127', env: { DOOR: "\${{ secrets.door }}" } } } }`;
    await settled(facts, oneLeads, LOCAL_INVENTORY, 'secrets: { door: { title: The key } }\n');
    assert.ok(asked.length === 2 && asked.every(({ text }) => !text.includes('Vr5')), JSON.stringify(asked));
  });

  it('asks no host where nothing may act', async () => {
    engine.mayAct = false;
    const facts = 'leads: { on: app, type: boolean, read: { http: { url: "http://127.0.0.1:1/" } } }';
    await assert.rejects(settled(facts, nobody), /not allowed to act/);
  });

  describe('from a host over SSH', () => {
    let server: Sshd;
    before(async function () {
      if (!haveSshd) return this.skip();
      server = await startSshd();
    });
    after(() => server?.stop());

    const inventory = (port: number): string => inventoryOfOne({ address: server.address, port });
    const FACTS = 'leads: { on: app, type: boolean, read: { command: { run: "true" } } }';

    it('ends, with the next step, where its key is not known: nobody is asked instead', async () => {
      await assert.rejects(
        settled(FACTS, nobody, inventory(server.port)),
        (error) => error instanceof HumanError && /one/.test(error.message) && (error.next ?? '') !== '',
      );
      assert.deepEqual(asked, []);
    });

    it('ends where it lets nobody in', async () => {
      writeFileSync(join(engine.directory, 'known_hosts'), server.knownHost);
      await assert.rejects(settled(FACTS, nobody, inventory(server.port)), HumanError);
      assert.deepEqual(asked, []);
    });

    it('asks a person where it cannot be reached, with the reason', async () => {
      const found = await settled(FACTS, oneLeads, inventory(await freePort(server.address)));
      assert.deepEqual(leadOf(found), ['one']);
      assert.match(asked[0]?.text ?? '', /It could not be read: .*(refused|nothing listens|cannot be reached)/i);
    });

    it('reads the fact there where all is well', async () => {
      writeFileSync(join(engine.directory, 'known_hosts'), server.knownHost);
      const trusting = await TestEngine.open({ knownHosts: [join(engine.directory, 'known_hosts')], identities: [server.identity] });
      try {
        const found = await settleDraft(
          trusting.engine,
          (given) =>
            draft({
              runbooks: { 'a.runbook.yaml': `${HEAD}facts: { ${FACTS} }\n${STEPS}` },
              inventory: inventory(server.port),
              facts: given,
            }),
          [],
          nobody,
        );
        assert.deepEqual(leadOf(found), ['one']);
      } finally {
        await trusting.close();
      }
    });
  });
});
