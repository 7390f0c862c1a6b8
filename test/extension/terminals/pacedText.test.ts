import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PacedText } from '../../../src/extension/terminals/pacedText.js';

describe('text on its way to a terminal', () => {
  it('is drawn at most thirty times a second, in bounded pieces, and every character is drawn or counted', async () => {
    const drawn: string[] = [];
    const text = new PacedText(
      (piece) => drawn.push(piece),
      () => 1,
    );
    text.open();
    const line = 'x'.repeat(99) + '\n';
    let written = 0;
    const began = performance.now();
    while (performance.now() - began < 500) {
      for (let i = 0; i < 2000; i++) text.write(line);
      written += 2000 * line.length;
      await sleep(1);
    }
    await sleep(200);
    const seconds = (performance.now() - began) / 1000;
    assert.ok(drawn.length > 1 && drawn.length <= 30 * seconds, `${String(drawn.length)} drawings in ${String(seconds)} s`);
    assert.ok(drawn.every((piece) => piece.length < 300_000));
    const shown = drawn.reduce((sum, piece) => sum + (piece.match(/x|\n(?!\u{1b})/gu)?.length ?? 0), 0);
    const notes = drawn.flatMap((piece) => [...piece.matchAll(/… ([0-9,]+) characters are left out/g)]);
    const leftOut = notes.reduce((sum, [, count = '']) => sum + Number(count.replaceAll(',', '')), 0);
    // Each note stands between two line feeds of its own.
    assert.ok(leftOut > 0);
    assert.ok(Math.abs(shown + leftOut - written) <= 3 * notes.length, `${String(shown)} + ${String(leftOut)} of ${String(written)}`);
  }).timeout(10_000);

  it('waits for the terminal to be opened', async () => {
    const drawn: string[] = [];
    const text = new PacedText(
      (piece) => drawn.push(piece),
      () => 1,
    );
    text.write('early\n');
    await sleep(100);
    assert.deepEqual(drawn, []);
    text.open();
    assert.deepEqual(drawn, ['early\r\n']);
  });

  it('shares the pace of a window with other terminals', async () => {
    const count = async (sharers: number): Promise<number> => {
      let drawings = 0;
      const text = new PacedText(
        () => (drawings += 1),
        () => sharers,
      );
      text.open();
      const until = performance.now() + 900;
      while (performance.now() < until) {
        text.write('.');
        await sleep(5);
      }
      text.close();
      return drawings;
    };
    assert.ok((await count(10)) <= 3);
  }).timeout(10_000);
});
