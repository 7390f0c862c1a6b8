import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { main } from '../../src/cli/main.js';

const HEAD = 'runbook: v1\nroles: { app: { hosts: 1 } }\n';
const PART = `${HEAD}id: part
title: Part
steps:
  - { id: install, title: Install, on: app, manual: Install it., effects: [upgrade], verify: { host: reachable }, timeout: 5m, irreversible: It stays. }
`;
const WHOLE = `${HEAD}id: whole
title: Whole
order: [ { first: { backup: app }, then: { upgrade: app }, because: A failed upgrade needs it. } ]
steps:
  - { id: all, title: All of it, use: ./part.runbook.yaml }
`;

describe('runbook lint', function () {
  this.timeout(30_000);
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lint-'));
    await cp('test/fixtures/proof/search_nodes.runbook.yaml', join(directory, 'search_nodes.runbook.yaml'));
    await writeFile(join(directory, 'whole.runbook.yaml'), WHOLE);
    await writeFile(join(directory, 'part.runbook.yaml'), PART);
  });
  after(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

  async function lint(...files: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
    let out = '';
    const io = { interactive: false, columns: () => undefined, color: false, cwd: directory, env: {}, err: () => undefined };
    const code = await main(['lint', ...files], { ...io, out: (text) => (out += text) });
    return { code, out };
  }

  it('shows an order that only the plans break', async () => {
    const { code, out } = await lint('search_nodes.runbook.yaml');
    assert.equal(code, ExitCode.failed);
    assert.match(
      out,
      /^search_nodes\.runbook\.yaml:\d+:\d+: error order-broken: step "whole_pair\/reboot", reached by use "#upload\.\.start_other"/m,
    );
  });

  it('shows it in the file that is used, once, whether or not that file was named', async () => {
    for (const files of [['whole.runbook.yaml'], ['whole.runbook.yaml', 'part.runbook.yaml']]) {
      const { out } = await lint(...files);
      assert.equal([...out.matchAll(/^part\.runbook\.yaml:\d+:\d+: error order-broken/gm)].length, 1, out);
    }
    assert.doesNotMatch((await lint('part.runbook.yaml')).out, /order-broken/);
  });
});
