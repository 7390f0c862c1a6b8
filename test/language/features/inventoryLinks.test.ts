import assert from 'node:assert/strict';
import { cursorIn, inWords } from '../../support/language/navigating.js';

/** Where the role of an inventory leads to, among runbooks by file. */
async function roleOf(
  inventory: string,
  runbooks: Readonly<Record<string, string>>,
  bound = 'we|b: [a], db: [a]',
): Promise<readonly string[]> {
  const roles = Object.entries(runbooks).map(([file, own]) => [file, `roles: { ${own} }\n`]);
  const { service, file, text, offset, files } = cursorIn({
    [inventory]: `roles: { ${bound} }\nhosts: { a: { address: x } }\n`,
    ...Object.fromEntries(roles),
  });
  const found = inWords((await service.definition(file, text, offset))?.places ?? [], files);
  return found.map((place) => place.split(':')[0] ?? '').filter((place) => !place.endsWith('.inventory.yaml'));
}

describe('an inventory', () => {
  it('goes with runbooks whose roles it has hosts for', async () => {
    const runbooks = {
      '/a.runbook.yaml': 'web: { hosts: 1.. }, db: { hosts: 1 }, first: { of: web, pick: first }',
      '/b.runbook.yaml': 'web: { hosts: 1.. }, cache: { hosts: 1 }',
      '/c.runbook.yaml': 'web: { hosts: 1.. }, cache: { hosts: 0..1 }',
      '/d.runbook.yaml': 'cache: { hosts: 0.. }',
    };
    assert.deepEqual(await roleOf('/x.inventory.yaml', runbooks), ['a.runbook.yaml', 'c.runbook.yaml']);
  });

  it('goes with those that lie nearest, where several fit', async () => {
    const runbooks = {
      '/shop/a.runbook.yaml': 'web: { hosts: 1 }',
      '/shop/deep/b.runbook.yaml': 'web: { hosts: 1 }',
      '/bank/c.runbook.yaml': 'web: { hosts: 1 }',
    };
    assert.deepEqual(await roleOf('/bank/x.inventory.yaml', runbooks), ['bank/c.runbook.yaml']);
    assert.deepEqual(await roleOf('/shop/environments/x.inventory.yaml', runbooks), ['shop/a.runbook.yaml', 'shop/deep/b.runbook.yaml']);
    assert.deepEqual(await roleOf('/environments/x.inventory.yaml', runbooks), [
      'bank/c.runbook.yaml',
      'shop/a.runbook.yaml',
      'shop/deep/b.runbook.yaml',
    ]);
  });

  it('goes with none that it cannot serve', async () => {
    assert.deepEqual(await roleOf('/x.inventory.yaml', { '/a.runbook.yaml': 'web: { hosts: 1 }, other: { hosts: 1 }' }), []);
  });
});
