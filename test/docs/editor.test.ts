import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/editor.md'), 'utf8');

/** Rows of the tables that compare, each with a column for every peer. */
const rows = page
  .slice(page.indexOf('## Compared with others'), page.indexOf('## Left out on purpose'))
  .split('\n')
  .filter((line) => line.startsWith('|') && line.split(/(?<!\\)\|/).length === 7 && !/^\|[-|: ]+$/.test(line));

describe('the comparison with other editors', () => {
  it('says nothing of ours without a test', () => {
    const claims = rows.filter((row) => !/\| *Actions *\|/.test(row));
    assert.ok(claims.length > 40, `${String(claims.length)} rows were found`);
    for (const claim of claims) assert.match(claim, /`test\/[^`]+`/, claim);
  });

  it('names only tests that exist', () => {
    for (const [, file = ''] of page.matchAll(/`(test\/[^`*]+)`/g)) assert.ok(existsSync(join(root, file)), file);
  });
});
