import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceOnDisk } from '../../support/language/service.js';

const folder = join(import.meta.dirname, '../../fixtures/malformed');
const LIMIT_MS = 2000;

const head = 'runbook: v1\nid: sample\ntitle: Sample\n';

/** Texts that have ended or frozen a process elsewhere: each is read in a process of its own. */
const dangerous: Readonly<Record<string, string>> = {
  'one hundred thousand nested lists': `JSON.stringify('['.repeat(100000))`,
  'one hundred thousand nested mappings': `'{a: '.repeat(100000)`,
  'deep block lists': `'- '.repeat(20000) + 'a'`,
  'deep block mappings': `Array.from({ length: 3000 }, (_, i) => ' '.repeat(i) + 'a:').join('\\n')`,
  'explicit keys in explicit keys': `'? '.repeat(500) + 'a'`,
  'explicit keys in a flow mapping': `'{? '.repeat(300) + 'a' + '}'.repeat(300)`,
  'five megabytes': `'title: ' + 'x'.repeat(5 * 1024 * 1024)`,
  'four megabytes of small things': `'tags:\\n' + '  - a\\n'.repeat(690000)`,
  'twenty thousand keys': `Array.from({ length: 20000 }, (_, i) => 'k' + i + ': 1').join('\\n')`,
  'an alias bomb': `'a0: &a0 [x, x]\\n' + Array.from({ length: 18 }, (_, i) => 'a' + (i + 1) + ': &a' + (i + 1) + ' [*a' + i + ', *a' + i + ']').join('\\n')`,
  'an alias bomb of few aliases': `${JSON.stringify(head)} + 'steps:\\n  - &a { id: a, run: date }\\n' + Array.from({ length: 5 }, (_, i) => '  - &a' + i + ' { id: g' + i + ', steps: [*' + (i === 0 ? 'a' : 'a' + (i - 1)) + ', *' + (i === 0 ? 'a' : 'a' + (i - 1)) + '] }').join('\\n') + '\\nextra: 1'`,
  'nested lists that are closed': `'['.repeat(2000) + ']'.repeat(2000)`,
};

function hasNextStep(message: string): boolean {
  return /[;:] \S/.test(message) || message.endsWith('?');
}

describe('malformed files', () => {
  const files = readdirSync(folder);

  it('are many', () => assert.ok(files.length >= 40, String(files.length)));

  for (const file of files) {
    it(`${file}: a diagnostic with a place and a next step`, async () => {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      const service = serviceOnDisk();
      const began = performance.now();
      const diagnostics = await service.diagnose(path);
      service.outline(path, text);
      for (let offset = 0; offset <= text.length; offset += 7) {
        await service.hover(path, text, offset);
        await service.complete(path, text, offset);
      }
      assert.ok(performance.now() - began < LIMIT_MS);
      assert.ok(diagnostics.length > 0, 'something is said');
      for (const { range, message } of diagnostics) {
        assert.ok(
          range.start >= 0 && range.start <= range.end && range.end <= text.length,
          `range ${String(range.start)}-${String(range.end)} of ${String(text.length)}`,
        );
        assert.ok(
          range.end > range.start || text.trim() === '' || /nothing stands|is empty/.test(message),
          `a place that can be seen: ${message}`,
        );
        assert.ok(hasNextStep(message), message);
        assert.match(message, /^[^A-Z]|^YAML/);
      }
      assert.equal(({} as Record<string, unknown>)['type'], undefined, 'no prototype was touched');
    });
  }

  for (const [name, expression] of Object.entries(dangerous)) {
    it(`${name}: said in time, in a process that lives`, () => {
      const script = `
        import { parseRunbook } from ${JSON.stringify(join(import.meta.dirname, '../../../src/language/parser/parse.ts'))};
        const text = ${expression};
        parseRunbook('warm', ${JSON.stringify(head)});
        // Time of the processor: a busy machine must not decide.
        const began = process.cpuUsage();
        const { diagnostics, value } = parseRunbook('a', text);
        const { user, system } = process.cpuUsage(began);
        const inside = diagnostics.every(({ range }) => range.start >= 0 && range.end >= range.start && range.end <= text.length);
        console.log(JSON.stringify({ took: (user + system) / 1000, count: diagnostics.length, inside, value: value !== undefined, first: diagnostics[0]?.message ?? '' }));`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      assert.equal(status, 0, stderr);
      const result = JSON.parse(stdout) as { took: number; count: number; inside: boolean; value: boolean; first: string };
      assert.ok(result.took < LIMIT_MS, `${result.took.toFixed(0)} ms`);
      assert.ok(result.count > 0 && result.inside && !result.value, stdout);
      assert.ok(hasNextStep(result.first), result.first);
    }).timeout(25_000);
  }
});
