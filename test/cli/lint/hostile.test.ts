import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { FORMATS } from '../../../src/cli/lint/formats/index.js';
import { CANARY, HOSTILE_FILES, HOSTILE_NAMES, hostileTree } from '../../support/hostileTree.js';
import type { JsonReport, LintTree } from '../../support/linting.js';

describe('runbook lint on a hostile pull request', function () {
  this.timeout(60_000);
  let around: LintTree;
  before(async () => (around = await hostileTree()));
  after(() => around.remove());

  it('finds something in each file, and does nothing else', async () => {
    const before = (await readdir(around.folder, { recursive: true })).sort();
    const { code, out, err } = await around.lintIn('tree', {}, '--format', 'json');
    assert.deepEqual([code, err], [ExitCode.failed, '']);
    const errors = (JSON.parse(out) as JsonReport).findings.filter(({ severity }) => severity === 'error').map(({ file }) => file);
    assert.deepEqual(
      HOSTILE_FILES.filter((file) => !errors.includes(file)),
      [],
    );
    assert.deepEqual((await readdir(around.folder, { recursive: true })).sort(), before);
    assert.ok(!existsSync('pwned'));
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });

  it('tells why a file was not read', async () => {
    const { out } = await around.lintIn('tree', {}, '--format', 'json');
    const said = (name: string): string | undefined =>
      (JSON.parse(out) as JsonReport).findings.find(({ file, rule }) => file === name && rule === 'unreadable-file')?.message;
    for (const name of ['out', 'passwd_link', 'zero']) assert.match(said(`${name}.runbook.yaml`) ?? '', /leads out of the tree/);
    assert.match(said('pipe.runbook.yaml') ?? '', /no regular file/);
    assert.match(said('loop.runbook.yaml') ?? '', /leads nowhere/);
  });

  for (const format of FORMATS)
    it(`writes ${format} without a control character, a canary or a line of its own making`, async () => {
      const { out } = await around.lintIn('tree', {}, '--format', format);
      assert.doesNotMatch(out, new RegExp(CANARY));
      assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
      assert.doesNotMatch(out, /^::(?!error |warning |notice |group::\d|endgroup::$)/m);
      assert.doesNotMatch(out, /^::error::/m);
      assert.doesNotMatch(out, /root:x:0:0/);
    });

  it('takes each name for a file when it is an operand', async () => {
    for (const name of HOSTILE_NAMES) {
      const { code, out } = await around.lintIn('tree/names', {}, '--format', 'json', '--', name);
      assert.equal(code, ExitCode.failed);
      assert.ok(
        (JSON.parse(out) as JsonReport).findings.some(({ file, rule }) => file === name && rule === 'undefined-role'),
        name,
      );
    }
  });

  it('does not read a configuration that is a link out of the tree', async () => {
    const { out } = await around.lintIn('tree/sub', {});
    assert.match(out, /^\.runbook-lint\.yaml:1:1: error unreadable-file: this leads out of the tree/);
    assert.doesNotMatch(out, /root/);
  });

  it('mends nothing that it should not touch', async () => {
    const { err } = await around.lintIn('tree', {}, '--fix', 'out.runbook.yaml', 'zero.runbook.yaml', 'pipe.runbook.yaml');
    assert.equal(err, 'Nothing to mend.\n');
  });
});
