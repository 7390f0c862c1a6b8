import assert from 'node:assert/strict';
import { createExpressions } from '../../../../src/language/index.js';
import { FUNCTION_DOCS, ROOT_DOCS } from '../../../../src/language/features/cel/functionDocs.js';
import { labels, offered, taking } from '../../../support/language/completing.js';

const NAMES = ['reference', 'value'] as const;

describe('completion in expressions', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['steps:\n  - when: inputs.|\n    run: x', ['target', 'mode']],
    ['steps:\n  - when: "inputs.|\n    run: x', ['target', 'mode']],
    ['steps:\n  - when: facts.q|\n    run: x', ['queues']],
    ['steps:\n  - on: web\n    args: ["${{ host.| }}"]', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - on: web\n    args: ["${{ host.|', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - on: web\n    args:\n      - "${{ host.|\n    timeout: 5m', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - on: [web, db]\n    when: host.|', ['name', 'address', 'platform']],
    ['steps:\n  - on: web\n    once: true\n    when: host.|', []],
    ['steps:\n  - when: host.|', []],
    ['steps:\n  - on: web\n    steps:\n      - when: host.|', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - args: ["${{ steps.| }}"]', ['upload']],
    ['steps:\n  - args: ["${{ steps.upload.| }}"]', ['code']],
    ['steps:\n  - env: { TOKEN: "${{ secrets.| }}" }', ['api']],
    ['steps:\n  - args: ["${{ secrets.| }}"]', []],
    ['steps:\n  - when: hosts.|', ['web', 'db']],
    ['steps:\n  - when: hosts.db.|', ['port', 'name', 'address', 'platform']],
    ['steps:\n  - when: hosts.web[0].|', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - when: hosts.web.all(h, h.|)', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - when: hosts.web.filter(h, h.url != "").exists(g, g.|)', ['url', 'level', 'name', 'address', 'platform']],
    ['steps:\n  - when: cel.bind(v, inputs.target, v.|)', ['release']],
    ['steps:\n  - when: inputs.target.|', ['release']],
    ['steps:\n  - when: inputs.mode == "|"', ['fast', 'careful']],
    ['steps:\n  - on: web\n    when: host.platform == "|', ['linux', 'macos', 'windows']],
    ['steps:\n  - on: web\n    when: host.is("|")', ['web', 'db']],
    ['steps:\n  - when: inputs.mode |', ['==', '!=', '+', 'in']],
    ['steps:\n  - when: inputs.target |', ['<', '<=', '>', '>=', '==']],
    ['steps:\n  - when: facts.queues | inputs.mode', ['&&', '||', '?', '==', '!=']],
    ['steps:\n  - when: hosts.web.all(h, h.url |)', ['==', '!=', '+', 'in']],
    ['steps:\n  - when: nothing |', []],
    ['steps:\n  - when: 12|', []],
    ['steps:\n  - title: inputs.|', []],
    ['steps:\n  - run: echo "${{ inputs.| }}"', []],
    ['finally:\n  - when: run.|', ['failed']],
    ['upgrade: { installed: level, to: x }\nsteps:\n  - when: hop.|', ['from', 'to', 'number', 'last']],
    ['upgrade: { installed: level, to: x, stops: [{ via: "1" }] }\nsteps:\n  - when: hop.|', []],
    [
      'upgrade: { installed: level, to: x, stops: [{ via: "1" }] }\nsteps:\n  - per_hop: true\n    steps:\n      - when: hop.|',
      ['from', 'to', 'number', 'last'],
    ],
    ['upgrade: { installed: level, to: x, stops: [{ via: "6.1.5" }] }\nadvisories:\n  - when: crosses("|")', ['6.1.5']],
    ['advisories:\n  - id: folders\nsteps:\n  - when: advisories.|', ['folders']],
  ];
  for (const [marked, wanted] of cases)
    it(marked.replaceAll('\n', '⏎'), async () => {
      assert.deepEqual(await labels(marked, {}, NAMES), wanted);
    });

  it('offers the names that expressions begin with, where they exist', async () => {
    const plain = await labels('steps:\n  - when: |', {}, NAMES);
    assert.deepEqual(plain.slice(0, 5), ['inputs', 'facts', 'hosts', 'steps', 'run']);
    assert.ok(!plain.includes('host') && !plain.includes('secrets') && !plain.includes('hop') && !plain.includes('body'));
    assert.ok((await labels('steps:\n  - on: web\n    when: |', {}, NAMES)).includes('host'));
    assert.ok((await labels('steps:\n  - check: { http: { url: x, that: | } }', {}, NAMES)).includes('body'));
    assert.ok((await labels('steps:\n  - run: x\n    outputs: { a: { value: | } }', {}, NAMES)).includes('stdout'));
    assert.deepEqual((await labels('steps:\n  - when: hosts.web.all(each, |)', {}, NAMES)).slice(0, 2), ['each', 'inputs']);
  });

  it('offers functions and methods with their types', async () => {
    const within = (await offered('steps:\n  - when: inputs.target.|')).find(({ label }) => label === 'within');
    assert.equal(within?.detail, 'version.within(range: version range): bool');
    assert.match(within.documentation ?? '', /lies in a range/);
    assert.equal(within.edit.text, 'within($1)');
    assert.ok((await labels('steps:\n  - when: |', {}, ['function'])).includes('version'));
    assert.deepEqual(await labels('steps:\n  - on: web\n    when: host.|', {}, ['function']), ['is']);
    assert.ok((await labels('steps:\n  - when: hosts.web.|', {}, ['function'])).includes('all'));
    assert.ok(!(await labels('steps:\n  - when: hosts.web.|', {}, ['function'])).includes('startsWith'));
    assert.ok((await labels('steps:\n  - check: { http: { url: x, that: body.| } }', {}, ['function'])).includes('contains'));
  });

  const taken: readonly (readonly [string, string, string])[] = [
    ['target', 'steps:\n  - when: inputs.tar|g == 1', 'steps:\n  - when: inputs.target == 1'],
    ['all', 'steps:\n  - when: hosts.web.|', 'steps:\n  - when: hosts.web.all(item, )'],
    ['all', 'steps:\n  - when: hosts.web.a|(h, true)', 'steps:\n  - when: hosts.web.all(h, true)'],
    ['careful', 'steps:\n  - when: inputs.mode == "fa|st"', 'steps:\n  - when: inputs.mode == "careful"'],
    ['inputs', 'steps:\n  - args: ["${{ in|"]', 'steps:\n  - args: ["${{ inputs"]'],
    ['${{ }}', 'steps:\n  - args:\n      - |', 'steps:\n  - args:\n      - "${{ inputs }}"'],
    ['${{ }}', 'steps:\n  - title: Upgrade to $|', 'steps:\n  - title: Upgrade to ${{ inputs }}'],
    ['${{ }}', 'steps:\n  - title: Upgrade to ${|}', 'steps:\n  - title: Upgrade to ${{ inputs }}'],
    ['&&', 'steps:\n  - when: facts.queues |', 'steps:\n  - when: facts.queues && '],
  ];
  for (const [label, marked, wanted] of taken)
    it(`${label} at ${marked.replaceAll('\n', '⏎')}`, async () => {
      assert.equal(await taking(label, marked), wanted);
    });

  it('has words for every function and every name', () => {
    const names = {
      inputs: {},
      facts: {},
      roles: { web: { single: false, members: {} } },
      steps: {},
      secrets: [],
      advisories: [],
      versionSchemes: [],
    };
    const here = { hostRoles: ['web'], extras: ['body', 'status', 'stdout', 'exit'], secrets: true, hop: true } as const;
    const outlook = createExpressions(names).outlook(here);
    const own = outlook.functions().filter(({ receiver }) => !/optional/i.test(receiver ?? ''));
    for (const { name, parameters } of own) {
      assert.ok(Object.hasOwn(FUNCTION_DOCS, name), name);
      assert.ok((FUNCTION_DOCS[name]?.parameters.length ?? 0) >= parameters.length, `parameters of ${name}`);
    }
    for (const { name } of outlook.variables()) assert.ok(Object.hasOwn(ROOT_DOCS, name) || name === 'google' || name === 'optional', name);
  });
});
