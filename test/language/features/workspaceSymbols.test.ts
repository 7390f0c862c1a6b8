import assert from 'node:assert/strict';
import { createLanguageService } from '../../../src/language/index.js';
import { workspaceOf } from '../../support/language/navigating.js';

const FILES = new Map([
  [
    '/a.runbook.yaml',
    `runbook: v1
id: shop
title: The shop
roles: { web: { hosts: 1, vars: { url: url } } }
steps:
  - { id: stop_web, title: Stop every server, run: x, outputs: { code: { match: x } } }
  - { id: start, run: x, when: "hosts.web.all(h, h.url != '')" }
`,
  ],
  ['/b.inventory.yaml', 'inventory: v1\nenvironment: staging\nhosts: { web1: {} }\nroles: { web: [web1] }\n'],
]);

async function found(query: string): Promise<readonly string[]> {
  const symbols = await workspaceOf(FILES).symbols(query);
  return symbols.map(({ name, kind, container, file, range }) => {
    assert.equal((FILES.get(file) ?? '').slice(range.start, range.end), name);
    return `${kind} ${name} (${container})`;
  });
}

describe('symbols of the workspace', () => {
  it('are what files declare, those that begin with the query first', async () => {
    assert.deepEqual(await found('web'), [
      'role web (The shop)',
      'host web1 (b.inventory.yaml)',
      'role web (b.inventory.yaml)',
      'step stop_web (The shop)',
    ]);
    assert.deepEqual(await found('url'), ['variable url (The shop, web)']);
    assert.deepEqual(await found('CODE'), ['value code (The shop, stop_web)']);
  });

  it('are found by their titles, and by letters in their order', async () => {
    assert.deepEqual(await found('every server'), ['step stop_web (The shop)']);
    assert.deepEqual(await found('stgng'), ['environment staging (b.inventory.yaml)']);
    assert.deepEqual(await found('nothing like it'), []);
  });

  it('are all of them for an empty query, without names that belong to one expression', async () => {
    const all = await found('');
    assert.equal(all.length, 9);
    assert.ok(!all.some((symbol) => symbol.startsWith('local')));
  });

  it('are none where the files are not known', async () => {
    assert.deepEqual(await createLanguageService({ workspace: { readText: async (file) => FILES.get(file) } }).symbols('web'), []);
  });
});
