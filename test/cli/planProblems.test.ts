import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { main } from '../../src/cli/main.js';

const EXAMPLES = join(import.meta.dirname, '../../examples/secret-server');

describe('why there is no plan', () => {
  it('is said at its place, as lint says it, and counted', async () => {
    let err = '';
    const inventory = join(EXAMPLES, 'staging.inventory.yaml');
    const facts = ['web_1', 'web_2'].flatMap((host) => ['--fact', `installed@${host}=7.0.000000`]);
    const code = await main(['plan', join(EXAMPLES, 'secret_server.runbook.yaml'), '--inventory', inventory, ...facts], {
      out: () => assert.fail('nothing is printed'),
      err: (text) => (err += text),
      interactive: false,
      columns: () => undefined,
      color: false,
      cwd: EXAMPLES,
      env: {},
    });
    assert.equal(code, ExitCode.usage);
    const lines = err.trimEnd().split('\n');
    const problems = lines.slice(0, -1);
    assert.ok(problems.length > 0);
    for (const line of problems) assert.match(line, /^[\w./-]+\.runbook\.yaml:\d+:\d+: error [a-z-]+: /);
    assert.ok(problems.some((line) => line.startsWith('secret_server.runbook.yaml:')));
    assert.match(lines.at(-1) ?? '', new RegExp(`^${problems.length} findings? in \\d+ files?\\.$`));
  });
});
