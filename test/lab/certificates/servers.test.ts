import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CERTIFICATE_FILE, KEY_FILE } from '../../../lab/certificates/shop.js';
import { startLab } from '../../../lab/index.js';
import { Operator } from './operator.js';
import { eventually } from '../../support/eventually.js';

const SUBNET = '127.76';

describe('lab: certificates of web servers', () => {
  let directory: string;
  let operator: Operator;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'lab-certificates-'));
    operator = new Operator(await startLab({ directory, subnet: SUBNET, products: ['certificates'], pace: 0.02 }), SUBNET);
  });
  after(async () => {
    await operator.lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => operator.lab.reset());

  it('is content when what ends soon was replaced, one server after the other', async () => {
    assert.deepEqual(operator.lab.done('certificates'), [
      'shop_1 serves a certificate that ends in 12 days',
      'shop_2 serves a certificate that ends in 5 days',
    ]);
    for (const server of [1, 2]) {
      const { serial } = await operator.prepare(server);
      await operator.reload(server);
      assert.equal((await operator.served(server)).serial, serial);
    }
    assert.deepEqual([operator.violations(), operator.lab.done('certificates/shop')], [[], []]);
    assert.throws(() => operator.lab.done('certificates/other'), /there is no site “other”/);
  });

  it('serves the old certificate until it reloads, and says so', async () => {
    const before = await operator.served(1);
    await operator.prepare(1);
    assert.deepEqual(await operator.served(1), before);
    assert.ok(operator.lab.done('certificates').includes('shop_1 does not serve the certificate in its files'));
    await operator.reload(1);
    assert.equal((await operator.served(1)).days_left, 90);
  });

  it('minds that the old certificate was not kept, or without its key', async () => {
    await operator.prepare(1, { backup: false });
    await operator.reload(1);
    await operator.served(1);
    await operator.on(2, `cp -p ${CERTIFICATE_FILE} ${CERTIFICATE_FILE}.previous`);
    await operator.prepare(2, { backup: false });
    await operator.reload(2);
    assert.deepEqual(operator.violations(), [
      'shop_1 got another certificate, and the old one was not kept with its key',
      'shop_2 got another certificate, and the old one was not kept with its key',
    ]);
  });

  it('minds a second server before anybody has looked at the first', async () => {
    for (const server of [1, 2]) await operator.prepare(server);
    await operator.reload(1);
    await operator.reload(2);
    assert.deepEqual(operator.violations(), ['shop_2 got another certificate before anybody had looked at what shop_1 serves']);
  });

  it('minds two servers that are reloaded at once', async () => {
    for (const server of [1, 2]) await operator.prepare(server);
    await Promise.all([operator.reload(1), operator.reload(2)]);
    assert.equal(operator.violations().length, 1);
  });

  it('minds a certificate that is replaced though it is good', async () => {
    await operator.prepare(3);
    assert.deepEqual(operator.violations(), ['a certificate was issued for shop-3.example.com, whose present one is good for 300 days']);
  });

  it('minds a private key that everybody can read', async () => {
    await operator.prepare(1);
    await operator.on(1, `chmod 644 ${KEY_FILE}`);
    await operator.reload(1);
    assert.deepEqual(operator.violations(), ['the private key of shop_1 can be read by everybody']);
  });

  it('takes the old certificate back without complaint', async () => {
    const { serial } = await operator.served(1);
    await operator.prepare(1);
    await operator.reload(1);
    await operator.putBack(1);
    await operator.reload(1);
    assert.equal((await operator.served(1)).serial, serial);
    assert.deepEqual(operator.violations(), []);
  });

  it('minds that a revoked certificate is served', async () => {
    const { serial } = await operator.prepare(1);
    await operator.reload(1);
    assert.deepEqual(await (await operator.authority(`/certificates/${serial}`, { method: 'DELETE' })).json(), {
      ...((await (await operator.authority('/hosts/shop-1.example.com')).json()) as object),
      status: 'revoked',
    });
    assert.ok(operator.lab.done('certificates').includes('shop_1 serves a certificate that was revoked'));
  });

  it('comes back from a reboot with what lies in its files', async () => {
    const { serial } = await operator.prepare(1);
    await operator.ssh(1, 'sudo reboot');
    assert.equal(operator.lab.counters()['shop_1.reboot'], 1);
    const isBack = async (): Promise<boolean> => (await operator.served(1).catch(() => undefined))?.serial === serial;
    await eventually(isBack, 'the host is back', 20);
    assert.deepEqual(operator.violations(), []);
  });

  it('gives certificates to nobody without a token, for unknown hosts, or for too long', async () => {
    const csr = await operator.request(1);
    const post = async (body: Record<string, unknown>, token?: string): Promise<number> =>
      (await operator.authority('/certificates', { method: 'POST', body, ...(token === undefined ? {} : { token }) })).status;
    assert.equal(await post({ csr, days: 90 }, 'of-somebody-else'), 401);
    assert.equal(await post({ csr: 'nothing', days: 90 }), 422);
    assert.equal(await post({ csr, days: 4000 }), 422);
    const unknown = await operator.on(1, 'openssl req -new -newkey rsa:3072 -keyout /tmp/key -subj /CN=elsewhere.example.com');
    assert.equal(await post({ csr: unknown, days: 90 }), 422);
    assert.deepEqual(operator.lab.counters(), {});
  });

  it('closes the authority on request', async () => {
    operator.lab.set('cert.authority_closed', true);
    assert.equal((await operator.authority('/account')).status, 503);
    operator.lab.set('cert.authority_closed', false);
    assert.equal((await operator.authority('/account')).status, 200);
  });

  it('issues for the wrong name on request, and minds when that is served', async () => {
    operator.lab.set('cert.wrong_name', true);
    await operator.prepare(1);
    assert.match(
      await operator.on(1, `openssl x509 -in ${CERTIFICATE_FILE} -noout -checkhost shop-1.example.com`),
      /does NOT match certificate/,
    );
    await operator.reload(1);
    assert.deepEqual(operator.violations(), ['shop_1 serves a certificate for shop-2.example.com, not for shop-1.example.com']);
  });

  it('refuses a certificate whose key does not match: a reload goes on with the old one, a start fails', async () => {
    operator.lab.set('cert.wrong_key', true);
    const before = await operator.served(1);
    await operator.prepare(1);
    assert.equal((await operator.ssh(1, 'systemctl reload shop')).code, 1);
    assert.deepEqual(await operator.served(1), before);
    assert.equal((await operator.ssh(1, 'systemctl restart shop')).code, 1);
    assert.equal((await operator.ssh(1, 'systemctl is-active shop')).stdout.trim(), 'inactive');
    assert.match(await operator.on(1, 'cat /var/log/shop.log'), /the key does not match the certificate/);
    assert.ok(operator.lab.done('certificates').includes('shop_1 does not run'));
    await operator.putBack(1);
    await operator.on(1, 'systemctl start shop');
    assert.deepEqual(await operator.served(1), before);
    assert.deepEqual(operator.violations(), []);
  });

  it('keeps the old certificate over a reload on request, until it is restarted', async () => {
    operator.lab.set('cert.reload_keeps_old', true);
    const before = await operator.served(1);
    const { serial } = await operator.prepare(1);
    await operator.reload(1);
    assert.deepEqual(await operator.served(1), before);
    await operator.on(1, 'systemctl restart shop');
    assert.equal((await operator.served(1)).serial, serial);
    assert.deepEqual(operator.violations(), []);
  });

  it('answers what the openssl of a host is asked', async () => {
    const ask = (words: string): Promise<string> => operator.on(1, `openssl ${words}`);
    const { serial } = await operator.served(1);
    assert.equal(await ask(`x509 -in ${CERTIFICATE_FILE} -noout -serial`), `serial=${serial}\n`);
    assert.equal(await ask(`x509 -in ${CERTIFICATE_FILE} -noout -subject`), 'subject=CN = shop-1.example.com\n');
    assert.equal(await ask(`x509 -in ${CERTIFICATE_FILE} -noout -pubkey`), await ask(`pkey -in ${KEY_FILE} -pubout`));
    assert.match(await ask(`x509 -in ${CERTIFICATE_FILE} -noout -enddate`), /^notAfter=\d{4}-/);
    assert.match(await ask(`x509 -in ${CERTIFICATE_FILE} -noout -checkend 86400`), /will not expire/);
    assert.equal((await operator.ssh(1, `openssl x509 -in ${CERTIFICATE_FILE} -noout -checkend 8640000`)).code, 1);
    for (const wrong of ['x509 -in /nowhere -noout', `pkey -in ${KEY_FILE}`, 'req -new', 's_client'])
      assert.equal((await operator.ssh(1, `openssl ${wrong}`)).code, 1, wrong);
  });

  it('says on a page what it serves, and lists what was issued', async () => {
    const { serial } = await operator.served(2);
    const page = async (url: string): Promise<string> => (await fetch(url)).text();
    assert.match(await page(`http://${SUBNET}.4.12:8080/`), new RegExp(`Certificate ${serial} for shop-2`));
    assert.match(await page(`http://${SUBNET}.4.5:8080/`), new RegExp(`<td>${serial}</td>`));
  });
});
