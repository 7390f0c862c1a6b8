import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../../../../src/events/index.js';
import type { Connection } from '../../../../src/engine/transports/transport.js';
import { haveSshd, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { Bench, NEVER, sshHost, toServer } from '../hosts.js';

const NOTHING = (): void => undefined;

describe('copies over SSH', () => {
  const bench = new Bench();
  const size = 3_000_000;
  const content = Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 9)) & 255));
  const file = join(bench.directory, 'image');
  let server: Sshd;
  let there: string;
  let connection: Connection;

  before(async function () {
    if (!haveSshd) this.skip();
    server = await startSshd();
    writeFileSync(file, content);
  });
  beforeEach(async () => {
    there = join(server.home, 'files');
    mkdirSync(there);
    connection = await toServer(bench, server);
  });
  afterEach(() => {
    rmSync(there, { recursive: true, force: true, maxRetries: 10 });
  });
  after(async () => {
    await bench.close();
    await server.stop();
  });

  /** Uploads, and breaks the connection when about half has arrived. Returns the name of what is left. */
  const cutInHalf = async (): Promise<string> => {
    await assert.rejects(
      connection.upload(file, `${there}/image`, (bytes) => {
        if (bytes > size / 2) server.dropConnections();
      }),
      { reason: 'connection_lost' },
    );
    const [left, ...more] = readdirSync(there);
    assert.ok(left !== undefined && more.length === 0 && left.endsWith('.part'));
    connection = await toServer(bench, server);
    return join(there, left);
  };

  /** Uploads, and returns how much was there already when it began. */
  const uploaded = async (): Promise<number> => {
    const seen: number[] = [];
    await connection.upload(file, `${there}/image`, (bytes) => seen.push(bytes));
    assert.deepEqual(readFileSync(join(there, 'image')), content);
    assert.deepEqual(readdirSync(there), ['image']);
    assert.equal(seen.at(-1), size);
    return (seen[0] ?? 0) - 32 * 1024;
  };

  it('go on where a cut connection has left them', async () => {
    const part = await cutInHalf();
    const left = statSync(part).size;
    assert.ok(left > 0);
    assert.ok((await uploaded()) >= left - 32 * 1024);
  });

  it('begin anew when what is left has been changed', async () => {
    const part = await cutInHalf();
    const bytes = readFileSync(part);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(part, bytes);
    assert.equal(await uploaded(), 0);
  });

  it('follow no link that stands where they would go on', async () => {
    const part = await cutInHalf();
    const victim = join(server.home, 'victim');
    const before = readFileSync(part);
    writeFileSync(victim, before);
    rmSync(part);
    symlinkSync(victim, part);
    assert.equal(await uploaded(), 0);
    assert.deepEqual(readFileSync(victim), before);
  });

  it('replace a link by the file, not what it leads to', async () => {
    const victim = join(server.home, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(there, 'image'));
    await uploaded();
    assert.equal(readFileSync(victim, 'utf8'), 'precious');
    assert.ok(statSync(join(there, 'image')).isFile());
  });

  it('leave nothing behind when they are stopped', async () => {
    writeFileSync(join(there, 'image'), 'old');
    const stop = new AbortController();
    const why = new Error('stopped');
    const back = join(bench.directory, 'stopped');
    const halfway = (bytes: number): void => {
      if (bytes > size / 3) stop.abort(why);
    };
    await assert.rejects(connection.upload(file, `${there}/image`, halfway, stop.signal), why);
    assert.deepEqual(readdirSync(there), ['image']);
    assert.equal(readFileSync(join(there, 'image'), 'utf8'), 'old');
    await assert.rejects(connection.download(file, back, NOTHING, stop.signal), why);
    assert.deepEqual(
      readdirSync(bench.directory).filter((name) => name.endsWith('.part') || name === 'stopped'),
      [],
    );
  });

  it('ask for leave at each use of the file service, and tidy up without it', async () => {
    let withdrawn = false;
    const why = new HumanError('This workspace is not trusted any more.', 'Trust it again.');
    const assertMayAct = (): void => {
      if (withdrawn) throw why;
    };
    const careful = await bench
      .connections([], server.knownHost, { identities: [server.identity] }, { assertMayAct })
      .to(sshHost('web_1', server), NEVER);
    const halfway = (bytes: number): void => {
      withdrawn ||= bytes > size / 3;
    };
    const back = join(bench.directory, 'careful');
    await assert.rejects(careful.upload(file, `${there}/image`, halfway), why);
    assert.deepEqual(readdirSync(there), []);
    await assert.rejects(careful.download(file, back, NOTHING), why);
    withdrawn = false;
    await assert.rejects(careful.download(file, back, halfway), why);
    await assert.rejects(careful.upload(file, `${there}/image`, NOTHING), why);
    assert.deepEqual([existsSync(back), readdirSync(there)], [false, []]);
    withdrawn = false;
    await careful.upload(file, `${there}/image`, NOTHING);
    assert.deepEqual(readFileSync(join(there, 'image')), content);
  });

  it('see when the file here is changed under them', async () => {
    const moving = join(bench.directory, 'moving');
    writeFileSync(moving, content);
    let once = true;
    await assert.rejects(
      connection.upload(moving, `${there}/image`, () => {
        if (once) writeFileSync(moving, Buffer.alloc(size, 'x'));
        once = false;
      }),
      { reason: 'transfer', message: /was changed while it was copied/ },
    );
    assert.deepEqual(readdirSync(there), []);
  });

  it('say that the disk of the host is full', async function () {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', there], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    try {
      await assert.rejects(connection.upload(file, `${there}/image`, NOTHING), { reason: 'transfer', message: /the disk is full/ });
      assert.deepEqual(readdirSync(there), []);
    } finally {
      execFileSync('umount', [there]);
    }
  });

  it('say what is in the way', async () => {
    const back = join(bench.directory, 'back');
    const trouble = (message: RegExp): object => ({ reason: 'transfer', message });
    await assert.rejects(connection.upload(file, join(there, 'none/x'), NOTHING), trouble(/it is not there/));
    await assert.rejects(connection.upload(there, `${there}/x`, NOTHING), trouble(/is not a plain file/));
    await assert.rejects(connection.download(there, back, NOTHING), trouble(/is not a plain file/));
    await assert.rejects(connection.download('/dev/zero', back, NOTHING), trouble(/is not a plain file/));
    await assert.rejects(connection.download(join(there, 'none'), back, NOTHING), trouble(/it is not there/));
    for (const path of ['', 'a\0b', 'x'.repeat(5000)])
      await assert.rejects(connection.download(path, back, NOTHING), trouble(/cannot be the path of a file/));
    assert.equal(existsSync(back), false);
  });

  it('from a host never replace a file here', async () => {
    const back = join(bench.directory, 'kept/log');
    await connection.download(file, back, NOTHING);
    await connection.download(file, back, NOTHING);
    writeFileSync(back, 'mine');
    await assert.rejects(connection.download(file, back, NOTHING), { reason: 'transfer', message: /is there already, with other content/ });
    assert.equal(readFileSync(back, 'utf8'), 'mine');
    assert.deepEqual(readdirSync(join(bench.directory, 'kept')), ['log']);
  });

  it('from a host go on where a cut connection has left them', async () => {
    const back = join(bench.directory, 'resumed');
    const lost = connection.download(file, back, (bytes) => {
      if (bytes > size / 2) server.dropConnections();
    });
    await assert.rejects(lost, { reason: 'connection_lost' });
    assert.equal(existsSync(back), false);
    connection = await toServer(bench, server);
    const seen: number[] = [];
    await connection.download(file, back, (bytes) => seen.push(bytes));
    assert.ok((seen[0] ?? 0) > size / 3);
    assert.deepEqual(readFileSync(back), content);
  });

  it('of the same file to the same place at one time do not disturb each other', async () => {
    const { signal } = new AbortController();
    await Promise.all([1, 2, 3].map(() => connection.upload(file, `${there}/image`, NOTHING, signal)));
    assert.deepEqual(readdirSync(there), ['image']);
    const back = join(bench.directory, 'once');
    await connection.download(`${there}/image`, back, NOTHING, signal);
    assert.deepEqual(readFileSync(back), content);
  });

  it('see when the file here becomes shorter under them', async () => {
    const shrinking = join(bench.directory, 'shrinking');
    writeFileSync(shrinking, content);
    await assert.rejects(
      connection.upload(shrinking, `${there}/image`, () => {
        truncateSync(shrinking, 1000);
      }),
      { reason: 'transfer', message: /was changed while it was copied/ },
    );
    assert.deepEqual(readdirSync(there), []);
  });

  it('take empty files too', async () => {
    const empty = join(bench.directory, 'empty');
    writeFileSync(empty, '');
    await connection.upload(empty, `${there}/empty`, NOTHING);
    assert.equal(statSync(join(there, 'empty')).size, 0);
    await connection.download(join(there, 'empty'), join(bench.directory, 'empty-back'), NOTHING);
    assert.equal(statSync(join(bench.directory, 'empty-back')).size, 0);
  });
});
