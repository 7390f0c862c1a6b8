import assert from 'node:assert/strict';
import { withCursor } from '../../support/language/cursor.js';
import { serviceOver } from '../../support/language/service.js';

const head = `runbook: v1
id: sample
title: Sample
inputs: { target: { type: version, title: The version } }
secrets: { api: { title: Token } }
contacts: { support: { title: Support } }
documents: { vendor: { title: Guide } }
versions: { app: { pattern: x } }
roles: { web: { hosts: 1, vars: { url: url } }, db: { hosts: 1 } }
facts: { queues: { type: boolean }, level: { type: version, on: web } }
procedures: { stage: [ { id: upload, run: x, outputs: { code: { match: x } } } ] }
`;

function labels(marked: string, file = '/a.runbook.yaml', before = head): readonly string[] {
  const { text, offset } = withCursor(before + marked);
  return serviceOver({})
    .complete(file, text, offset)
    .map(({ label }) => label);
}

/** The text after taking a completion. */
function taking(label: string, marked: string): string {
  const { text, offset } = withCursor(head + marked);
  const item = serviceOver({})
    .complete('/a.runbook.yaml', text, offset)
    .find((candidate) => candidate.label === label);
  assert.ok(item !== undefined, label);
  return (text.slice(0, item.edit.range.start) + item.edit.text + text.slice(item.edit.range.end)).slice(head.length);
}

describe('completion', () => {
  const exact: readonly (readonly [string, readonly string[]])[] = [
    ['steps:\n  - on: |', ['web', 'db']],
    ['steps:\n  - on: [web, d|]', ['web', 'db']],
    ['steps:\n  - run: x\n    from: l|\n    once: true', ['web', 'db', 'local']],
    ['steps:\n  - service: { name: x, state: | }', ['started', 'stopped', 'restarted']],
    ['steps:\n  - once: |\n    run: x', ['true', 'false']],
    ['steps:\n  - on_failure: { escalate: | }', ['support']],
    ['steps:\n  - source: v|', ['vendor']],
    ['steps:\n  - use: "#|"', ['#stage', '#upload']],
    ['steps:\n  - when: inputs.|\n    run: x', ['target']],
    ['steps:\n  - when: facts.q|\n    run: x', ['queues']],
    ['steps:\n  - args: ["${{ host.| }}"]', ['name', 'address', 'platform', 'level', 'url']],
    ['steps:\n  - args: ["${{ steps.| }}"]', ['upload']],
    ['steps:\n  - env: { TOKEN: "${{ secrets.| }}" }', ['api']],
    ['steps:\n  - when: hos|\n    run: x', ['inputs', 'facts', 'host', 'hosts', 'steps', 'secrets', 'run']],
    ['facts: { x: { type: version, scheme: | } }', ['app']],
    ['invariants:\n  - holds: { same: { fact: | } }', ['level', 'url']],
    ['steps:\n  - title: inputs.|', []],
  ];
  for (const [marked, wanted] of exact) it(marked.replaceAll('\n', '⏎'), () => assert.deepEqual(labels(marked), wanted));

  it('offers the keys of the place, without those that are there or exclude each other', () => {
    const inStep = labels('steps:\n  - id: a\n    run: x\n    |');
    assert.ok(inStep.includes('timeout') && inStep.includes('on'));
    assert.ok(!inStep.includes('id') && !inStep.includes('run') && !inStep.includes('manual'));
    assert.ok(labels('steps:\n  - |').includes('manual'));
    assert.deepEqual(labels('steps:\n  - check:\n      |').slice(0, 3), ['command', 'http', 'file']);
    assert.ok(labels('|', '/a.runbook.yaml', '').includes('runbook'));
  });

  it('works in inventories', () => {
    const before = 'inventory: v1\nenvironment: staging\nhosts: { web1: {}, web2: {} }\n';
    assert.deepEqual(labels('roles: { web: [we|] }', '/a.inventory.yaml', before), ['web1', 'web2']);
    assert.ok(labels('|', '/a.inventory.yaml', before).includes('roles'));
  });

  it('works while the rest of the file is broken', () => {
    assert.deepEqual(labels('steps:\n  - on: |\n  - rnu: [\n'), ['web', 'db']);
  });

  it('replaces the word under the cursor', () => {
    assert.equal(taking('timeout', 'steps:\n  - run: x\n    ti|'), 'steps:\n  - run: x\n    timeout: ');
    assert.equal(taking('title', 'steps:\n  - ti|x: y'), 'steps:\n  - title: y');
    assert.equal(taking('#stage', 'steps:\n  - use: |'), 'steps:\n  - use: "#stage"');
    assert.equal(taking('#stage', 'steps:\n  - use: "#s|"'), 'steps:\n  - use: "#stage"');
    assert.equal(taking('target', 'steps:\n  - when: inputs.tar|g == 1'), 'steps:\n  - when: inputs.target == 1');
  });
});
