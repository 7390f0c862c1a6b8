import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inGroups, testFiles } from '../../scripts/testFiles.mjs';

const root = join(import.meta.dirname, '../..');

describe('how the tests are run', () => {
  const { quick, integration, window } = testFiles();

  it('has every file once', () => {
    const all = [...quick, ...integration, ...window];
    assert.ok(all.length > 200, String(all.length));
    assert.equal(new Set(all).size, all.length);
  });

  it('parts the integration tests into groups that lose none of them, and has a file for each that is named', () => {
    const groups = inGroups(integration);
    assert.deepEqual(groups.flatMap(({ files }) => files).sort(), [...integration].sort());
    assert.ok(groups.length > 10);
    const [first] = groups;
    assert.equal(first?.name, 'mutants/');
    assert.deepEqual(inGroups(['test/lab/core/hosts.test.ts', 'test/new/place.test.ts', 'test/journeys/kill.test.ts']), [
      { name: 'lab/', files: ['test/lab/core/hosts.test.ts'] },
      { name: 'journeys/kill.test.ts', files: ['test/journeys/kill.test.ts'] },
      { name: 'new/', files: ['test/new/place.test.ts'] },
    ]);
  });

  it('gives no subnet to two files, which may run at the same time', () => {
    const taken = new Map<string, string>();
    for (const file of [...integration, ...window]) {
      const subnets = readFileSync(join(root, file), 'utf8').match(/(?<=')127\.\d+(?=')/g) ?? [];
      for (const subnet of new Set(subnets)) {
        assert.equal(taken.get(subnet), undefined, `${file} takes ${subnet} too`);
        taken.set(subnet, file);
      }
    }
    assert.ok(taken.size > 20, String(taken.size));
  });
});
