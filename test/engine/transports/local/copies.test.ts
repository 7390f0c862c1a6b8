import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../../../../src/events/index.js';
import type { Connection } from '../../../../src/engine/transports/transport.js';
import { Bench, HERE, NEVER } from '../hosts.js';

const SIZE = 5_000_000;
const NOTHING = (): void => undefined;

describe('copies on this machine', () => {
  const content = Buffer.from(Uint8Array.from({ length: SIZE }, (_, index) => (index * 31 + (index >> 9)) & 255));
  let bench: Bench;
  let connection: Connection;
  let withdrawn: Error | undefined;
  let file: string;
  let there: string;

  beforeEach(async () => {
    bench = new Bench();
    withdrawn = undefined;
    const assertMayAct = (): void => {
      if (withdrawn !== undefined) throw withdrawn;
    };
    connection = await bench.connections([], '', {}, { assertMayAct }).to(HERE, NEVER);
    file = join(realpathSync(bench.directory), 'image');
    there = join(bench.directory, 'there');
    mkdirSync(there);
    writeFileSync(file, content);
    chmodSync(file, 0o767);
  });
  afterEach(() => bench.close());

  it('bring a file whole, with its rights where it is put, and tell how far they are', async () => {
    const seen: (readonly [number, number])[] = [];
    const tell = (bytes: number, total: number): void => void seen.push([bytes, total]);
    writeFileSync(join(there, 'image'), 'old');
    const up = await connection.upload(file, `${there}/`, tell);
    assert.deepEqual([up.path, up.bytes], [join(there, 'image'), SIZE]);
    assert.deepEqual(readFileSync(up.path), content);
    assert.equal(statSync(up.path).mode & 0o777, 0o767);
    assert.ok(seen.length > 2 && seen.every(([, total]) => total === SIZE));
    const down = await connection.download(file, join(there, 'deep/er/back'), NOTHING);
    assert.equal(down.sha256, up.sha256);
    assert.equal(statSync(down.path).mode & 0o777, 0o600);
    writeFileSync(file, '');
    assert.equal((await connection.upload(file, join(there, 'empty'), NOTHING)).bytes, 0);
    assert.deepEqual(readdirSync(there).sort(), ['deep', 'empty', 'image']);
  });

  it('from this machine never replace a file here', async () => {
    const back = join(there, 'log');
    await connection.download(file, back, NOTHING);
    await connection.download(file, back, NOTHING);
    writeFileSync(back, 'mine');
    const taken = { reason: 'transfer', message: /is there already, with other content/ };
    await assert.rejects(connection.download(file, back, NOTHING), taken);
    assert.equal(readFileSync(back, 'utf8'), 'mine');
    rmSync(back);
    symlinkSync(file, back);
    await assert.rejects(connection.download(file, back, NOTHING), taken);
    assert.deepEqual(readdirSync(there), ['log']);
  });

  it('leave nothing behind when they are stopped', async () => {
    writeFileSync(join(there, 'image'), 'old');
    const why = new Error('stopped');
    for (const way of ['upload', 'download'] as const) {
      for (const at of [0, SIZE / 3, SIZE]) {
        const stop = new AbortController();
        if (at === 0) stop.abort(why);
        const halfway = (bytes: number): void => {
          if (bytes >= at) stop.abort(why);
        };
        const to = join(there, way === 'upload' ? 'image' : 'back');
        await assert.rejects(connection[way](file, to, halfway, stop.signal), why);
        assert.deepEqual(readdirSync(there), ['image']);
        assert.equal(readFileSync(join(there, 'image'), 'utf8'), 'old');
      }
    }
  });

  it('put nothing in its place once leave to act is withdrawn', async () => {
    const why = new HumanError('This workspace is not trusted any more.', 'Trust it again.');
    const withdraw = (): void => {
      withdrawn = why;
    };
    await assert.rejects(connection.upload(file, join(there, 'image'), withdraw), why);
    await assert.rejects(connection.upload(file, join(there, 'image'), NOTHING), why);
    await assert.rejects(connection.download(file, join(there, 'back'), NOTHING), why);
    assert.deepEqual(readdirSync(there), []);
  });

  it('see when the file is changed under them', async () => {
    let once = true;
    const change = (): void => {
      if (once) writeFileSync(file, Buffer.alloc(SIZE, 'x'));
      once = false;
    };
    await assert.rejects(connection.upload(file, join(there, 'image'), change), { reason: 'transfer', message: /was changed while/ });
    assert.deepEqual(readdirSync(there), []);
  });

  it('say what is in the way', async () => {
    const trouble = (message: RegExp): object => ({ reason: 'transfer', message });
    await assert.rejects(connection.upload(file, join(there, 'none/x'), NOTHING), trouble(/was not copied to .*ENOENT/));
    await assert.rejects(connection.upload(realpathSync(there), join(there, 'x'), NOTHING), trouble(/is not a plain file/));
    await assert.rejects(connection.download(there, join(there, 'x'), NOTHING), trouble(/is not a plain file/));
    await assert.rejects(connection.download('/dev/zero', join(there, 'x'), NOTHING), trouble(/is not a plain file/));
    await assert.rejects(connection.download(join(there, 'none'), join(there, 'x'), NOTHING), trouble(/ENOENT/));
    for (const path of ['', 'a\0b'])
      await assert.rejects(connection.download(path, file, NOTHING), trouble(/cannot be the path of a file/));
    assert.ok(!existsSync(join(there, 'x')));
  });
});
