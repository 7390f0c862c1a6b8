import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEvidence, readEvidence } from '../../src/cli/givenEvidence.js';
import { HumanError } from '../../src/engine/index.js';

function refusal(text: string): string {
  try {
    parseEvidence(text, 'e.yaml');
  } catch (error) {
    assert.ok(error instanceof HumanError, String(error));
    assert.match(error.next, /under "steps" for each step its fields/);
    return error.message;
  }
  return assert.fail('nothing was refused');
}

describe('a file of evidence', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'evidence-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('names steps by path, by id or for one host, and holds plain values', () => {
    const text = 'by: Jo Doe\nsteps:\n  group@one/look@one: { attest_1: true, count: 3 }\n  look: { place: /var/x }\n';
    assert.deepEqual(parseEvidence(text, '/x/e.yaml'), {
      by: 'Jo Doe',
      steps: { 'group@one/look@one': { attest_1: true, count: 3 }, look: { place: '/var/x' } },
      directory: '/x',
    });
  });

  for (const [text, message] of [
    ['- a', /^e\.yaml:1:1: .*mapping/],
    ['', /^e\.yaml:1:1: /],
    ['steps: {a: {b: [1]}}', /^e\.yaml:1:16: /],
    ['steps: {a: {b: }}', /nothing stands under "b"/],
    ['stesp: {}', /did you mean "steps"/],
    ['steps: {a: *b}', /^e\.yaml:1:12: /],
    ['by: [x]\nsteps: {}', /^e\.yaml:1:5: /],
  ] as const) {
    it(`is refused with the place of what is wrong: ${JSON.stringify(text)}`, () => {
      assert.match(refusal(text), message);
    });
  }

  it('is held to the limits of a runbook, so that nobody runs out of stack or of time', () => {
    assert.match(refusal(`steps: ${'['.repeat(200_000)}`), /deeper|nested/);
    assert.match(refusal(`steps:\n  a:\n${Array.from({ length: 6000 }, (_, n) => `    k${String(n)}: 1\n`).join('')}`), /keys/);
    assert.match(refusal(`? ${'? '.repeat(1000)}a`), /"\?"/);
    assert.match(refusal('steps: { a: { b: !!js/function x } }'), /tag/);
  });

  it('is not read past its limit, even where it has no end', async () => {
    const large = join(directory, 'large.yaml');
    writeFileSync(large, Buffer.alloc(1024 * 1024 + 1, '#'));
    for (const file of process.platform === 'linux' ? [large, '/dev/zero'] : [large])
      await assert.rejects(readEvidence(file), (error) => error instanceof HumanError && / is larger than 1 MiB/.test(error.message));
    writeFileSync(large, `${'#'.repeat(1024 * 1024 - 10)}\nsteps: {}`);
    assert.deepEqual((await readEvidence(large)).steps, {});
    await assert.rejects(readEvidence(join(directory, 'none')), /none cannot be read: ENOENT/);
  });

  it('may be a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    execFileSync('sh', ['-c', `printf 'steps: { a: { b: yes it is } }' > "$0" &`, pipe], { stdio: 'ignore' });
    assert.deepEqual((await readEvidence(pipe)).steps, { a: { b: 'yes it is' } });
  });
});
