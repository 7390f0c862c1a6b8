import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addKnownHost,
  fingerprintOf,
  isAbout,
  judgeKey,
  keyTypeOf,
  knownHostName,
  knownKeyTypes,
  parseKnownHosts,
  readKnownHosts,
} from '../../../../src/engine/transports/ssh/knownHosts.js';
import { makeKey } from '../../../support/sshd.js';

describe('known_hosts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-known-'));
  const publicKey = (name: string): string =>
    readFileSync(`${makeKey(join(directory, name))}.pub`, 'utf8')
      .trim()
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const [one, two] = [publicKey('one'), publicKey('two')];
  const blob = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64');
  const judge = (text: string, name: string, line = one): string => judgeKey(parseKnownHosts(text, 'known_hosts'), name, blob(line)).kind;

  after(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });

  it('finds the same lines as ssh-keygen -F', () => {
    const names = ['web.example.com', 'web', 'WEB', '10.0.0.1', 'a-b.example.com', 'x.y.z', '::1'];
    const patterns = [
      'web.example.com',
      'web*',
      '*.example.com',
      'we?',
      '*,!web',
      '!web,web*',
      '10.0.0.?',
      '*',
      'web,db',
      '??',
      'x.*.z',
      '::1',
      '[web]:2222',
      '[*.example.com]:2222',
      '*.example.com,!a-b*',
    ];
    const hashed = (name: string): string => {
      const salt = randomBytes(20);
      return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
    };
    const subjects = names.flatMap((name) => [knownHostName(name, 22), knownHostName(name, 2222)]);
    const file = join(directory, 'oracle');
    const lines = [...patterns, ...subjects.map(hashed)].map(
      (hosts, index) => `${index % 7 === 3 ? '@revoked ' : index % 7 === 5 ? '@cert-authority ' : ''}${hosts} ${one}`,
    );
    writeFileSync(file, `# a comment\n\n${lines.join('\n')}\n`);
    const entries = parseKnownHosts(readFileSync(file, 'utf8'), file);
    for (const subject of subjects) {
      let printed = '';
      try {
        printed = execFileSync('ssh-keygen', ['-F', subject, '-f', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      } catch {
        // It ends with an error when it finds nothing.
      }
      const theirs = [...printed.matchAll(/ found: line (\d+)/g)].map((match) => Number(match[1]));
      assert.deepEqual(
        entries.filter((entry) => isAbout(entry, subject)).map(({ line }) => line),
        theirs,
        subject,
      );
    }
  });

  it('knows, does not know, and sees that a key has changed', () => {
    assert.equal(judge(`web ${one}`, 'web'), 'known');
    assert.equal(judge(`web ${one}`, 'db'), 'unknown');
    assert.equal(judge(`web ${two}`, 'web'), 'changed');
    assert.equal(judge(`web ${two}\nweb ${one}`, 'web'), 'known');
    assert.equal(judge(`web ${one}`, '[web]:2222'), 'unknown');
  });

  it('lets a revocation beat every other line, in any order', () => {
    assert.equal(judge(`web ${one}\n@revoked * ${one}`, 'web'), 'revoked');
    assert.equal(judge(`@revoked * ${two}\nweb ${one}`, 'web'), 'known');
  });

  it('does not take the key of an authority for the key of a host', () => {
    assert.equal(judge(`@cert-authority *.example.com ${one}`, 'web.example.com'), 'authority');
  });

  it('reads over lines that are no entries', () => {
    assert.deepEqual(parseKnownHosts('\n#x\nonly two\n@new web ssh-ed25519 AAAA\n', 'f'), []);
  });

  it('takes no hashed name of another kind, with a short salt or cut off, as OpenSSH does', () => {
    const salted = (salt: Buffer, version = '1'): string =>
      `|${version}|${salt.toString('base64')}|${createHmac('sha1', salt).update('web').digest('base64')}`;
    const salt = randomBytes(20);
    assert.equal(judge(`${salted(salt)} ${one}`, 'web'), 'known');
    for (const hosts of [salted(salt, '2'), salted(randomBytes(8)), '|1', `|1|${salt.toString('base64')}|`]) {
      assert.equal(judge(`${hosts} ${one}`, 'web'), 'unknown', hosts);
      writeFileSync(join(directory, 'hashed'), `${hosts} ${one}\n`);
      assert.throws(() => execFileSync('ssh-keygen', ['-F', 'web', '-f', join(directory, 'hashed')], { stdio: 'ignore' }), hosts);
    }
  });

  it('is read from several files; one that is not there holds nothing, one that cannot be read is not passed over', async () => {
    const [first, second] = [join(directory, 'first'), join(directory, 'second')];
    writeFileSync(first, `web ${one}\n`);
    writeFileSync(second, `# ours\nweb ${two}\n`);
    const entries = await readKnownHosts([first, join(directory, 'none'), join(first, 'below'), second]);
    assert.deepEqual(
      entries.map(({ file, line }) => [file, line]),
      [
        [first, 1],
        [second, 2],
      ],
    );
    mkdirSync(join(directory, 'folder'));
    await assert.rejects(readKnownHosts([first, join(directory, 'folder')]), {
      reason: 'host_key',
      message: /known hosts in .*folder cannot be read/,
    });
  });

  it('names the types on record, so that the host is asked for a key that can be compared', () => {
    assert.deepEqual(knownKeyTypes(parseKnownHosts(`web ssh-rsa AAAA\n@revoked web ssh-dss AAAA\ndb ${one}`, 'f'), 'web'), ['ssh-rsa']);
  });

  it('adds a key in a line of its own, to a private file', async () => {
    const file = join(directory, 'new', 'known_hosts');
    await addKnownHost(file, 'web', blob(one));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    writeFileSync(file, 'db ssh-rsa AAAA');
    await addKnownHost(file, '[web]:2222', blob(one));
    assert.equal(readFileSync(file, 'utf8'), `db ssh-rsa AAAA\n[web]:2222 ${one}\n`);
  });

  it('prints the fingerprint that ssh-keygen prints', () => {
    const printed = execFileSync('ssh-keygen', ['-l', '-f', join(directory, 'one.pub')], { encoding: 'utf8' });
    assert.equal(fingerprintOf(blob(one)), printed.split(' ')[1]);
    assert.equal(keyTypeOf(blob(one)), 'ssh-ed25519');
    assert.equal(keyTypeOf(Buffer.of(0, 0)), 'unknown');
    assert.equal(keyTypeOf(Buffer.concat([Buffer.of(255, 255, 255, 255), Buffer.alloc(1000, 'x')])).length, 64);
  });
});
