import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../../../src/cli/exitCodes.js';
import { FORMATS } from '../../../../src/cli/lint/formats/index.js';
import { main } from '../../../../src/cli/main.js';
import { readSarif } from './readers/sarif.js';
import { schemaOf } from './readers/schemas.js';
import { readLog } from './readers/workflowCommands.js';
import { readXml, schemaErrors } from './readers/xml.js';

/** Names that other programs read as something else. */
const NAMES = [
  'plain.runbook.yaml',
  '::error::a.runbook.yaml',
  'a\nb %0A ##[error]c.runbook.yaml',
  'sub|dir/`a` <b>.runbook.yaml',
  '[x](y).runbook.yaml',
];

const TEXT = [
  'runbook: v1',
  'id: a',
  'title: A',
  'roles: { web: { hosts: 1 } }',
  'steps:',
  '  - on: "we\\u202e##[error]b"',
  '    run: date',
  '',
].join('\n');

describe('runbook lint, in every format at once', function () {
  this.timeout(60_000);
  let folder: string;
  const out: Record<string, string> = {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formats-'));
    for (const name of NAMES) {
      await mkdir(join(folder, 'tree', name, '..'), { recursive: true });
      await writeFile(join(folder, 'tree', name), TEXT);
    }
    const files = FORMATS.flatMap((format) => ['--format', format, '-o', join(folder, format)]);
    const code = await main(['lint', ...files], {
      out: () => assert.fail('every format goes to a file'),
      err: (text) => assert.fail(text),
      interactive: false,
      columns: () => undefined,
      color: false,
      cwd: join(folder, 'tree'),
      env: {},
    });
    assert.equal(code, ExitCode.failed);
    for (const format of FORMATS) out[format] = await readFile(join(folder, format), 'utf8');
  });

  after(() => rm(folder, { recursive: true }));

  it('is valid by the schemas of those who read it', () => {
    const [sarif, gitlab] = [schemaOf('sarif-schema-2.1.0.json'), schemaOf('gitlab-codequality.json')];
    assert.ok(sarif(readSarif(out['sarif'] ?? '')), JSON.stringify(sarif.errors?.slice(0, 3)));
    for (const entry of JSON.parse(out['gitlab'] ?? '') as unknown[]) assert.ok(gitlab(entry), JSON.stringify(gitlab.errors));
    assert.equal(schemaErrors(out['junit'] ?? '', 'junit-10.xsd'), '');
  });

  it('says the same in each', () => {
    const json = JSON.parse(out['json'] ?? '') as { findings: { file: string; rule: string; fingerprint: string }[] };
    const count = json.findings.length;
    assert.deepEqual([...new Set(json.findings.map(({ file }) => file))].sort(), [...NAMES].sort());
    assert.equal(new Set(json.findings.map(({ fingerprint }) => fingerprint)).size, count);
    assert.equal(readSarif(out['sarif'] ?? '').runs[0]?.results.length, count);
    assert.equal((JSON.parse(out['gitlab'] ?? '') as unknown[]).length, count);
    const suites = readXml(out['junit'] ?? '').children;
    assert.equal(suites.flatMap(({ children }) => children).length, count);
    assert.equal(out['pretty']?.trimEnd().split('\n').length, count + 1);
    assert.equal(out['markdown']?.match(/^- /gm)?.length, count);
  });

  it('has a rule with a text for each finding', () => {
    const run = readSarif(out['sarif'] ?? '').runs[0];
    const rules = run?.tool.driver.rules ?? [];
    assert.ok(rules.length > 50);
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      assert.equal(rules[ruleIndex]?.id, ruleId);
      assert.ok((rules[ruleIndex]?.fullDescription?.text ?? '').length > 20);
    }
  });

  it('steers no build server', () => {
    for (const format of FORMATS) {
      const { commands } = readLog(out[format] ?? '');
      assert.deepEqual(
        commands.filter(({ name }) => format !== 'github' || !['error', 'warning', 'notice'].includes(name)),
        [],
        format,
      );
      assert.doesNotMatch(out[format] ?? '', /\u202e/, format);
    }
  });
});
