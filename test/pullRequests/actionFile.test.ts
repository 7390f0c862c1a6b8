import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readInputs } from '../../action/inputs.mjs';
import { isUri, isUsableRegex } from './formats.js';
import { execute, plainEnvironment, root, succeed, temporaryFolder } from './processes.js';
import { actionFile } from './runner.js';

const environmentName = (input: string): string => `INPUT_${input.toUpperCase().replaceAll('-', '_')}`;

describe('action.yml', () => {
  const action = actionFile();
  const [step] = action.runs.steps;

  it('has the shape that GitHub asks for', () => {
    const schema = JSON.parse(readFileSync(join(root, 'test/pullRequests/fixtures/schemastore/github-action.json'), 'utf8'));
    const ajv = new Ajv({ strict: false });
    ajv.addFormat('uri', isUri);
    ajv.addFormat('regex', isUsableRegex);
    const validate = ajv.compile(schema);
    assert.ok(validate(parse(readFileSync(join(root, 'action.yml'), 'utf8'))), JSON.stringify(validate.errors));
    const broken = { ...(parse(readFileSync(join(root, 'action.yml'), 'utf8')) as object), runs: { using: 'composite' } };
    assert.equal(validate(broken), false, 'the schema can say no');
  });

  it('hands every input over by environment, and the script reads each of them', () => {
    const handed = Object.fromEntries(Object.keys(action.inputs).map((name) => [environmentName(name), `\${{ inputs.${name} }}`]));
    assert.deepEqual(step?.env, handed);
    const asked = new Set<string>();
    const env = new Proxy({}, { get: (_, name) => (asked.add(String(name)), undefined) });
    readInputs(env);
    assert.deepEqual([...asked].sort(), Object.keys(handed).sort());
  });

  it('puts no expression into the text of a program', () => {
    for (const { run } of action.runs.steps) assert.doesNotMatch(run, /\$\{\{/);
  });

  it('uses the actions of nobody else', () => {
    assert.ok(action.runs.steps.every((one) => !('uses' in one)));
  });

  it('tells of each input what it is, and of every output where it comes from', () => {
    for (const [name, { description, default: value }] of Object.entries(action.inputs)) {
      assert.ok(description.length > 20 && typeof value === 'string', name);
    }
    const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, value]);
    assert.deepEqual(
      outputs,
      ['findings', 'dangerous', 'sarif-file'].map((name) => [name, `\${{ steps.review.outputs.${name} }}`]),
    );
    const page = readFileSync(join(root, 'docs/pull-requests.md'), 'utf8');
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      assert.match(page, new RegExp(`^\\| \`${name}\` \\|`, 'm'));
  });

  it('needs nothing but Node: its scripts import only each other', () => {
    for (const file of readdirSync(join(root, 'action')).filter((name) => name.endsWith('.mjs'))) {
      const text = readFileSync(join(root, 'action', file), 'utf8');
      for (const [, from] of text.matchAll(/^(?:import|export) .* from '([^']+)';$/gm)) assert.match(String(from), /^(node:|\.\/)/, file);
    }
  });
});

describe('the inputs of the action', () => {
  it('have the defaults that action.yml says', () => {
    const env = Object.fromEntries(Object.entries(actionFile().inputs).map(([name, { default: value }]) => [environmentName(name), value]));
    assert.deepEqual(readInputs(env), readInputs({}));
  });

  it('are refused with a next step when they make no sense', () => {
    assert.throws(() => readInputs({ INPUT_FORMAT: 'xml' }), /The input "format" takes github, pretty\./);
    assert.throws(() => readInputs({ INPUT_TRUST_CONFIG: 'nobody' }), /"trust-config" takes base, head/);
    for (const version of ['file:../evil', '1.0 || rm', 'git+https://example.com/x', '--registry=x y', '>1']) {
      assert.throws(() => readInputs({ INPUT_VERSION: version }), /"version"/, version);
    }
  });

  it('take one file a line, and names with blanks', () => {
    assert.deepEqual(readInputs({ INPUT_FILES: 'ops/**\n\n  my runbooks \n' }).files, ['ops/**', 'my runbooks']);
  });
});

describe('the start of the action', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  const start = ['--noprofile', '--norc', '-e', '-o', 'pipefail', join(root, 'action/run.sh')];

  async function withNode(script: string | undefined): Promise<{ code: number; out: string }> {
    const bin = join(folder(), `bin-${String(Math.random()).slice(2)}`);
    await mkdir(bin);
    const bash = (await succeed('which', ['bash'], { cwd: root })).trim();
    if (script !== undefined) {
      await writeFile(join(bin, 'node'), `#!${bash}\n${script}\n`);
      await chmod(join(bin, 'node'), 0o755);
    }
    await symlink(bash, join(bin, 'bash'));
    return execute(bash, start, { cwd: folder(), env: plainEnvironment({ PATH: bin, GITHUB_ACTION_PATH: root }) });
  }

  it('says what to do where there is no Node', async () => {
    const { code, out } = await withNode(undefined);
    assert.equal(code, 1);
    assert.match(out, /^::error title=runbook review::There is no Node on this runner\. Add a step with actions\/setup-node/);
  });

  it('says what to do where Node is too old', async () => {
    const { code, out } = await withNode('if [ "$1" = --version ]; then echo v18.20.0; exit 0; fi; exit 1');
    assert.equal(code, 1);
    assert.match(out, /^::error title=runbook review::Node v18\.20\.0 is too old: 20\.19 or later is needed\./);
  });
});
