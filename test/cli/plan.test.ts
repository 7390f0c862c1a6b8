import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { main } from '../../src/cli/main.js';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const VAULT = [
  join(EXAMPLES, 'secret-server/secret_server.runbook.yaml'),
  '--inventory',
  join(EXAMPLES, 'secret-server/staging.inventory.yaml'),
];
const KNOWN = ['is_primary@web_1=true', 'is_primary@web_2=false', 'installed@web_1=9.1.000000', 'installed@web_2=9.1.000000'];

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function runbook(words: readonly string[], look: { columns?: number; color?: boolean; cwd?: string } = {}): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await main(words, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    interactive: false,
    columns: () => look.columns,
    color: look.color ?? false,
    cwd: look.cwd ?? process.cwd(),
    env: {},
  });
  return { code, ...said };
}

function facts(...more: readonly string[]): readonly string[] {
  return [...KNOWN, ...more].flatMap((fact) => ['--fact', fact]);
}

describe('runbook plan', function () {
  this.timeout(30_000);
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plan-'));
  });
  after(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

  it('shows hops, the dispatched one with its generic steps, advisories with their reasons and the questions', async () => {
    const { code, out } = await runbook(['plan', ...VAULT, ...facts('rabbitmq=true'), '--at', '2026-11-23T12:00Z']);
    assert.equal(code, ExitCode.ok);
    assert.match(out, /path +9\.1\.000000 → 9\.1\.000001 → 10\.9\.000032, 2 hops/);
    assert.match(out, /Hop 2 of 2: From 9\.1\.000001 to 10\.9\.000032\n +to_10_9\.runbook\.yaml is followed here/);
    assert.match(out, /Without to_10_9\.runbook\.yaml, \d+ generic steps would be done: /);
    assert.match(out, /hop 2: applies, because 10\.6\.000000 lies between 9\.1\.000001 and 10\.9\.000032 and RabbitMQ is used/);
    assert.match(out, /no way back +from step \d+, /);
    assert.match(out, /begin by\s+Tue 24 Nov 2026, 03:30 at the latest/);
    assert.match(out, /Open questions\n.*privilege_manager +Is Privilege Manager installed\? The hosts are asked, for an advisory\./s);
  });

  it('keeps within the width of the terminal', async () => {
    for (const columns of [60, 80, 110]) {
      const { out } = await runbook(['plan', ...VAULT, ...facts()], { columns });
      const long = out.split('\n').filter((line) => line.length > columns && !/https:|Digest/.test(line));
      assert.deepEqual(long, [], `${String(columns)} columns`);
    }
  });

  it('colours nothing but what means something, and only where colours are wanted', async () => {
    const { out } = await runbook(['plan', ...VAULT, ...facts()], { color: true });
    assert.match(out, /\u001b\[33m +! cannot be taken back: /);
    assert.equal((await runbook(['plan', ...VAULT, ...facts()])).out.includes('\u001b'), false);
  });

  it('prints the documented shape as JSON', async () => {
    const { code, out } = await runbook(['plan', ...VAULT, ...facts(), '--json', '--at', '2026-11-23T12:00Z']);
    assert.equal(code, ExitCode.ok);
    const report = JSON.parse(out) as Record<string, unknown> & { format: number; hops: object[]; undo: object[]; window: { at: string } };
    assert.deepEqual([report.format, report.hops.length, report.window.at], [1, 2, '2026-11-23T12:00:00.000Z']);
    assert.ok(report.undo.length > 3);
    const page = await readFile(join(import.meta.dirname, '../../docs/plan-json.md'), 'utf8');
    const undocumented = [...keysOf({ ...report, plan: {} })].filter((key) => !page.includes(`\`${key}\``));
    assert.deepEqual(undocumented, []);
  });

  it('says as JSON, too, why there is no plan', async () => {
    const { code, out } = await runbook([
      'plan',
      ...VAULT,
      '--fact',
      'installed@web_1=7.0.000000',
      '--fact',
      'installed@web_2=7.0.000000',
      '--json',
    ]);
    assert.equal(code, ExitCode.usage);
    const { problems } = JSON.parse(out) as { problems: { code: string; message: string; line: number }[] };
    const [problem] = problems.filter(({ code: found }) => found === 'unsupported-version');
    assert.match(problem?.message ?? '', /ask Technical support/);
    assert.ok((problem?.line ?? 0) > 1);
  });

  it('takes no time without an offset, and names what it takes', async () => {
    const { code, err } = await runbook(['plan', ...VAULT, '--at', '2026-11-28 22:00']);
    assert.equal(code, ExitCode.usage);
    assert.match(err, /--at takes a time with its offset such as 2026-11-28T22:00\+01:00/);
    assert.equal((await runbook(['plan', ...VAULT, '--at', '2026-02-30T22:00Z'])).code, ExitCode.usage);
  });

  it('lets no control character of a runbook reach the terminal', async () => {
    await writeFile(
      join(directory, 'a.runbook.yaml'),
      'runbook: v1\nid: a\ntitle: "Clear \\e[2J"\nroles: { app: { hosts: 1 } }\nsteps: [{ id: x, title: "Do\\a it", on: app, run: "true" }]\n',
    );
    await writeFile(join(directory, 'x.inventory.yaml'), 'inventory: v1\nenvironment: here\nhosts: { app1: {} }\nroles: { app: [app1] }\n');
    const { out, err, code } = await runbook(['plan', 'a.runbook.yaml', '--inventory', 'x.inventory.yaml'], { cwd: directory });
    assert.equal(/[\u0000-\u0009\u000b-\u001f]/.test(out + err), false);
    assert.equal(code, ExitCode.usage);
    assert.match(err, /a\.runbook\.yaml:3:15: error control-character: \\e is a control character/);
  });

  it('prints the matrix of all variants, without any inventory', async () => {
    const rotation = join(EXAMPLES, 'certificate-rotation/rotation.runbook.yaml');
    const { code, out } = await runbook(['plan', rotation, '--variants'], { columns: 100 });
    assert.equal(code, ExitCode.ok);
    assert.match(out, /^variant +hops +steps +gates +estimate +order$/m);
    const json = JSON.parse((await runbook(['plan', rotation, '--variants', '--json'])).out) as {
      variants: { steps: number; order: string }[];
    };
    assert.ok(json.variants.length > 1);
    assert.ok(json.variants.every(({ steps }) => steps > 0));
    assert.equal((await runbook(['plan', rotation, '--variants', '--inventory', 'x'])).code, ExitCode.usage);
  });
});

describe('runbook plan --variants', function () {
  this.timeout(30_000);

  it('finds an order that is broken in a variant, and names it and the step', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'plan-'));
    const runbookText = `runbook: v1
id: t
title: T
roles: { server: { hosts: 1 } }
facts: { ok: { on: server, type: boolean, ask: OK? } }
order: [{ first: { backup: server }, then: { upgrade: server }, because: Data is lost. }]
steps:
  - { id: b, title: B, on: server, when: host.ok, run: ./b.sh, effects: [backup], verify: { file: { path: /x } }, timeout: 1m }
  - { id: u, title: U, on: server, run: ./b.sh, effects: [upgrade], irreversible: X., verify: { file: { path: /x } }, timeout: 1m }
`;
    try {
      await writeFile(join(directory, 'v.runbook.yaml'), runbookText);
      const { code, out } = await runbook(['plan', 'v.runbook.yaml', '--variants'], { cwd: directory, columns: 300 });
      assert.equal(code, ExitCode.failed);
      assert.match(
        out,
        /server 1 · linux +– +2 +0 +– +broken\n +– step "u" breaks the order "backup of server before upgrade of server".*Data is lost\./,
      );
      assert.match(out, /1 variant, 1 breaks an order\./);
      await writeFile(join(directory, 'v.runbook.yaml'), runbookText.replace('when: host.ok, ', ''));
      assert.equal((await runbook(['plan', 'v.runbook.yaml', '--variants'], { cwd: directory })).code, ExitCode.ok);
    } finally {
      await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    }
  });
});

/** Every key in a value, but those that the author of the runbook has named. */
function* keysOf(value: unknown, around = ''): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* keysOf(item, around);
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) {
      if (around !== 'roles') yield key;
      yield* keysOf(member, key);
    }
}
