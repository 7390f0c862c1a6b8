import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { planOf } from '../test/support/drafting.js';
import { haveSshd, startSshd } from '../test/support/sshd.js';
import type { Sshd } from '../test/support/sshd.js';
import { ansibleRun, haveAnsible } from './ansible.js';
import { bareConnection, bareExec } from './bareSsh.js';
import { inventoryOf, trivialRunbook } from './documents.js';
import { NO_SSH, wholeRunTime } from './engineRun.js';
import { interleaved, table } from './measure.js';

const HOSTS = 100;
const STEPS = 5;
/** As many hosts at a time as the engine takes when it is not told otherwise. */
const AT_ONCE = 10;
const MOST_OF_BARE = 2.5;
const LEAST_OF_ANSIBLE = 3;

/** Trivial steps on a hundred hosts, connections opened included, against ssh2 alone and against Ansible. One OpenSSH server answers for all of them. */
export async function benchFleet(): Promise<string> {
  if (!haveSshd) return 'fleet: this machine has no sshd (Debian: apt-get install openssh-server)\n';
  if (process.platform !== 'linux') return 'fleet: only Linux has a hundred loopback addresses\n';
  const directory = mkdtempSync(join(tmpdir(), 'runbook-fleet-'));
  const addresses = Array.from({ length: HOSTS }, (_, index) => `127.44.${String(1 + Math.floor(index / 50))}.${String(1 + (index % 50))}`);
  const server = await startSshd({ address: '0.0.0.0', config: [`Include ${homes(directory, addresses)}`, 'MaxStartups 300'] });
  try {
    const knownHosts = join(directory, 'known_hosts');
    const key = server.knownHost.replace(/^\S+ /, '');
    writeFileSync(knownHosts, addresses.map((address) => `[${address}]:${String(server.port)} ${key}`).join(''));
    const keys = `port: ${String(server.port)}, user: ${userInfo().username}, platform: linux`;
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': trivialRunbook(STEPS, HOSTS) },
      inventory: inventoryOf(...addresses.map((address) => `{ address: ${address}, ${keys} }`)),
    });
    const ssh = { ...NO_SSH, knownHosts: [knownHosts], identities: [server.identity] };
    const cases = [
      { name: 'bare ssh2', once: () => bareTime(server, addresses) },
      { name: 'engine', once: () => wholeRunTime(plan, ssh) },
      ...(haveAnsible
        ? [{ name: 'ansible-playbook', once: () => ansibleRun({ directory, addresses, server, knownHosts, steps: STEPS }) }]
        : []),
    ];
    const measured = await interleaved(cases, 2);
    const median = (name: string): number => measured.find((row) => row.name === name)?.median ?? Number.NaN;
    const verdicts = [
      verdict(`at most ${String(MOST_OF_BARE)} times bare ssh2`, median('engine') / median('bare ssh2') <= MOST_OF_BARE),
      haveAnsible
        ? verdict(
            `at least ${String(LEAST_OF_ANSIBLE)} times as fast as ansible-playbook`,
            median('ansible-playbook') / median('engine') >= LEAST_OF_ANSIBLE,
          )
        : 'not compared: ansible-playbook is not here (Debian: apt-get install ansible-core)\n',
    ];
    const title = `${String(STEPS)} steps on ${String(HOSTS)} hosts`;
    return `${table(title, 'ms, connections opened included', measured, ['bare ssh2', 'engine'])}${verdicts.join('')}`;
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

function verdict(bar: string, held: boolean): string {
  return `${bar}: ${held ? 'held' : 'missed'}\n`;
}

/** Writes the part of sshd_config that gives each address a home of its own, as hosts have. */
function homes(directory: string, addresses: readonly string[]): string {
  const file = join(directory, 'homes.conf');
  const matches = addresses.map((address) => {
    const home = join(directory, 'homes', address);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return `Match LocalAddress ${address}\n  SetEnv HOME=${home}\n`;
  });
  writeFileSync(file, matches.join(''));
  return file;
}

async function bareTime(server: Sshd, addresses: readonly string[]): Promise<number> {
  const started = performance.now();
  const clients = await inTurns(addresses, (address) => bareConnection(address, server.port, server.identity));
  for (let step = 0; step < STEPS; step++) await inTurns(clients, (client) => bareExec(client, 'true'));
  const time = performance.now() - started;
  for (const client of clients) client.end();
  return time;
}

/** Does something with every member, some at a time. */
async function inTurns<Member, Made>(members: readonly Member[], act: (member: Member) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < members.length; index = next++) made[index] = await act(members[index] as Member);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
