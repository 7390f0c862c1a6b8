import assert from 'node:assert/strict';
import { labels, offered, taking } from '../../../support/language/completing.js';

describe('completion of values', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['steps:\n  - on: |', ['web', 'db']],
    ['steps:\n  - on:|', ['web', 'db']],
    ['steps:\n  - on: [web, d|]', ['db']],
    ['steps:\n  - on: [web, |', ['db']],
    ['steps:\n  - on:\n      - |', ['web', 'db']],
    ['steps:\n  - run: x\n    from: l|\n    once: true', ['web', 'db', 'local']],
    ['steps:\n  - service: { name: x, state: | }', ['started', 'stopped', 'restarted']],
    ['steps:\n  - service:\n      state: |', ['started', 'stopped', 'restarted']],
    ['steps:\n  - once: |\n    run: x', ['true', 'false']],
    ['steps:\n  - on_failure: { escalate: | }', ['support']],
    ['steps:\n  - on_failure: { escalate: |', ['support']],
    ['steps:\n  - source: v|', ['vendor']],
    ['steps:\n  - use: "#|"', ['#stage', '#upload']],
    ['steps:\n  - use: "|', ['#stage', '#upload']],
    ['facts: { x: { type: version, scheme: | } }', ['app']],
    ['inputs:\n  a: { type: boolean, default: | }', ['true', 'false']],
    ['inputs:\n  a: { type: choice, options: [one, two], default: | }', ['one', 'two']],
    ['invariants:\n  - holds: { same: { fact: | } }', ['level', 'url', 'port']],
    ['invariants:\n  - at: [|]', ['start', 'end', 'upload']],
    ['upgrade:\n  installed: |', ['level']],
    ['steps:\n  - become: { password: | }', ['api']],
    ['steps:\n  - shell: |', ['sh', 'bash', 'powershell']],
    ['steps:\n  - effects: [backup, |]', ['backup', 'stop', 'start', 'boot', 'upgrade', 'isolate', 'rejoin', 'configure', 'destroy']],
    ['order:\n  - first: { stop: | }', ['web', 'db']],
    ['roles:\n  web: { hosts: | }', ['1', '1..', '2..', '0..1', '0..']],
    ['roles:\n  web: { hosts: 1 }\n  first: { of: web, pick: | }', ['first', 'last']],
  ];
  for (const [marked, wanted] of cases)
    it(marked.replaceAll('\n', '⏎'), async () => {
      assert.deepEqual(await labels(marked, {}, ['value', 'reference', 'file']), wanted);
    });

  const taken: readonly (readonly [string, string, string])[] = [
    ['#stage', 'steps:\n  - use: |', 'steps:\n  - use: "#stage"'],
    ['#stage', 'steps:\n  - use: "#s|"', 'steps:\n  - use: "#stage"'],
    ['#stage', 'steps:\n  - use: "#s|', 'steps:\n  - use: "#stage'],
    ['web', 'steps:\n  - on: we|b # hosts', 'steps:\n  - on: web # hosts'],
    ['web', 'steps:\n  - on:|', 'steps:\n  - on: web'],
    ['web', 'steps:\n  - on: [|, db]', 'steps:\n  - on: [web, db]'],
    ['stop', 'steps:\n  - effects: |', 'steps:\n  - effects: [stop]'],
    ['stop', 'steps:\n  - effects:\n      |', 'steps:\n  - effects:\n      - stop'],
    ['start', 'steps:\n  - effects:\n      - stop\n      |', 'steps:\n  - effects:\n      - stop\n      - start'],
    ['start', 'steps:\n  - effects:\n      - stop\n      - |', 'steps:\n  - effects:\n      - stop\n      - start'],
    ['5m', 'steps:\n  - timeout: |', 'steps:\n  - timeout: 5m'],
    ['${{ inputs.target }}', 'upgrade:\n  to: |', "upgrade:\n  to: '${{ inputs.target }}'"],
    ['true', 'steps:\n  - once: t|', 'steps:\n  - once: true'],
    ['1', 'roles:\n  web: { hosts: | }', 'roles:\n  web: { hosts: 1 }'],
  ];
  for (const [label, marked, wanted] of taken)
    it(`${label} at ${marked.replaceAll('\n', '⏎')}`, async () => {
      assert.equal(await taking(label, marked), wanted);
    });

  it('says what each of them is', async () => {
    const [web] = await offered('steps:\n  - on: |');
    assert.deepEqual([web?.kind, web?.detail], ['reference', 'role']);
    const effects = await offered('steps:\n  - effects: [|]');
    assert.ok(effects.every(({ documentation }) => documentation !== undefined));
    const [first] = await offered('steps:\n  - use: "#|"');
    assert.equal(first?.documentation, '1. `upload` Upload it');
  });

  it('offers versions that the path speaks of, in quotes where they would be numbers', async () => {
    const path = 'upgrade:\n  installed: level\n  to: x\n  stops: [{ from: "< 6.1", to: ">= 7.0.2", via: "|" }]';
    assert.deepEqual(await labels(path), ['6.1', '7.0.2']);
    assert.equal(await taking('6.1', path.replace('"|"', '|')), path.replace('"|"', '"6.1"'));
  });

  it('derives no role from itself', async () => {
    assert.deepEqual(await labels('roles: { web: { hosts: 1 }, first: { of: |, pick: first } }', { head: '' }), ['web']);
  });

  it('says nothing in plain text', async () => {
    for (const marked of [
      'steps:\n  - title: inputs.|',
      'steps:\n  - title: Take |',
      'steps:\n  - run: |\n      echo |',
      'steps:\n  - irreversible: x|',
    ])
      assert.deepEqual(await labels(marked), []);
  });

  it('goes on where the rest of the file is broken', async () => {
    assert.deepEqual(await labels('steps:\n  - on: |\n  - rnu: [\n'), ['web', 'db']);
    assert.deepEqual(await labels('steps:\n  - title: "never closed\n    on: |\n    run: x'), ['web', 'db']);
  });

  it('knows other runbooks and their parts', async () => {
    const files = {
      '/work/other.runbook.yaml': 'title: The other\nsteps:\n  - id: a\n    run: x\n  - id: b\n    run: x\n  - id: c\n    run: x\n',
      '/work/deep/far.runbook.yaml': 'title: Far',
      '/work/x.inventory.yaml': '',
    };
    assert.deepEqual(await labels('steps:\n  - use: |', { files }, ['file', 'reference']), [
      '#stage',
      '#upload',
      './other.runbook.yaml',
      './deep/far.runbook.yaml',
    ]);
    assert.deepEqual(await labels('steps:\n  - use: "./other.runbook.yaml#|"', { files }), [
      './other.runbook.yaml#a',
      './other.runbook.yaml#b',
      './other.runbook.yaml#c',
    ]);
    assert.deepEqual(await labels('steps:\n  - use: "./other.runbook.yaml#a..|"', { files }), [
      './other.runbook.yaml#a..b',
      './other.runbook.yaml#a..c',
    ]);
    assert.equal(
      await taking('./other.runbook.yaml#a..c', 'steps:\n  - use: "./oth|er.runbook.yaml#a..b"', { files }).catch(() => 'not offered'),
      'not offered',
    );
    assert.equal(await taking('./other.runbook.yaml', 'steps:\n  - use: ./o|', { files }), 'steps:\n  - use: ./other.runbook.yaml');
  });
});
