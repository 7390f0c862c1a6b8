import assert from 'node:assert/strict';
import { WINDOWS_BOOTSTRAP, WINDOWS_PROGRAM, windowsPayload } from '../../../../src/engine/transports/windows/wrapper.js';

describe('the PowerShell wrapper', () => {
  it('is one command line of fixed text that any shell of Windows passes on', () => {
    assert.match(WINDOWS_BOOTSTRAP, /^powershell\.exe [A-Za-z -]+ -EncodedCommand [A-Za-z0-9+/=]+$/);
    assert.ok(WINDOWS_BOOTSTRAP.length < 8191, 'cmd takes no more');
    assert.equal(Buffer.from(WINDOWS_BOOTSTRAP.split(' ').at(-1) ?? '', 'base64').toString('utf16le'), WINDOWS_PROGRAM);
  });

  it('carries values as data on standard input only', () => {
    const line = windowsPayload(
      { script: 'Write-Output @args', shell: 'powershell', args: ["'; Remove-Item x", 'ü'], env: { A: '$(x)\n' }, workdir: 'C:\\Temp' },
      'abc',
    );
    assert.match(line, /^[A-Za-z0-9+/=]+\n$/);
    assert.deepEqual(JSON.parse(Buffer.from(line, 'base64').toString('utf8')), {
      nonce: 'abc',
      script: 'Write-Output @args',
      args: ["'; Remove-Item x", 'ü'],
      env: [{ name: 'A', value: '$(x)\n' }],
      workdir: 'C:\\Temp',
    });
  });
});
