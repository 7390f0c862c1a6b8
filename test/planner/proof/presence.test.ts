import assert from 'node:assert/strict';
import { inventoryOf, proofOf } from './drafting.js';

const HEAD = `runbook: v1
id: sample
title: Sample
versions: { app: { pattern: '(?<release>\\d+\\.\\d+)\\.(?<build>\\d+)' } }
roles: { app: { hosts: 1.. }, db: { hosts: 1 } }
facts:
  old: { on: [app, db], type: boolean, read: { file: { path: /old } }, ask: Old? }
  told: { on: [app, db], type: boolean, ask: Told? }
  size: { on: [app, db], type: integer, ask: How large? }
  mode: { type: choice, options: ["true", "false", other], ask: Mode? }
  installed: { on: [app, db], type: version, scheme: app, ask: Which? }
  windy: { type: boolean, ask: Windy? }
`;
const ORDER = 'order: [ { first: { backup: app }, then: { upgrade: app }, per: host, because: B. } ]\n';
const INVENTORY = inventoryOf({ app: ['app1', 'app2'], db: ['db1'] });

interface Proven {
  readonly verdict: string | undefined;
  readonly when: readonly string[];
}

async function prove(steps: string, more = ''): Promise<Proven> {
  const { orders, violations } = await proofOf(`${HEAD}${more}${ORDER}steps:\n${steps}`, INVENTORY);
  return { verdict: orders[0]?.verdict, when: violations[0]?.when ?? [] };
}

const act = (id: string, effect: string, more = ''): string => `  - { id: ${id}, on: app, run: "true", effects: [${effect}]${more} }\n`;
const when = (cel: string): string => `, when: '${cel}'`;
const choice = (on: string): string =>
  `  - { id: ask, ${on}manual: Decide., evidence: [ { choice: go, options: ["yes", "no"] } ], timeout: 1h }\n`;

async function bothUnder(save: string, install: string, between = '', more = ''): Promise<string | undefined> {
  return (await prove(act('save', 'backup', when(save)) + between + act('install', 'upgrade', when(install)), more)).verdict;
}

describe('conditions that are open', () => {
  it('are about another value once an effect on the host has made the fact be read again', async () => {
    assert.equal(await bothUnder('host.told', 'host.told', act('set', 'configure')), 'proven');
    // The backup itself is an effect.
    const { verdict, when: cases } = await prove(act('save', 'backup', when('host.old')) + act('install', 'upgrade', when('host.old')));
    assert.equal(verdict, 'broken');
    assert.deepEqual(cases, ['not (old of app1)', 'old of app1, read again']);
    assert.equal(await bothUnder('host.old || true', 'host.old', act('set', 'configure')), 'proven');
    const upgraded = `${act('first', 'upgrade', ', when: "false"')}`;
    assert.equal(await bothUnder('host.installed < version("2.0.1")', 'host.installed < version("2.0.1")', upgraded), 'proven');
  });

  it('are decided once for all steps of a group', async () => {
    const inner = `  - id: all\n    on: app\n    when: host.old\n    steps:\n    - { id: save, run: "true", effects: [backup] }\n    - { id: install, run: "true", effects: [upgrade] }\n`;
    assert.equal((await prove(inner)).verdict, 'proven');
  });

  it('tell the fields of a version apart', async () => {
    const save = act('save', 'backup', when('host.installed.release != "7.0" || host.installed.build != "3"'));
    const { verdict, when: cases } = await prove(save + act('install', 'upgrade'));
    assert.equal(verdict, 'broken');
    assert.deepEqual(cases, ['installed.release of app1 is 7.0', 'installed.build of app1 is 3']);
    assert.equal(await bothUnder('host.installed.release == "7.0"', 'host.installed.release == "7.0"'), 'proven');
    assert.equal(await bothUnder('host.installed.release == "7.0"', 'host.installed.build == "7.0"'), 'broken');
  });

  it('tell the values of a step apart by host and by use', async () => {
    const all = 'order: [ { first: { backup: app }, then: { upgrade: app }, because: B. } ]\n';
    const steps = act('save', 'backup', when('steps.ask.go == "yes"')) + act('install', 'upgrade', when('steps.ask.go == "yes"'));
    const verdictOf = async (order: string, text: string): Promise<string | undefined> =>
      (await proofOf(`${HEAD}${order}${text}`, INVENTORY)).orders[0]?.verdict;
    assert.equal(await verdictOf(all, `steps:\n${choice('on: app, ')}${steps}`), 'broken');
    assert.equal(await verdictOf(ORDER, `steps:\n${choice('on: app, ')}${steps}`), 'proven');
    assert.equal(await verdictOf(all, `steps:\n${choice('')}${steps}`), 'proven');
    const [save = '', install = ''] = steps.trimEnd().split('\n');
    const used = `procedures:
  saving:
${choice('').replace(/^/, '  ')}  ${save}
  installing:
${choice('').replace(/^/, '  ')}  ${install}
`;
    const uses = 'steps:\n  - { id: one, use: "#saving" }\n  - { id: two, use: "#installing" }\n';
    assert.equal(await verdictOf(ORDER, used + uses), 'broken');
  });

  it('know that a comparison and its contrary are never both false', async () => {
    const pairs = [
      ['host.size <= 10', 'host.size > 10'],
      ['host.size < 5', 'host.size > 4'],
      ['10 >= host.size', 'host.size > 10'],
      ['host.size in [1, 2]', 'host.size != 1 && host.size != 2'],
      ['host.installed.within("< 7.0.1 || >= 8.0.0")', 'host.installed >= version("7.0.1") && version("8.0.0") > host.installed'],
      ['host.told == true', 'host.told == false'],
      ['advisories.storm == true', '!advisories.storm'],
    ];
    const advisory = 'advisories: [ { id: storm, severity: note, text: T., when: facts.windy } ]\n';
    for (const [one = '', other = ''] of pairs) {
      const saved = act('save', 'backup', when(one)) + act('save2', 'backup', when(other));
      assert.equal((await prove(saved + act('install', 'upgrade'), advisory)).verdict, 'proven', one);
      assert.equal((await prove(act('save', 'backup', when(one)) + act('install', 'upgrade'), advisory)).verdict, 'broken', one);
    }
  });

  it('tell the text "false" from a denied fact', async () => {
    const saved = act('save', 'backup', when('facts.mode == "true"')) + act('save2', 'backup', when('facts.mode == "false"'));
    const { verdict, when: cases } = await prove(saved + act('install', 'upgrade'));
    assert.equal(verdict, 'broken');
    assert.deepEqual(cases, ['facts.mode is other']);
  });

  it('reckon with remedies, each of which may come before its step is tried again', async () => {
    const again = 'procedures: { again: [ { id: go, on: app, run: "true", effects: [upgrade] } ] }\n';
    const set = act('set', 'configure', ', on_failure: { remedies: [ { title: Install it, use: "#again" } ] }');
    const { verdict, when: cases } = await prove(set + act('save', 'backup'), again);
    assert.equal(verdict, 'broken');
    assert.deepEqual(cases, ['"set" fails and is remedied']);
    assert.equal((await prove(act('save', 'backup') + set, again)).verdict, 'proven');
  });
});
