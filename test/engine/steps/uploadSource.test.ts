import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploadSource } from '../../../src/engine/steps/uploadSource.js';
import { openSource } from '../../../src/engine/transports/openSource.js';

describe('the file of an upload', () => {
  let around: string;
  let folder: string;
  before(() => {
    around = realpathSync(mkdtempSync(join(tmpdir(), 'runbook-upload-')));
    folder = join(around, 'runbooks');
    mkdirSync(join(folder, 'images'), { recursive: true });
    writeFileSync(join(folder, 'images/a.iso'), 'image');
    writeFileSync(join(folder, '%2e%2e'), 'a name like any other');
    writeFileSync(join(around, 'secret'), 'canary');
    symlinkSync('../secret', join(folder, 'link'));
    symlinkSync('..', join(folder, 'up'));
    symlinkSync('images/a.iso', join(folder, 'latest.iso'));
    symlinkSync('round', join(folder, 'round'));
  });
  after(() => rmSync(around, { recursive: true, force: true, maxRetries: 10 }));

  it('lies below the folder of the runbook', async () => {
    for (const name of ['images/a.iso', './images/../images/a.iso', 'latest.iso', join(folder, 'images/a.iso')])
      assert.deepEqual(await uploadSource(folder, name, name), { file: join(folder, 'images/a.iso') }, name);
    assert.deepEqual(await uploadSource(folder, 'x', '%2e%2e'), { file: join(folder, '%2e%2e') });
  });

  it('leads nowhere else, however it is spelled', async () => {
    const names = [
      '../secret',
      'images/../../secret',
      'link',
      'up/secret',
      './/..//secret',
      'images/../../runbooks/../secret',
      '/etc/passwd',
      join(around, 'secret'),
      '.',
      '..',
      '/',
      'up',
    ];
    for (const name of names) {
      const found = await uploadSource(folder, name, name);
      assert.ok('trouble' in found && /outside of the folder/.test(found.trouble), name);
    }
    const strange = [
      '',
      'a\0b',
      '../secret\0.iso',
      'a\nb',
      'round',
      '..\\secret',
      '\\\\host\\share\\x',
      'C:\\secret',
      'C:secret',
      '%2e%2e/secret',
      '..%2fsecret',
      'aux',
      'CON.txt',
      'missing',
      '~/secret',
      'file:///etc/passwd',
    ];
    for (const name of strange) assert.ok('trouble' in (await uploadSource(folder, name, name)), name);
  });

  it('may be anywhere when an input names it, and nothing but an input', async () => {
    const secret = join(around, 'secret');
    assert.deepEqual(await uploadSource(folder, '${{ inputs.firmware }}', secret), { file: secret });
    for (const written of [
      '${{ steps.find.path }}',
      '${{ host.path }}',
      '${{ inputs.a }}${{ facts.b }}',
      '/${{ inputs.a }}',
      '${{ facts.inputs.a }}',
    ])
      assert.ok('trouble' in (await uploadSource(folder, written, secret)), written);
  });

  it('is the file that was looked at, also while somebody exchanges it for a link', async () => {
    const file = join(folder, 'moving');
    const aside = join(folder, 'aside');
    writeFileSync(file, 'image');
    symlinkSync('../secret', aside);
    let exchanged = 0;
    let refused = 0;
    const exchange = (): void => {
      renameSync(file, join(folder, 'third'));
      renameSync(aside, file);
      renameSync(join(folder, 'third'), aside);
      exchanged += 1;
    };
    for (let round = 0; round < 2000; round += 1) {
      const look = uploadSource(folder, 'moving', 'moving');
      if (round % 3 === 0) exchange();
      const found = await look;
      if ('trouble' in found) {
        refused += 1;
        continue;
      }
      const opening = openSource(found.file).then(
        async (handle) => {
          const text = await handle.readFile('utf8');
          await handle.close();
          return text;
        },
        () => 'refused',
      );
      if (round % 2 === 0) exchange();
      const text = await opening;
      if (text === 'refused') refused += 1;
      assert.notEqual(text, 'canary');
    }
    assert.ok(exchanged > 0 && refused > 0);
    unlinkSync(file);
  }).timeout(60_000);

  it('is no pipe, which would be waited for, and no folder', async () => {
    await assert.rejects(openSource(join(folder, 'images')), /not a plain file/);
    await assert.rejects(openSource('/dev/null'), /not a plain file/);
  });
});
