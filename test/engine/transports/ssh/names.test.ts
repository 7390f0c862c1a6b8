import assert from 'node:assert/strict';
import { checkAddress, checkUser } from '../../../../src/engine/transports/ssh/names.js';
import { hostSettings, parseJump } from '../../../../src/engine/transports/ssh/sshConfig.js';

const REFUSED = { name: 'TransportError', reason: 'not_started' };

/** Names that mean something to a shell, to OpenSSH or to a terminal. */
const HOSTILE = [
  '',
  '-oProxyCommand=id',
  '--help',
  '-',
  'a b',
  'a;id',
  'a|id',
  'a&id',
  '$(id)',
  '`id`',
  'a>b',
  "a'b",
  'a"b',
  'a\nb',
  'a\0b',
  'a\u001b[2J',
  'a\u202Eb',
  '${IFS}',
  'a*',
  'a?',
  '{a,b}',
  '~root',
  'a#b',
  'a!b',
  'a(b)',
  'ä.example.com',
  'x'.repeat(300),
];

describe('names of hosts and logins', () => {
  for (const name of HOSTILE) {
    it(`refuse ${JSON.stringify(name.slice(0, 30))}`, async () => {
      assert.throws(() => checkAddress(name), REFUSED);
      assert.throws(() => checkUser(name), REFUSED);
      assert.throws(() => parseJump(name), REFUSED);
      assert.throws(() => parseJump(`${name}@host.example.com`), REFUSED);
      const mayAct = (): void => undefined;
      await assert.rejects(hostSettings({ address: name }, true, mayAct), REFUSED);
      await assert.rejects(hostSettings({ address: 'host.example.com', user: name }, true, mayAct), REFUSED);
    });
  }

  it('take what hosts and logins are called', () => {
    for (const name of ['web', 'web-1.example.com', '10.0.0.1', '::1', 'fe80::1%eth0', '2001:db8::5', 'a_b'])
      assert.equal(checkAddress(name), name);
    for (const name of ['root', 'j.doe', 'j-doe', 'j_doe', 'doe@example.com', 'EXAMPLE\\doe', 'machine$', 'a+b'])
      assert.equal(checkUser(name), name);
    assert.deepEqual(parseJump('ssh://ops@[::1]:2222/'), { address: '::1', user: 'ops', port: 2222 });
    assert.deepEqual(parseJump('bastion'), { address: 'bastion' });
  });

  it('made of any bytes are refused, or mean nothing to a shell', () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed % below;
    };
    let taken = 0;
    for (let count = 0; count < 50_000; count++) {
      const name = String.fromCharCode(
        ...Array.from({ length: 1 + random(6) }, () => (random(4) === 0 ? random(0x250) : 0x2d + random(0x4e))),
      );
      for (const check of [checkAddress, checkUser]) {
        try {
          check(name);
        } catch {
          continue;
        }
        taken += 1;
        assert.match(name, check === checkAddress ? /^[\w:][\w.:%-]*$/ : /^(?:\w[\w.-]*\\)?\w[\w.@+-]*\$?$/);
      }
    }
    assert.ok(taken > 100);
  });
});
