import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLab } from '../../../lab/core/lab.js';
import type { Lab } from '../../../lab/core/lab.js';
import type { FrontDoorKind } from '../../../lab/core/frontDoors/frontDoor.js';
import type { Host } from '../../../lab/core/host.js';
import { html, page } from '../../../lab/core/web/html.js';
import { routes } from '../../../lab/core/web/site.js';
import { eventually } from '../../support/eventually.js';
import { LabClient, ssh } from './sshClient.js';

const SUBNETS: Readonly<Record<FrontDoorKind, string>> = { ssh2: '127.60', openssh: '127.61' };

for (const frontDoor of ['ssh2', 'openssh'] as const) {
  describe(`hosts of the lab behind ${frontDoor}`, () => {
    let directory: string;
    let lab: Lab;
    let host: Host;
    let client: LabClient;
    const address = `${SUBNETS[frontDoor]}.9.11`;

    before(async () => {
      directory = mkdtempSync(path.join(tmpdir(), 'lab-core-'));
      const site = routes({
        'GET /': () => ({ kind: 'page', page: page('Hello', [], html`<p>${'<b>'}</p>`) }),
        'POST /form': ({ fields, files }) => ({
          kind: 'json',
          json: { fields, file: files['file']?.bytes.toString('utf8'), name: files['file']?.name },
        }),
      });
      const options = { directory, subnet: SUBNETS[frontDoor], products: ['sps'] as const, frontDoor, pace: 0.1 };
      lab = await openLab(options, {
        sps: async (workshop) => {
          host = await workshop.host('box', '9.11', { web: { port: 8080, site } });
          await host.program('greet', ({ args, user, print, complain }) => {
            print(`hello ${args.join('|')} from ${user}`);
            complain('a warning');
            return 7;
          });
          await host.service('engine', 'active', {
            start: async () => {
              await host.serviceState('engine', 'active');
              return 0;
            },
            stop: async () => {
              await host.serviceState('engine', 'inactive');
              return 0;
            },
          });
          return { name: 'sps', state: () => ({}), done: () => [] };
        },
      });
    });
    after(async () => {
      await lab.stop();
      rmSync(directory, { recursive: true, force: true });
    });
    beforeEach(async () => {
      client = await LabClient.open(address, lab.identity);
    });
    afterEach(() => {
      client.close();
    });

    it('runs commands as processes and gives back their exit code and both streams', async () => {
      assert.deepEqual(await client.run('printf out; printf err >&2; exit 5'), { code: 5, stdout: 'out', stderr: 'err' });
    });

    it('starts in the home of the host with only its own programs on the PATH', async () => {
      const { stdout } = await client.run('pwd; echo "$PATH"; command -v ls');
      const [home, bin, ls] = stdout.trim().split('\n');
      assert.equal(home, path.join(host.root, 'home'));
      assert.equal(bin, path.join(host.root, 'usr/bin'));
      assert.equal(ls, path.join(host.root, 'usr/bin/ls'));
    });

    it('reads standard input', async () => {
      assert.equal((await client.run('cat', { stdin: 'typed\n' })).stdout, 'typed\n');
    });

    it('shows absolute paths under the root of the host, and its home as it is', async () => {
      await host.write('/etc/motto', 'slow and steady\n');
      assert.equal((await client.run('cat /etc/motto')).stdout, 'slow and steady\n');
      assert.equal((await client.run('stat /etc/passwd >/dev/null')).code, 1);
      assert.equal(
        (await client.run('cp /etc/motto "$HOME/copy" && mv "$HOME/copy" /tmp/moved && wc -l < "$LAB_ROOT/tmp/moved"')).stdout.trim(),
        '1',
      );
      assert.equal((await client.run('grep /nothing /etc/motto')).code, 1);
      assert.equal((await client.run('sha256sum /etc/motto | cut -c1-8')).stdout.trim().length, 8);
    });

    it('passes arguments byte by byte through its programs', async () => {
      await host.write('/tmp/odd', '$(x) "q" \\ ü\n');
      const { stdout } = await client.run(`grep -F -- '$(x) "q" \\ ü' /tmp/odd`);
      assert.equal(stdout, '$(x) "q" \\ ü\n');
    });

    it('carries a program into the lab and back', async () => {
      assert.deepEqual(await client.run('greet a "b c"'), { code: 7, stdout: 'hello a|b c from \n', stderr: 'a warning\n' });
      assert.match((await client.run('sudo -n greet')).stdout, /from root/);
    });

    it('drops the environment in sudo but for what is kept', async () => {
      const { stdout } = await client.run(
        'A=1 B=2; export A B; sudo -n --preserve-env=B sh -c \'echo "${A-none} ${B-none} $(id -u)"\'; sudo C="3 4" sh -c \'echo "$C"\'',
      );
      assert.equal(stdout, 'none 2 0\n3 4\n');
    });

    it('gives a terminal of the asked size', async () => {
      const { stdout, code } = await client.run('stty size; test -t 0', { pty: { cols: 99, rows: 31, term: 'xterm' } });
      assert.match(stdout, /31 99/);
      assert.equal(code, 0);
    });

    it('answers about processes, ports and services from its own state', async () => {
      const pid = await host.startProcess('app', 'engine', '/opt/engine/bin/engine --port 8443');
      await host.openPort(8443);
      assert.match(
        (await client.run('ps -A -o pid=,comm=,args=')).stdout,
        new RegExp(`${String(pid)} engine /opt/engine/bin/engine --port 8443`),
      );
      assert.match((await client.run('ps -ef')).stdout, /engine --port 8443/);
      assert.doesNotMatch((await client.run('ps -A -o args=')).stdout, /mocha/, 'processes of the machine are not shown');
      assert.match((await client.run('ss -Htln')).stdout, /:8443\b/);
      await host.endProcess(pid);
      await host.closePort(8443);
      assert.doesNotMatch((await client.run('ss -Htln')).stdout, /:8443\b/);
      assert.equal((await client.run('systemctl is-active engine')).code, 0);
      assert.equal((await client.run('systemctl stop engine; systemctl is-active engine')).code, 3);
      assert.equal((await client.run('service engine start; service engine status')).code, 0);
      assert.equal((await client.run('systemctl start nothing')).code, 5);
      assert.deepEqual(lab.counters()['box.service_stop'], 1);
    });

    it('shows its own long-running processes in ps', async () => {
      const channel = await client.start('exec sleep 12345');
      channel.resume();
      let shown = '';
      for (let tries = 0; tries < 50 && !shown.includes('sleep 12345'); tries++) shown = (await client.run('ps -A -o pid=,args=')).stdout;
      assert.match(shown, /\d+ sleep 12345/);
      const pid = /(\d+) sleep 12345/.exec(shown)?.[1] ?? '';
      assert.match((await client.run(`ps -o lstart= -p ${pid}`)).stdout, /\d{4}/);
      await client.run(`kill ${pid}`);
    });

    it('takes files by SFTP under its own root', async () => {
      const local = path.join(directory, 'image.iso');
      const content = Buffer.alloc(700_000, 'firmware');
      writeFileSync(local, content);
      await client.run('mkdir -p /firmware');
      await client.upload(local, '/firmware/image.iso');
      assert.ok((await readFile(path.join(host.root, 'firmware/image.iso'))).equals(content));
      const sftp = await client.sftp();
      const names = await new Promise<string[]>((resolve, reject) => {
        sftp.readdir('/firmware', (error, list) => {
          if (error === undefined) resolve(list.map((entry) => entry.filename));
          else reject(error);
        });
      });
      assert.deepEqual(names, ['image.iso']);
      await assert.rejects(client.upload(local, '/no/such/place/x'));
    });

    it('serves its web site with escaped values and reads forms with files', async () => {
      assert.match(await (await fetch(`${host.url}/`)).text(), /&#60;b&#62;/);
      const form = new FormData();
      form.set('name', 'x');
      form.set('file', new Blob(['content']), 'a.iso');
      const answer = await fetch(`${host.url}/form`, { method: 'POST', body: form });
      assert.deepEqual(await answer.json(), { fields: { name: 'x' }, file: 'content', name: 'a.iso' });
      assert.equal((await fetch(`${host.url}/nothing`)).status, 404);
    });

    it('drops connections and processes at a reboot and comes back with another boot id', async () => {
      const bootId = async (): Promise<string> => (await ssh(address, lab.identity, 'cat /proc/sys/kernel/random/boot_id')).stdout.trim();
      const before = await bootId();
      const running = client.run('sleep 60; echo survived');
      await client.run('reboot');
      assert.deepEqual(await running, { code: undefined, stdout: '', stderr: '' });
      await client.closed;
      await assert.rejects(LabClient.open(address, lab.identity));
      await assert.rejects(fetch(`${host.url}/`));
      await eventually(() => Promise.resolve(host.power === 'on'), 'the host is on again', 20);
      assert.notEqual(await bootId(), before);
      assert.equal((await fetch(`${host.url}/`)).status, 200);
      assert.equal(lab.counters()['box.reboot'], 1);
    });

    it('drops connections in mid-step when asked, and takes new ones', async () => {
      const running = client.run('sleep 60');
      await client.run('true');
      host.dropConnections();
      assert.equal((await running).code, undefined);
      assert.equal((await ssh(address, lab.identity, 'echo back')).stdout, 'back\n');
    });

    it('lets nobody in with another key', async () => {
      const other = path.join(directory, 'host-keys/box');
      await assert.rejects(LabClient.open(address, other), /authentication/i);
    });
  });
}
