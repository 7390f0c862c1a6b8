import assert from 'node:assert/strict';
import { createLanguageService } from '../../src/language/index.js';
import { serviceOver } from '../support/language/service.js';

const head = 'runbook: v1\nid: sample\ntitle: Sample\n';
const main = '/books/main.runbook.yaml';
const part = '/books/parts/part.runbook.yaml';

describe('the language service', () => {
  it('reads a runbook with every file it uses', async () => {
    const project = await serviceOver({
      [main]: `${head}steps:\n  - use: parts/part.runbook.yaml\n`,
      [part]: `${head}steps:\n  - use: ../third.runbook.yaml#act\n`,
      '/books/third.runbook.yaml': `${head}steps:\n  - { id: act, run: date }\n`,
    }).loadProject(main);
    assert.deepEqual([...(project?.files.keys() ?? [])], [main, part, '/books/third.runbook.yaml']);
    assert.equal(project?.sound, true);
  });

  it('calls a project unsound for an error in any of its files', async () => {
    const project = await serviceOver({
      [main]: `${head}steps:\n  - use: parts/part.runbook.yaml\n`,
      [part]: `${head}steps:\n  - { on: nobody, run: date }\n`,
    }).loadProject(main);
    assert.equal(project?.sound, false);
    assert.deepEqual(project.diagnostics.get(main), []);
    assert.deepEqual(
      project.diagnostics.get(part)?.map(({ code }) => code),
      ['undefined-role'],
    );
  });

  it('finds a circle across files, and inputs and roles that the other file does not have', async () => {
    const files = {
      [main]: `${head}roles: { web: { hosts: 1 } }\nsteps:\n  - { use: parts/part.runbook.yaml, with: { nmae: x }, roles: { wbe: web } }\n`,
      [part]: `${head}inputs: { name: { type: string } }\nroles: { web: { hosts: 1 } }\nsteps:\n  - use: ../main.runbook.yaml\n`,
    };
    const project = await serviceOver(files).loadProject(main);
    const codes = (project?.diagnostics.get(main) ?? []).map(({ code, message }) => `${code} ${message}`);
    assert.ok(
      codes.some((code) => /^use-cycle .*part\.runbook\.yaml → \.\.\/main\.runbook\.yaml → parts\/part/.test(code)),
      codes.join('\n'),
    );
    assert.ok(codes.some((code) => /^undefined-input .*no input "nmae"; did you mean "name"\?/.test(code)));
    assert.ok(codes.some((code) => /^undefined-input .*needs "name"; give it under "with"/.test(code)));
    assert.ok(codes.some((code) => /^undefined-role .*no role "wbe"; did you mean "web"\?/.test(code)));
  });

  it('looks for what comes next without making it part of the project', async () => {
    const files = {
      [main]: `${head}steps: [ { run: date } ]\nnext:\n  - use: parts/part.runbook.yaml\n  - use: missing.runbook.yaml\n`,
      [part]: 'broken: [',
    };
    const project = await serviceOver(files).loadProject(main);
    assert.deepEqual([...(project?.files.keys() ?? [])], [main]);
    assert.deepEqual(
      project?.diagnostics.get(main)?.map(({ code, message }) => `${code} ${message}`),
      ['unreadable-use the file "missing.runbook.yaml" cannot be read; check its name, which is relative to this file'],
    );
  });

  it('asks the workspace for nothing but what is named by a relative path', async () => {
    const asked: string[] = [];
    const texts: Record<string, string> = {
      [main]: `${head}steps:\n  - use: /etc/a.runbook.yaml\n  - use: "https://example.com/b.runbook.yaml"\n  - use: near.runbook.yaml\n`,
    };
    await createLanguageService({ workspace: { readText: async (file) => (asked.push(file), texts[file]) } }).diagnose(main);
    assert.deepEqual(asked, [main, '/books/near.runbook.yaml']);
  });

  it('tells inventories by their names', async () => {
    const service = serviceOver({ '/a.inventory.yaml': 'inventory: v1\nenvironment: x\nhosts: {}\nroles: { web: [a] }\n' });
    assert.deepEqual(
      (await service.diagnose('/a.inventory.yaml')).map(({ code }) => code),
      ['undefined-host'],
    );
    assert.equal(await service.loadProject('/none.runbook.yaml'), undefined);
    assert.deepEqual(await service.diagnose('/none.runbook.yaml'), []);
    assert.deepEqual(await service.diagnose('/none.inventory.yaml'), []);
  });

  it('reads a text once', () => {
    const service = serviceOver({});
    const text = `${head}steps: [ { run: date } ]\n`;
    assert.equal(service.parseRunbook(main, text), service.parseRunbook(main, text));
    assert.notEqual(service.parseRunbook(main, text), service.parseRunbook(main, `${text}\n`));
  });
});
