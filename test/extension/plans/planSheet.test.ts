import assert from 'node:assert/strict';
import { planMessage } from '../../../src/extension/plans/planMessage.js';
import type { PlanSheet, SheetStep } from '../../../src/protocol/index.js';
import { readToPlanPage } from '../../../src/protocol/index.js';
import type { NoPlan } from '../../../src/protocol/index.js';
import { draft } from '../../support/drafting.js';

const RUNBOOK = `
runbook: v1
id: cluster
title: Upgrade the cluster
roles: { db: { hosts: 1 }, web: { hosts: 1.. } }
order:
  - { first: { stop: web }, then: { upgrade: db }, because: The web servers keep connections open. }
advisories:
  - { id: space, title: Room is needed, severity: important, when: "true", text: Look before., link: https://docs.example.com/space }
  - { id: never, title: Old hosts, severity: note, when: "false", text: Not here. }
steps:
  - id: down
    title: Stop all
    steps:
      - { id: stop, title: Stop the web servers, on: web, run: systemctl stop web, effects: [stop], estimate: 2m, undo: { title: Start them, run: systemctl start web } }
  - { id: convert, title: Convert the data, on: db, run: convert, effects: [upgrade], irreversible: The format is new., estimate: 10m }
  - { id: ask, title: Ask the owner, manual: Ask., evidence: [{ attest: The owner agrees. }] }
  - { id: again, use: '#look' }
procedures:
  look:
    - { id: see, title: See all of them, on: web, run: look }
`;
const INVENTORY = `
inventory: v1
environment: rehearsal
title: Rehearsal
hosts: { db1: {}, web1: {}, web2: {}, web3: {}, web4: {} }
roles: { db: [db1], web: [web1, web2, web3, web4] }
`;
const SUBJECT = {
  uri: 'file:///work/a.runbook.yaml',
  runbook: 'a.runbook.yaml',
  inventory: 'x.inventory.yaml',
  onlyOne: true,
  asText: true,
  now: Date.parse('2026-11-28T12:00Z'),
};

async function sheetOf(runbook = RUNBOOK, inventory = INVENTORY): Promise<PlanSheet> {
  const message = planMessage(await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory }), SUBJECT);
  assert.ok(message.type === 'plan', JSON.stringify(message));
  return message.sheet;
}

function stepOf({ sections }: PlanSheet, path: string): SheetStep {
  const found = sections.flatMap(({ rows }) => rows).find((row) => row.path === path);
  assert.ok(found?.kind === 'step', path);
  return found;
}

describe('the sheet of a plan', () => {
  it('says what is planned where, in the words of the command line', async () => {
    const sheet = await sheetOf();
    assert.equal(sheet.title, 'Upgrade the cluster');
    assert.equal(sheet.environment, 'Rehearsal');
    assert.match(sheet.digest, /^[0-9a-f]{64}$/);
    assert.ok(sheet.summary.some(([name, value]) => name === 'no way back' && value.includes('Convert the data')));
    assert.ok(sheet.times.some(([name]) => name === 'window'));
  });

  it('has a row for each group and step, in order, with its place in the text', async () => {
    const [section] = (await sheetOf()).sections;
    assert.deepEqual(
      section?.rows.map(({ kind, depth, path }) => `${'  '.repeat(depth)}${kind} ${path}`),
      ['group down', '  step down/stop', 'step convert', 'step ask', 'group again', '  step again/see'],
    );
    const lines = RUNBOOK.split('\n');
    for (const { path, place } of section?.rows ?? [])
      assert.ok(lines[place.line - 1]?.includes(`id: ${path.split('/').at(-1) ?? ''}`), `${path} in line ${String(place.line)}`);
  });

  it('counts many hosts and keeps their names once', async () => {
    const sheet = await sheetOf();
    const stop = stepOf(sheet, 'down/stop');
    const see = stepOf(sheet, 'again/see');
    assert.match(stop.where, /^4 hosts/);
    assert.equal(stop.hosts, see.hosts);
    assert.deepEqual(sheet.hostLists, [['web1', 'web2', 'web3', 'web4']]);
    assert.equal(stepOf(sheet, 'convert').where, 'db1');
  });

  it('says of a step how long it takes, what it waits for, and what undo would do after it', async () => {
    const sheet = await sheetOf();
    assert.equal(stepOf(sheet, 'convert').estimate, '10 min');
    assert.match(stepOf(sheet, 'down/stop').undo ?? '', /^takes back "Stop the web servers"/);
    assert.match(
      stepOf(sheet, 'convert').undo ?? '',
      /^takes nothing back, since this step itself cannot be taken back: The format is new\./,
    );
    assert.deepEqual(
      stepOf(sheet, 'ask').remarks.map(({ tone }) => tone),
      ['gate'],
    );
    assert.ok(stepOf(sheet, 'convert').remarks.some(({ tone, text }) => tone === 'caution' && text.startsWith('cannot be taken back')));
    assert.deepEqual(stepOf(sheet, 'again/see').reachedBy, ['#look']);
  });

  it('says why an order holds, and which advisories apply', async () => {
    const { orders, proof, advisories } = await sheetOf();
    assert.equal(orders[0]?.verdict, 'proven');
    assert.match(orders[0].text, /it is done on web1, web2, web3, web4 before it begins on db1\. The web servers keep connections open\./);
    assert.match(proof ?? '', /1 declared order holds/);
    assert.deepEqual(
      advisories.map(({ id, verdicts, text }) => [id, verdicts[0]?.verdict, text === undefined]),
      [
        ['space', 'applies', false],
        ['never', 'does_not_apply', true],
      ],
    );
  });

  it('draws the parts of the work within the whole of it', async () => {
    const { timeline } = await sheetOf();
    assert.deepEqual(
      timeline.map(({ path }) => path),
      ['down', 'convert'],
    );
    for (const { begin, end } of timeline) assert.ok(begin >= 0 && begin < end && end <= 1);
    assert.match(timeline[1]?.text ?? '', /^after .*, about 10 min$/);
  });

  it('is a message that the page takes', async () => {
    const message = JSON.parse(JSON.stringify({ type: 'plan', sheet: await sheetOf() })) as unknown;
    assert.deepEqual(readToPlanPage(message), message);
  });
});

describe('the page of a plan that there is not', () => {
  async function without(runbook: string, inventory = INVENTORY): Promise<NoPlan> {
    const message = planMessage(await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory }), SUBJECT);
    assert.ok(message.type === 'no_plan');
    return message;
  }

  it('names each problem with its file', async () => {
    const { problems, inventory } = await without(RUNBOOK, INVENTORY.replace('db: [db1]', 'db: []'));
    assert.equal(inventory, 'x.inventory.yaml');
    assert.equal(problems[0]?.file, 'x.inventory.yaml');
    assert.match(problems[0].message, /role "db" has 0 hosts/);
  });

  it('gives the trace that breaks an order, and where it begins too early', async () => {
    const { broken } = await without(
      RUNBOOK.replace('first: { stop: web }, then: { upgrade: db }', 'first: { upgrade: db }, then: { stop: web }'),
    );
    assert.equal(broken[0]?.verdict, 'broken');
    assert.match(broken[0].text, /"Stop the web servers".*comes before upgrade \(db1\), which only "convert" does/);
    assert.equal(broken[0].place.file, 'a.runbook.yaml');
  });
});
