import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const files = (folder: string, end: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

describe('grammar of runbooks', () => {
  const embedded = files(join(here, 'embedded'), '.tmLanguage.json').flatMap((file) => ['-g', file]);
  const program = join(dirname(createRequire(import.meta.url).resolve('vscode-tmgrammar-test/package.json')), 'dist', 'unit.js');
  const fixtures = files(here, '.test.yaml');

  it('has fixtures', () => assert.ok(fixtures.length >= 3));

  for (const fixture of fixtures) {
    it(fixture.slice(here.length + 1), () => {
      try {
        execFileSync(process.execPath, [program, '-g', join(root, 'syntaxes', 'runbook.tmLanguage.json'), ...embedded, fixture], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (error) {
        assert.fail(String((error as { stdout?: string }).stdout));
      }
    });
  }
});
