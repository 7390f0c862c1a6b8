import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { builtCommand, execute, plainEnvironment, root, succeed, temporaryFolder } from './processes.js';
import { cleanRunbook, Repository } from './repository.js';
import { actionFile } from './runner.js';

const page = readFileSync(join(root, 'docs/pull-requests.md'), 'utf8');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

/** What stands between fences, with the language they name. */
const snippets = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));

function yamlOf(text: string): unknown {
  const document = parseDocument(text);
  assert.deepEqual([...document.errors, ...document.warnings], [], text);
  return document.toJS();
}

const documents = snippets.filter(({ language }) => language === 'yaml').map(({ text }) => yamlOf(text));
const groovy = snippets.find(({ language }) => language === 'groovy')?.text ?? '';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Every step of a workflow on the page. */
const steps = documents.flatMap((document) =>
  Array.isArray(document) ? (document as Step[]) : Object.values(jobsOf(document)).flatMap((job) => job.steps ?? []),
);

function jobsOf(document: unknown): Readonly<Record<string, { readonly steps?: readonly Step[] }>> {
  return (document as { readonly jobs?: Record<string, { readonly steps?: readonly Step[] }> } | null)?.jobs ?? {};
}

interface GitlabJob {
  readonly script?: readonly string[];
  readonly artifacts?: { readonly paths?: readonly string[]; readonly reports?: Readonly<Record<string, string>> };
}

/** Jobs of the GitLab snippet by name. */
const gitlabJobs = Object.entries(documents.find((document) => '.runbooks' in Object(document)) as Record<string, GitlabJob>).filter(
  ([, { script }]) => script !== undefined,
);

describe('the recipes for pull requests', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let bin = '';

  before(async () => {
    bin = join(folder(), 'bin');
    await mkdir(bin);
    const npx = `[ "$1" = --yes ] && [ "$2" = runbook-studio-cli@${version} ] || { echo "npx $*"; exit 90; }\nshift 2\nexec '${process.execPath}' '${builtCommand()}' "$@"`;
    const gh = '[ "$1 $2 $3 $4" = "pr comment 7 --body-file" ] && [ -s "$5" ] && [ "$6 $7" = "--edit-last --create-if-none" ]';
    for (const [name, script] of Object.entries({ npx, gh })) {
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, name), 0o755);
    }
  });

  /** A checkout of a branch with a sound new runbook, beside the repository it comes from. */
  async function checkout(): Promise<{ readonly work: Repository; readonly env: Record<string, string> }> {
    const place = await mkdtemp(join(folder(), 'checkout-'));
    const origin = await Repository.create(join(place, 'origin'));
    await origin.write({ 'ops/a.runbook.yaml': cleanRunbook() });
    const base = await origin.commit();
    await succeed('git', ['clone', '--quiet', origin.folder, join(place, 'work')], { cwd: place });
    const work = await Repository.create(join(place, 'work'));
    await work.git('checkout', '--quiet', '-b', 'change');
    await work.write({ 'ops/b.runbook.yaml': cleanRunbook('See') });
    await work.commit();
    const env = {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      NUMBER: '7',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CHANGE_TARGET: 'main',
    };
    return { work, env: plainEnvironment(env) };
  }

  /** Runs the lines of a snippet as its build server does, and looks for the files it promises. */
  async function carryOut(script: string, shell: readonly string[], promised: readonly string[] = []): Promise<void> {
    const { work, env } = await checkout();
    if (script.includes('action/problem-matcher.json')) await work.write({ 'action/problem-matcher.json': '{}' });
    const [program = '', ...options] = shell;
    const { code, out, err } = await execute(program, [...options, script], { cwd: work.folder, env });
    assert.equal(code, 0, `${script}\n${out}${err}`);
    for (const file of promised) assert.ok(existsSync(join(work.folder, file)), `${file} is written`);
  }

  it('name the version that this is', () => {
    const named = [...page.matchAll(/runbook-studio-cli[@-](\d[\w.]*\d)|(?:@|rev: )v(\d[\w.]*\d)/g)].map(([, npm, tag]) => npm ?? tag);
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((one) => one !== version),
      [],
    );
  });

  it('are YAML, and give the action and its outputs the names they have', () => {
    assert.ok(steps.length > 5);
    const own = steps.filter(({ uses }) => uses?.includes('/runbook-studio@') === true);
    assert.equal(own.length, 1);
    for (const { with: given = {} } of own) for (const input of Object.keys(given)) assert.ok(input in actionFile().inputs, input);
    for (const [, output] of page.matchAll(/steps\.runbooks\.outputs\.([\w-]+)/g))
      assert.ok(String(output) in actionFile().outputs, output);
  });

  it('put nothing of a pull request into the text of a program', () => {
    for (const { run } of steps) assert.doesNotMatch(run ?? '', /\$\{\{/);
    assert.doesNotMatch(groovy, /\bsh "/);
  });

  for (const { run } of steps.filter(({ run }) => run !== undefined)) {
    it(`run on GitHub: ${String(run).trim().split('\n')[0] ?? ''}`, () =>
      carryOut(String(run), ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', '-c']));
  }

  for (const [name, { script = [], artifacts }] of gitlabJobs) {
    it(`run on GitLab: ${name}`, () =>
      carryOut(
        script.join('\n'),
        ['bash', '-e', '-o', 'pipefail', '-c'],
        [...(artifacts?.paths ?? []), ...Object.values(artifacts?.reports ?? {})],
      ));
  }

  it('run on Jenkins, and write what is collected afterwards', async () => {
    const scripts = [...groovy.matchAll(/sh '''([\s\S]*?)'''|sh '([^'\n]+)'/g)].map(([, long, short]) => long ?? short ?? '');
    assert.equal(scripts.length, 2);
    const collected = [...groovy.matchAll(/(?:testResults|pattern|artifacts): '([^']+)'/g)].map(([, file]) => String(file));
    assert.deepEqual(collected, ['runbooks.xml', 'runbooks.sarif', 'meaning.md']);
    await carryOut(scripts.join('\n'), ['sh', '-xec'], collected);
    const brackets = groovy.replaceAll(/'''[\s\S]*?'''|'[^']*'/g, '');
    for (const [open, close] of ['{}', '()', '[]']) assert.equal(brackets.split(String(open)).length, brackets.split(String(close)).length);
  });

  it('run anywhere', async () => {
    const plain = snippets.filter(({ language }) => language === 'sh');
    assert.equal(plain.length, 1);
    for (const { text } of plain) await carryOut(text, ['sh', '-ec']);
  });

  it('configure pre-commit as it wants to be', async () => {
    const configurations = snippets.filter(({ language, text }) => language === 'yaml' && text.startsWith('repos:'));
    assert.equal(configurations.length, 2);
    for (const [index, { text }] of configurations.entries()) {
      const file = join(folder(), `config-${String(index)}.yaml`);
      await writeFile(file, text);
      await succeed('pre-commit', ['validate-config', file], { cwd: root });
    }
    const ours = yamlOf(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as readonly {
      readonly id: string;
      readonly files: string;
    }[];
    const local = yamlOf(configurations[1]?.text ?? '') as { readonly repos: readonly { readonly hooks: readonly object[] }[] };
    assert.equal((local.repos[0]?.hooks[0] as { readonly files: string }).files, ours[0]?.files);
  });
});
