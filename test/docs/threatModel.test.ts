import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = read('docs/threat-model.md');
const sections = [...page.matchAll(/^## (T\d+)\n\n\*\*(.+?)\*\* \((A\d(?:, A\d)*)\)\n\n([^]*?)(?=^## |(?![^]))/gm)];

describe('the threat model', () => {
  it('has every threat once, in order, with somebody who could do it and a proof', () => {
    assert.deepEqual(
      sections.map(([, id]) => id),
      Array.from({ length: 36 }, (_, index) => `T${String(index + 1)}`),
    );
    for (const [, id, , , body = ''] of sections) assert.match(body, /^- (?:Row|`test\/|\[)/m, id);
  });

  it('names the threats that rules name as they are explained', () => {
    const explained = [...read('docs/threats.md').matchAll(/^## (T\d+)$/gm)].map(([, id]) => id);
    assert.ok(explained.length > 15);
    for (const id of explained)
      assert.ok(
        sections.some(([, known]) => known === id),
        id,
      );
  });

  it('names tests that exist, word for word', () => {
    const named = [...page.matchAll(/^- `(test\/[^`]+)`: (.+)$/gm)];
    assert.ok(named.length > 50);
    for (const [, file = '', name = ''] of named) {
      assert.ok(existsSync(join(root, file)), file);
      const quoted = [`it('${name}'`, `it("${name}"`, `it(\`${name}\``];
      assert.ok(
        quoted.some((call) => read(file).includes(call)),
        `${file}: ${name}`,
      );
    }
  });

  it('names rows of the fault laboratory and rules that exist', () => {
    const rows = readdirSync(join(root, 'test/faults/rows')).map(
      (file) => /^ {2}id: '([a-z-]+)'/m.exec(read(`test/faults/rows/${file}`))?.[1],
    );
    for (const [, row] of page.matchAll(/^- Row `([^`]+)`$/gm)) assert.ok(rows.includes(row), row);
    for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)\)/g)) assert.ok(existsSync(join(root, 'docs', target)), target);
    for (const [, target = ''] of read('SECURITY.md').matchAll(/\]\(([^)#]+)\)/g)) assert.ok(existsSync(join(root, target)), target);
  });

  it('names all who are said to be able to do something', () => {
    const known = new Set([...page.matchAll(/^- \*\*(A\d) /gm)].map(([, who]) => who));
    const said = new Set(sections.flatMap(([, , , who = '']) => who.split(', ')));
    assert.deepEqual([...said].sort(), [...known].sort());
  });

  it('ships no key', function () {
    const { stdout, status } = spawnSync('git', ['grep', '-lIE', '^-----BEGIN [A-Z ]*PRIVATE KEY-----'], { cwd: root, encoding: 'utf8' });
    // Without a repository nobody can say what is shipped.
    if (status !== 0 && status !== 1) this.skip();
    assert.equal(stdout, '');
  });
});
