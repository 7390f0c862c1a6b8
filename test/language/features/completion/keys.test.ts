import assert from 'node:assert/strict';
import { createLanguageService } from '../../../../src/language/index.js';
import { ACTIONS } from '../../../../src/language/schema/steps.js';
import { applied, HEAD, innerLabels, labels, offered, taking } from '../../../support/language/completing.js';

const KEYS = ['key'] as const;

describe('completion of keys', () => {
  it('offers what may stand there, first what must', async () => {
    assert.deepEqual((await labels('', { head: '|' }, KEYS)).slice(0, 4), ['runbook', 'id', 'title', 'steps']);
    assert.deepEqual((await labels('steps:\n  - |', {}, KEYS)).slice(0, 5), ['id', 'title', 'on', 'run', 'service']);
    assert.deepEqual(await labels('steps:\n  - service:\n      |', {}, KEYS), ['name', 'state']);
    assert.deepEqual((await labels('steps:\n  - check:\n      |', {}, KEYS)).slice(0, 3), ['command', 'http', 'file']);
    assert.deepEqual(await labels('outage:\n  |', {}, KEYS), ['of', 'because']);
  });

  it('leaves out what is there, and what excludes it', async () => {
    const inStep = await labels('steps:\n  - id: a\n    run: x\n    |', {}, KEYS);
    assert.ok(inStep.includes('timeout') && inStep.includes('args'));
    for (const key of ['id', 'run', 'manual', 'evidence', 'per_hop', 'with', 'pause_between', 'lead_time'])
      assert.ok(!inStep.includes(key), key);
    assert.deepEqual(await innerLabels('steps:\n  - check:\n      that: x\n      |', {}, KEYS), []);
    assert.ok(!(await labels('steps:\n  - http: { url: x, form: {}, | }', {}, KEYS)).includes('json'));
    assert.ok((await labels('prerequisites:\n  - manual: x\n    |', {}, KEYS)).includes('lead_time'));
    assert.ok((await labels('steps:\n  - run: x\n    serial: 1\n    |', {}, KEYS)).includes('pause_between'));
    assert.ok(!(await labels('inputs:\n  a:\n    type: string\n    |', {}, KEYS)).includes('options'));
    assert.ok((await labels('inputs:\n  a:\n    type: choice\n    |', {}, KEYS)).includes('options'));
    assert.deepEqual(await innerLabels('roles:\n  a:\n    of: web\n    pick: first\n    |', {}, KEYS), ['title', 'platforms', 'vars']);
  });

  it('offers no key that the linter takes for idle', async () => {
    const shapes: Readonly<Record<string, string>> = {
      steps: '[{ run: x }]',
      use: '"#stage"',
      methods: '{ a: { run: x }, b: { manual: x } }',
      reboot: '{}',
    };
    for (const action of ACTIONS) {
      const step = `steps:\n  - ${action}: ${shapes[action] ?? 'x'}\n`;
      for (const item of await offered(`${step}    |`)) {
        if (item.kind !== 'key' || item.label === 'on') continue;
        const text = applied(`${HEAD}${step}    `, item);
        const service = createLanguageService({ workspace: { readText: async () => text } });
        const found = (await service.diagnose('/work/a.runbook.yaml')).filter(
          ({ code, message }) => code === 'ineffective-key' && message.startsWith(`"${item.label}"`) && !message.includes('one host'),
        );
        assert.deepEqual(found, [], `${item.label} with ${action}`);
      }
    }
  }).timeout(120_000);

  const taken: readonly (readonly [string, string, string])[] = [
    ['timeout', 'steps:\n  - run: x\n    ti|', 'steps:\n  - run: x\n    timeout: 5m'],
    ['title', 'steps:\n  - ti|x: y', 'steps:\n  - title: y'],
    ['on', 'steps:\n  - |', 'steps:\n  - on: '],
    ['on', 'steps:\n  -|', 'steps:\n  - on: '],
    ['on', 'steps:\n  - id: a\n   |', 'steps:\n  - id: a\n    on: '],
    ['on', 'steps:\n  - id: a\n     o|\n    run: x', 'steps:\n  - id: a\n    on: \n    run: x'],
    ['service', 'steps:\n  - id: a\n    |', 'steps:\n  - id: a\n    service:\n      name: \n      state: started'],
    ['service', 'steps:\n  - { id: a, | }', 'steps:\n  - { id: a, service: { name: , state: started } }'],
    ['run', 'steps:\n  - id: a\n    |', 'steps:\n  - id: a\n    run: |\n      '],
    ['once', 'steps:\n  - id: a\n    |', 'steps:\n  - id: a\n    once: true'],
    ['outputs', 'steps:\n  - run: x\n    |', 'steps:\n  - run: x\n    outputs:\n      name:\n        '],
    ['reboot', 'steps:\n  - |', 'steps:\n  - reboot: {}'],
    ['check', 'steps:\n  - |', 'steps:\n  - check:\n      '],
    ['port', 'steps:\n  - check: |', 'steps:\n  - check:\n      port:\n        number: '],
    ['port', 'steps:\n  - check:\n      |', 'steps:\n  - check:\n      port:\n        number: '],
    ['name', 'steps:\n  - service: |', 'steps:\n  - service:\n      name: '],
    ['severity', 'notes: |', 'notes:\n  - severity: '],
    ['severity', 'notes:\n  |', 'notes:\n  - severity: '],
    ['severity', 'notes:\n  - |', 'notes:\n  - severity: '],
    ['text', 'notes:\n  - severity: note\n    |', 'notes:\n  - severity: note\n    text: '],
    ['runbook', '|', 'runbook: v1'],
    ['stop', 'order:\n  - first: { | }', 'order:\n  - first: { stop:  }'],
    ['versions', '|', 'versions:\n  name:\n    pattern: '],
  ];
  for (const [label, marked, wanted] of taken)
    it(`${label} at ${marked.replaceAll('\n', '⏎')}`, async () => {
      assert.equal(await taking(label, marked, marked === '|' ? { head: '' } : {}), wanted);
    });

  it('asks for the value where it is one of a few', async () => {
    const on = (await offered('steps:\n  - |')).find(({ label }) => label === 'on');
    assert.equal(on?.retrigger, true);
    assert.match(on?.documentation ?? '', /hosts the step is about/);
    const state = (await offered('steps:\n  - service:\n      name: x\n      |')).find(({ label }) => label === 'state');
    assert.deepEqual([state?.detail, state?.edit.text, state?.retrigger], ['needed', 'state: ', true]);
  });

  it('offers whole steps where one begins', async () => {
    const snippets = await labels('steps:\n  - |', {}, ['snippet']);
    assert.equal(snippets.length, ACTIONS.length);
    assert.deepEqual(await innerLabels('steps:\n  - id: a\n    |', {}, ['snippet']), []);
    for (const marked of [
      'steps:\n  - |',
      'steps:\n  |',
      'steps: |',
      'steps:\n  - id: a\n    run: x\n  |',
      'prerequisites:\n  - steps:\n      - |',
      'procedures:\n  p:\n    - |',
    ])
      assert.deepEqual(await labels(marked, {}, ['snippet']), snippets, marked);
  });

  it('writes each whole step so that it is sound as it stands', async () => {
    for (const marked of [
      'steps:\n  - |',
      'steps:\n  |',
      'steps: |',
      'steps:\n  - id: before\n    manual: x\n  |',
      'steps:\n  - id: before\n    manual: x\n|',
    ])
      for (const label of await innerOrNextSteps(marked)) {
        const text = `${HEAD.replace('id: upload', 'id: procedure')}${(await taking(label, marked)).replace('#procedure', '#stage')}\n`;
        const service = createLanguageService({ workspace: { readText: async () => text } });
        const wrong = (await service.diagnose('/work/a.runbook.yaml')).filter(({ severity }) => severity === 'error');
        assert.deepEqual(
          wrong.map(({ message }) => message),
          [],
          `${label} at ${marked}\n${text}`,
        );
      }
  }).timeout(120_000);

  it('knows the roles and inputs of a runbook that is used', async () => {
    const files = {
      '/work/b.runbook.yaml': 'roles: { node: { hosts: 1 }, first: { of: node, pick: first } }\ninputs: { size: { type: integer } }\n',
    };
    assert.deepEqual(await labels('steps:\n  - use: ./b.runbook.yaml\n    roles: { | }', { files }, KEYS), ['node']);
    assert.deepEqual(await labels('steps:\n  - use: ./b.runbook.yaml\n    with:\n      |', { files }, KEYS), ['size']);
    assert.deepEqual(await labels('upgrade: { instead: [ { use: ./b.runbook.yaml, roles: { | } } ] }', { files }, KEYS), ['node']);
    assert.deepEqual(await labels('steps:\n  - use: ./b.runbook.yaml\n    roles: { node: | }', { files }), ['web', 'db']);
  });
});

describe('completion in inventories', () => {
  const file = '/work/staging.inventory.yaml';
  const head = 'inventory: v1\nenvironment: staging\nhosts: { web1: {}, web2: {} }\n';
  const files = {
    '/work/a.runbook.yaml': HEAD,
    '/elsewhere/b.runbook.yaml': 'roles: { far: { hosts: 1 } }',
  };
  const around = { file, head, files };

  it('offers its keys and hosts', async () => {
    assert.ok((await labels('|', around)).includes('roles'));
    assert.deepEqual(await labels('roles: { web: [we|] }', around), ['web1', 'web2']);
    assert.deepEqual(await labels('roles: { web: [web1, |] }', around), ['web1', 'web2']);
    assert.deepEqual(await labels('secrets: { api: { kept_on: | } }', around), ['web1', 'web2']);
  });

  it('offers what the runbooks beside it declare', async () => {
    assert.deepEqual(await labels('roles:\n  |', around), ['web', 'db']);
    assert.equal(await taking('web', 'roles:\n  |', around), 'roles:\n  web: []');
    assert.deepEqual(await innerLabels('roles:\n  web: [web1]\n  |', around), ['db']);
    assert.deepEqual(await labels('vars:\n  |', around), ['web', 'db']);
    assert.deepEqual(await labels('vars: { db: { | } }', around), ['port']);
    assert.deepEqual(await labels('roles: { web: [web3] }\nhosts:\n  web3: { vars: { | } }', { ...around, head: '' }), ['url']);
    assert.deepEqual(await labels('inputs:\n  |', around), ['target', 'mode']);
    assert.equal(await taking('target', 'inputs:\n  |', around), 'inputs:\n  target: ""');
    assert.deepEqual(await labels('inputs: { mode: | }', around), ['fast', 'careful']);
    assert.deepEqual(await labels('secrets:\n  |', around), ['api']);
  });

  it('offers those of other folders where there are none beside it', async () => {
    assert.deepEqual(
      await labels('roles:\n  |', { ...around, files: { '/elsewhere/b.runbook.yaml': files['/elsewhere/b.runbook.yaml'] } }),
      ['far'],
    );
  });
});

describe('completion in an empty file', () => {
  const files = { '/work/a.runbook.yaml': HEAD };

  it('writes a whole runbook that has no error', async () => {
    for (const marked of ['|', '# The service of the shop\n\n|', 'run|'])
      for (const label of ['new runbook', 'new runbook: rolling restart']) {
        const items = (await offered('', { head: marked, file: '/work/new-one.runbook.yaml' })).filter(({ kind }) => kind === 'snippet');
        const item = items.find((candidate) => candidate.label === label);
        assert.ok(item !== undefined);
        const text = applied(marked.replace('|', ''), item);
        assert.match(text, /^id: new_one$/m);
        const service = createLanguageService({ workspace: { readText: async () => text } });
        const found = await service.diagnose('/work/new-one.runbook.yaml');
        assert.deepEqual(
          found.map(({ message }) => message),
          [],
          text,
        );
      }
  });

  it('writes a whole inventory, bound to the roles of the runbooks beside it', async () => {
    const [item] = await offered('', { head: '|', file: '/work/test.inventory.yaml', files });
    assert.ok(item !== undefined);
    const text = applied('', item);
    assert.match(text, /^ {2}web: \[web_1, web_2\]\n {2}db: \[db\]$/m);
    const service = createLanguageService({ workspace: { readText: async () => text } });
    assert.deepEqual(await service.diagnose('/work/test.inventory.yaml'), []);
  });
});

describe('completion in comments', () => {
  it('offers the words that silence a finding, then the rules that can be silenced', async () => {
    assert.deepEqual(await labels('steps:\n  - run: x # |'), ['runbook-lint-ignore', 'runbook-lint-ignore-file']);
    const rules = await labels('# runbook-lint-ignore |');
    assert.ok(rules.includes('missing-timeout') && !rules.includes('undefined-role'));
    assert.equal(
      await taking('missing-timeout', '# runbook-lint-ignore mis|'),
      '# runbook-lint-ignore missing-timeout: why it does not matter here',
    );
    assert.equal(
      await taking('missing-timeout', '# runbook-lint-ignore missing-ti|meout: known'),
      '# runbook-lint-ignore missing-timeout: known',
    );
    assert.ok(!(await labels('# runbook-lint-ignore missing-timeout, |')).includes('missing-timeout'));
    assert.deepEqual(await labels('# any other words |'), []);
    assert.deepEqual(await labels('steps:\n  - run: |\n      # runbook-lint-ignore |'), []);
  });
});

/** Whole steps that may stand here, or behind what stands here; an entry that is only begun is not whole. */
async function innerOrNextSteps(marked: string): Promise<readonly string[]> {
  return (await labels(marked, {}, ['snippet'])).filter((label) => label.startsWith('step: '));
}
