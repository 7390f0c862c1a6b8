import assert from 'node:assert/strict';
import { Screen } from '../../../src/engine/terminal/screen.js';

async function shown(chunks: readonly (Uint8Array | string)[], columns?: number, rows?: number): Promise<string> {
  const screen = new Screen(columns, rows);
  for (const chunk of chunks) screen.feed(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  const text = await screen.text();
  screen.dispose();
  return text;
}

describe('screen', () => {
  it('shows what a person would see', async () => {
    assert.equal(
      await shown(['\x1b[2J\x1b[H\x1b[1mInstaller\x1b[0m\r\n\r\n', 'Loading 10%\rLoading 99%\r\n', 'Install dir [/opt]: ']),
      'Installer\n\nLoading 99%\nInstall dir [/opt]:',
    );
    assert.equal(await shown(['Password\x1b[3D\x1b[KX\b\b?']), 'Pass?X');
  });

  it('is the same however the bytes are cut', async () => {
    const bytes = Buffer.from('Größe ✓ \x1b[31m漢字\x1b[0m 😀\r\nWeiter [j/N]? ');
    const whole = await shown([bytes]);
    assert.equal(whole, 'Größe ✓ 漢字 😀\nWeiter [j/N]?');
    for (let cut = 0; cut <= bytes.length; cut++)
      assert.equal(await shown([bytes.subarray(0, cut), bytes.subarray(cut)]), whole, String(cut));
  });

  it('takes bytes that are no text', async () => {
    assert.match(await shown([Buffer.from([0xff, 0xfe, 0x41, 0xc3, 0x28]), ' ready?']), /A.*ready\?$/);
  });

  it('joins a wrapped line, and shows only the last ones', async () => {
    assert.equal(await shown([`${'question '.repeat(4)}[y/N]`], 20, 5), `${'question '.repeat(4)}[y/N]`);
    assert.equal(
      await shown([Array.from({ length: 50 }, (_, line) => `line ${String(line)}`).join('\r\n')], 20, 3),
      'line 47\nline 48\nline 49',
    );
  });

  it('goes on after it was looked at, and after a resize', async () => {
    const screen = new Screen(40, 10);
    screen.feed(Buffer.from('first? '));
    assert.equal(await screen.text(), 'first?');
    screen.resize(60, 20);
    screen.feed(Buffer.from('yes\r\nsecond? '));
    assert.equal(await screen.text(), 'first? yes\nsecond?');
    screen.dispose();
  });

  it('shows the end of a line without end', async () => {
    const screen = new Screen(80, 5);
    for (let count = 0; count < 200; count++) screen.feed(Buffer.alloc(4096, 'x'));
    screen.feed(Buffer.from('?'));
    assert.match(await screen.text(), /^x{300,}\?$/);
    screen.dispose();
  });

  it('shows nothing once it is gone, also to whoever was looking', async () => {
    const screen = new Screen();
    screen.feed(Buffer.from('secret? '));
    const looking = screen.text();
    screen.dispose();
    assert.equal(await looking, '');
  });

  it('shows the end of more output than it keeps', async () => {
    const chunk = Buffer.from(`${'noise '.repeat(1000)}\r\n`);
    const screen = new Screen(80, 5);
    for (let count = 0; count < 2000; count++) screen.feed(chunk);
    screen.feed(Buffer.from('Continue? '));
    const text = await screen.text();
    assert.ok(text.endsWith('\nContinue?'));
    screen.dispose();
  });
});
