import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { main } from '../../../src/cli/main.js';
import { TEMPLATES } from '../../../src/language/index.js';
import { World } from './world.js';

/** What each template has done in the end, where every service and program is there. */
const DONE: Readonly<Record<string, readonly string[]>> = {
  'first-step': [],
  'rolling-restart': ['restart service', 'restart service'],
  'rolling-upgrade': Array.from({ length: 2 }, () => ['backup', 'drain', 'stop shop', 'install 2.0.0', 'start shop', 'join']).flat(),
  'ha-pair': [
    'backup',
    'stop database',
    'install 2.0.0 on node_2',
    'start database',
    'promote node_2',
    'stop database',
    'install 2.0.0 on node_1',
    'start database',
  ],
  'stop-all-upgrade': ['stop shop', 'stop shop', 'backup', 'install 2.0.0', 'install 2.0.0', 'start shop', 'start shop'],
  'certificate-rotation': ['restart nginx'],
};

const EVIDENCE = `by: Robin Example
steps:
${['looked_at', 'announce', 'open'].map((step) => `  ${step}: { attest_1: true }\n`).join('')}`;

describe('runbook new', function () {
  this.timeout(600_000);
  let world: World;
  let said: string;

  beforeEach(async () => {
    world = await World.open();
    said = '';
  });
  afterEach(() => world.close());

  const command = (...words: string[]): Promise<ExitCode> => {
    const say = (text: string): void => {
      said += text;
    };
    return main(words, { out: say, err: say, interactive: false, columns: () => undefined, color: false, cwd: world.folder, env: {} });
  };
  const inFolder = (name: string): string => join(world.folder, name);

  for (const { id } of TEMPLATES)
    it(`${id} is carried out to its end on this machine`, async () => {
      assert.equal(await command('new', id, 'night'), ExitCode.ok, said);
      assert.equal(await command('lint', 'night.runbook.yaml', 'staging.inventory.yaml'), ExitCode.ok, said);
      // What stays is the template; what changes is where it is carried out.
      const runbook = readFileSync(inFolder('night.runbook.yaml'), 'utf8');
      writeFileSync(inFolder('night.runbook.yaml'), runbook.replaceAll('8443', String(world.port)).replaceAll('/etc/ssl', world.state));
      const inventory = readFileSync(inFolder('staging.inventory.yaml'), 'utf8');
      writeFileSync(
        inFolder('staging.inventory.yaml'),
        inventory
          .replace(
            /https:\/\/([\w-]+)\.example\.com/g,
            (_, host: string) => `http://127.0.0.1:${String(world.port)}/${host.replaceAll('-', '_')}`,
          )
          .replace(/address: [\w.-]+/g, 'connection: local, platform: linux')
          .replace(/^( +)connection: local, platform: linux$/gm, '$1connection: local\n$1platform: linux'),
      );
      writeFileSync(inFolder('evidence.yaml'), EVIDENCE);
      said = '';
      const code = await command(
        ...['run', 'night.runbook.yaml', '--inventory', 'staging.inventory.yaml', '--yes', '--headless'],
        ...['--evidence', inFolder('evidence.yaml'), '--state-dir', inFolder('runs')],
      );
      assert.equal(code, ExitCode.ok, said);
      assert.deepEqual(world.log, DONE[id], said);
      if (id === 'certificate-rotation') assert.equal(readFileSync(join(world.state, 'shop.crt'), 'utf8'), 'new');
    });

  it('lists the templates', async () => {
    assert.equal(await command('new'), ExitCode.ok);
    for (const { id } of TEMPLATES) assert.match(said, new RegExp(`^${id} `, 'm'));
  });

  it('writes over no file, and brings no second inventory', async () => {
    writeFileSync(inFolder('near.inventory.yaml'), 'mine');
    writeFileSync(inFolder('night.runbook.yaml'), 'mine');
    assert.equal(await command('new', 'ha-pair', 'night.runbook.yaml'), ExitCode.usage);
    assert.match(said, /night\.runbook\.yaml is there already\./);
    assert.equal(readFileSync(inFolder('night.runbook.yaml'), 'utf8'), 'mine');
    said = '';
    assert.equal(await command('new', 'ha-pair'), ExitCode.ok);
    assert.equal(said, `${inFolder('ha-pair.runbook.yaml')}\n`);
  });

  it('knows no other template, and no second file', async () => {
    assert.equal(await command('new', 'moon'), ExitCode.usage);
    assert.match(said, /There is no template "moon"\. There are first-step, /);
    assert.equal(await command('new', 'ha-pair', 'a', 'b'), ExitCode.usage);
  });
});
