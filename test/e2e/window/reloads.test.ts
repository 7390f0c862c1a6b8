import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../journeys/support/cli.js';
import { randomNumbers } from '../../journeys/support/randomNumbers.js';
import type { Session } from '../../host/session.js';
import { haveSshd, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { Counting } from './support/counting.js';
import { keepPicture, openFile, pick, pressInTitle, showRunbooks, step } from './support/studio.js';
import { Restless } from './support/restless.js';

/** How often the window is reloaded; a run that ends before is followed by another one. */
const RELOADS = Number(process.env['RUNBOOK_RELOADS'] ?? 3);
const SEED = Number(process.env['RUNBOOK_SEED'] ?? 20261121);
const SECONDS_EACH = 60;
const STEPS = 8;

describe(`the window of VS Code is reloaded at random points of a run (seed ${String(SEED)})`, function () {
  this.timeout((RELOADS + 3) * SECONDS_EACH * 1000);
  let counting: Counting;
  let session: Session;
  let sshd: Sshd;

  before(async function () {
    if (!haveSshd) this.skip();
    counting = new Counting();
    sshd = await startSshd();
    writeFileSync(join(counting.folder, 'known_hosts'), `${sshd.knownHost}\n`);
    counting.write('long.inventory.yaml', inventory(sshd));
    counting.write('long.runbook.yaml', runbook(counting));
    session = await counting.open({
      'runbook.ssh.knownHosts': [join(counting.folder, 'known_hosts')],
      'runbook.ssh.identities': [sshd.identity],
    });
    await openFile(session, 'long.runbook.yaml');
    await showRunbooks(session);
    await pressInTitle(session, 'Choose Inventory');
    await pick(session, 'long.inventory.yaml');
    await step(session, 'Step 1').getByText('far').waitFor();
  });

  after(async () => {
    await session.close();
    await sshd.stop();
    counting.remove();
  });

  it(`${String(RELOADS)} reloads: every run is in the list and goes on to its end, and nothing is done twice unasked`, async () => {
    const restless = new Restless(session, counting, randomNumbers(SEED));
    try {
      for (let reloads = 0; reloads < RELOADS || (await restless.isUnderWay());) {
        if (await restless.live(reloads < RELOADS)) reloads += 1;
      }
    } finally {
      await keepPicture(session, 'reloads end');
    }
    const runs = await restless.runs();
    restless.judge(runs);
    assert.ok(runs.length > 0);
    for (const run of runs) {
      assert.equal(run.status, 'succeeded', run.run);
      const verified = await cli(['journal', 'verify', run.run, '--state-dir', counting.stateDirectory], { cwd: counting.folder });
      assert.equal(verified.code, 0, verified.out + verified.err);
    }
    assert.deepEqual(restless.wrong, []);
  });
});

function inventory({ address, port }: Sshd): string {
  return `inventory: v1
environment: reloads
ssh: { user: ${process.env['USER'] ?? 'root'}, port: ${String(port)} }
hosts:
  far: { address: ${address}, platform: linux }
  near: { connection: local, platform: linux }
roles: { far: [far], near: [near] }
`;
}

/** Steps on a host, which outlive the window, and every third on this machine, which ends with it. */
function runbook(counting: Counting): string {
  const steps = Array.from({ length: STEPS }, (_, index) => {
    const number = String(index + 1);
    const at = index % 3 === 1 ? 'near' : 'far';
    return `  - id: step_${number}\n    title: Step ${number}\n    on: ${at}\n    run: |\n      ${counting.script(`step_${number}`, 'sleep 1')}\n`;
  });
  return `runbook: v1\nid: long\ntitle: A long way\nroles: { far: { hosts: 1 }, near: { hosts: 1 } }\nsteps:\n${steps.join('')}`;
}
