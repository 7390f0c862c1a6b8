import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectWorkspace } from '../../src/cli/projectWorkspace.js';
import { createLanguageService } from '../../src/language/index.js';

const runbook = (use: string): string => `runbook: v1\nid: a\ntitle: A\nsteps:\n  - { id: a, title: A, use: ${JSON.stringify(use)} }\n`;
const PLAIN = 'runbook: v1\nid: b\ntitle: B\nsteps:\n  - { id: b, title: B, from: local, run: "true", timeout: 1m }\n';

describe('the files a runbook may use', () => {
  let around: string;
  const at = (...parts: readonly string[]): string => join(around, ...parts);
  before(() => {
    around = realpathSync(mkdtempSync(join(tmpdir(), 'runbook-project-')));
    for (const folder of ['repo/.git', 'repo/night', 'repo/shared', 'plain/night', 'outside']) mkdirSync(at(folder), { recursive: true });
    for (const file of ['repo/shared/b.runbook.yaml', 'plain/b.runbook.yaml', 'plain/night/b.runbook.yaml', 'outside/b.runbook.yaml'])
      writeFileSync(at(file), PLAIN);
    symlinkSync('../../outside', at('repo/night/out'));
    symlinkSync('../../outside/b.runbook.yaml', at('repo/night/link.runbook.yaml'));
    symlinkSync('../shared/b.runbook.yaml', at('repo/night/within.runbook.yaml'));
  });
  after(() => rmSync(around, { recursive: true, force: true, maxRetries: 10 }));

  async function isSound(folder: string, use: string, cwd: string): Promise<boolean> {
    const file = at(folder, 'a.runbook.yaml');
    writeFileSync(file, runbook(use));
    const project = await createLanguageService({ workspace: await projectWorkspace(file, cwd) }).loadProject(file);
    return project?.sound === true;
  }

  it('lie in its repository, wherever the command is given', async () => {
    for (const use of ['../shared/b.runbook.yaml', './within.runbook.yaml', '../night/../shared/b.runbook.yaml'])
      assert.equal(await isSound('repo/night', use, '/'), true, use);
  });

  it('lie without a repository where the command is given, or beside it', async () => {
    assert.equal(await isSound('plain/night', '../b.runbook.yaml', at('plain')), true);
    assert.equal(await isSound('plain/night', '../b.runbook.yaml', at('outside')), false);
    assert.equal(await isSound('plain/night', './b.runbook.yaml', at('outside')), true);
  });

  it('are no others, however they are spelled', async () => {
    const names = [
      '../../outside/b.runbook.yaml',
      './out/b.runbook.yaml',
      './link.runbook.yaml',
      at('outside/b.runbook.yaml'),
      `file://${at('outside/b.runbook.yaml')}`,
      '..\\\\..\\\\outside\\\\b.runbook.yaml',
      '//host/share/b.runbook.yaml',
      'C:b.runbook.yaml',
      '%2e%2e/%2e%2e/outside/b.runbook.yaml',
      '../night/../../outside/b.runbook.yaml',
      'con.runbook.yaml',
      '../../../../../../../../etc/b.runbook.yaml',
    ];
    for (const use of names) assert.equal(await isSound('repo/night', use, at('repo')), false, use);
  });

  it('end where they lead in a circle, or there are too many', async () => {
    assert.equal(await isSound('repo/night', './a.runbook.yaml', at('repo')), false);
    for (let index = 0; index < 300; index += 1)
      writeFileSync(at(`repo/night/n${String(index)}.runbook.yaml`), runbook(`./n${String(index + 1)}.runbook.yaml`));
    assert.equal(await isSound('repo/night', './n0.runbook.yaml', at('repo')), false);
  });
});
