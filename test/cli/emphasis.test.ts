import assert from 'node:assert/strict';
import { emphasized } from '../../src/cli/reporters/emphasis.js';

describe('Markdown on the command line', () => {
  it('loses the marks of what is strong and of code', () => {
    assert.equal(emphasized('Click **After reboot** for `7.0.2.1 LTS`.', { color: false }), 'Click After reboot for 7.0.2.1 LTS.');
  });

  it('shows them where there are colours', () => {
    assert.match(emphasized('Click **Test**.', { color: true }), /^Click \u001b\[1mTest\u001b\[/);
  });

  it('leaves alone what is no mark', () => {
    assert.equal(emphasized('2 ** 3 and a ` alone', { color: false }), '2 ** 3 and a ` alone');
  });
});
