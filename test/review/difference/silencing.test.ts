import assert from 'node:assert/strict';
import { createLanguageService } from '../../../src/language/index.js';
import { compareConfigurations, compareInventories } from '../../../src/review/index.js';
import type { Change } from '../../../src/review/index.js';

const FILE = '/.runbook-lint.yaml';

function compared(old: string | undefined, now: string | undefined): readonly Change[] {
  const text = (one: string | undefined): { file: string; text: string } | undefined =>
    one === undefined ? undefined : { file: FILE, text: one };
  return compareConfigurations(text(old), text(now));
}

describe('what no longer is found', () => {
  it('a rule that is turned off, at its place', () => {
    const now = 'rules:\n  missing-timeout: off\n';
    const [change, ...more] = compared(undefined, now);
    assert.equal(more.length, 0);
    assert.equal(change?.kind, 'rule-silenced');
    assert.equal(change?.danger, 'dangerous');
    assert.match(change?.what ?? '', /"missing-timeout" counts for less: \S+ → off/);
    const { start, end } = change?.where.new?.range ?? { start: 0, end: 0 };
    assert.equal(now.slice(start, end), 'missing-timeout');
  });

  it('a milder profile, more files left out, and what fails later', () => {
    const changes = compared('profile: strict\n', 'profile: minimal\nexclude: [legacy/**]\nfail_on: error\n');
    assert.deepEqual(changes.map(({ kind, about }) => [kind, about]).sort(), [
      ['rule-silenced', 'exclude'],
      ['rule-silenced', 'fail_on'],
      ['rule-silenced', 'profile'],
    ]);
  });

  it('a rule that counts for more is harmless', () => {
    const changes = compared('rules: { missing-timeout: off }\n', 'rules: { missing-timeout: error }\n');
    assert.deepEqual(
      changes.map(({ kind, danger }) => [kind, danger]),
      [['safeguard-added', 'harmless']],
    );
  });

  it('settings that go away with their file', () => {
    assert.deepEqual(
      compared('profile: strict\n', undefined).map(({ kind }) => kind),
      ['rule-silenced'],
    );
  });

  it('a broken file sets nothing, whatever it says', () => {
    assert.deepEqual(
      compared('profile: strict\n', 'profile: strict\nrulez: {}\n').map(({ kind }) => kind),
      ['rule-silenced'],
    );
  });

  it('the same settings in other words', () =>
    assert.deepEqual(compared('rules: { missing-timeout: off }\n', 'rules:\n  missing-timeout: { severity: off }\n'), []));

  it('comments that silence, by rule and place', () => {
    const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });
    const text = (comment: string): string => `inventory: v1\nenvironment: lab\nhosts: { a: {} }${comment}\nroles: { server: [a] }\n`;
    const parsed = (comment: string): ReturnType<typeof service.parseInventory> =>
      service.parseInventory('/lab.inventory.yaml', text(comment));
    const now = ' # runbook-lint-ignore unused-declaration, missing-timeout: it is a lab';
    const { changes } = compareInventories(parsed(''), parsed(now));
    assert.deepEqual(
      changes.map(({ kind, about }) => [kind, about]),
      [
        ['suppression-added', 'unused-declaration'],
        ['suppression-added', 'missing-timeout'],
      ],
    );
    const { start } = changes[0]?.where.new?.range ?? { start: 0 };
    assert.equal(text(now).slice(start, start + 22), '# runbook-lint-ignore ');
    assert.deepEqual(compareInventories(parsed(now), parsed('')).changes, []);
    assert.deepEqual(compareInventories(parsed(now), parsed(now.replace('a lab', 'only a lab'))).changes, []);
  });
});
