import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HOST_LOCK_SCRIPT } from '../../../src/engine/runner/hostLockScript.js';

const run = promisify(execFile);
const SHELLS = [['dash'], ['bash'], ['busybox', 'ash']].filter(([program]) => {
  try {
    execFileSync('sh', ['-c', `command -v ${String(program)}`]);
    return true;
  } catch {
    return false;
  }
});

describe('the script of the host lock', function () {
  this.timeout(60_000);
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'host-lock-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  });

  const places = (): readonly string[] => readdirSync(join(home, '.cache/runbook-studio'));
  const place = (): string => join(home, '.cache/runbook-studio', places()[0] ?? '');

  assert.ok(SHELLS.length > 0, 'there is a shell');
  for (const [program = '', ...first] of SHELLS) {
    const script = async (...args: readonly string[]): Promise<string> =>
      (await run(program, [...first, '-c', HOST_LOCK_SCRIPT, 'lock', ...args], { env: { ...process.env, HOME: home } })).stdout;

    describe(`in ${program}`, () => {
      it('is taken by one run only, tells who that is, and can be given back by that one alone', async () => {
        assert.equal(await script('take', 'r1', 'ada lovelace', 'laptop', 'noon'), 'taken\n');
        assert.equal(await script('take', 'r2', 'eve', 'desk', 'later'), 'held\nr1\nada lovelace\nlaptop\nnoon\n');
        await script('release', 'r2');
        assert.equal(await script('take', 'r1', 'ada', 'laptop', 'afternoon'), 'taken\n', 'the same run takes it again');
        assert.equal(readFileSync(join(place(), 'owner'), 'utf8'), 'r1\nada\nlaptop\nafternoon\n');
        await script('release', 'r1');
        assert.deepEqual(places(), []);
        assert.equal(await script('take', 'r2', 'eve', 'desk', 'later'), 'taken\n');
      });

      it('is seized where a person says so, and is then lost to the other run', async () => {
        await script('take', 'r1', 'ada', 'laptop', 'noon');
        assert.equal(await script('seize', 'r2', 'eve', 'desk', 'later'), 'taken\n');
        await script('release', 'r1');
        assert.equal(await script('take', 'r1', 'ada', 'laptop', 'noon'), 'held\nr2\neve\ndesk\nlater\n');
      });

      it('is held while nobody has said who has it, and can be seized then', async () => {
        await script('take', 'r1', 'ada', 'laptop', 'noon');
        rmSync(join(place(), 'owner'));
        assert.equal(await script('take', 'r2', 'eve', 'desk', 'later'), 'held\n');
        assert.equal(await script('seize', 'r2', 'eve', 'desk', 'later'), 'taken\n');
      });

      it('says why none can be made', async () => {
        writeFileSync(join(home, '.cache'), '');
        await assert.rejects(script('take', 'r1', 'ada', 'laptop', 'noon'), /exist|directory/i);
        rmSync(join(home, '.cache'));
        await script('take', 'r1', 'ada', 'laptop', 'noon');
        const name = place();
        rmSync(name, { recursive: true });
        writeFileSync(name, 'in the way');
        await assert.rejects(script('take', 'r1', 'ada', 'laptop', 'noon'), /exists/i);
      });

      it('is given to exactly one of eight that want it at once', async () => {
        mkdirSync(join(home, '.cache'));
        const seen = await Promise.all(
          Array.from({ length: 8 }, (_, index) => script('take', `r${String(index)}`, 'ada', 'laptop', 'noon')),
        );
        assert.equal(seen.filter((text) => text === 'taken\n').length, 1, seen.join('|'));
        assert.ok(existsSync(join(place(), 'owner')));
      });
    });
  }
});
