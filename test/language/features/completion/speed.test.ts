import assert from 'node:assert/strict';
import { createLanguageService } from '../../../../src/language/index.js';
import { readSyntax } from '../../../../src/language/parser/readSyntax.js';
import { HEAD } from '../../../support/language/completing.js';

const STEPS = 1000;

function stepsText(): string {
  const step = (index: number): string =>
    `  - id: step_${String(index)}\n    title: Step ${String(index)}\n    on: web\n    service: { name: app, state: restarted }\n    verify: { port: { number: 80 } }\n    timeout: 5m\n`;
  return `${HEAD}steps:\n${Array.from({ length: STEPS }, (_, index) => step(index)).join('')}`;
}

/** The middle one of several, in milliseconds of the processor, so that others on the machine do not count. */
async function median(run: (round: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const before = process.cpuUsage();
    await run(round);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[4] ?? 0;
}

describe('completion in a long file', () => {
  const text = stepsText();
  const at = text.indexOf('    timeout', text.indexOf('step_500'));
  const typed: readonly string[] = ['    ti|', '    when: inputs.|', '    use: "#|"', '    on: |'];

  it(`takes less than reading ${String(STEPS)} steps once, wherever it is asked for`, async () => {
    const reading = await median((round) => readSyntax(text + ' '.repeat(round)));
    for (const line of typed) {
      const offset = at + line.indexOf('|');
      const service = createLanguageService({ workspace: { readText: async () => undefined } });
      const changed = (round: number): string => `${text.slice(0, at)}${line.replace('|', '')}\n${text.slice(at)}${' '.repeat(round)}`;
      const completing = await median((round) => service.complete('/work/a.runbook.yaml', changed(round), offset));
      assert.ok(completing < reading, `${line}: ${completing.toFixed(1)} ms, reading ${reading.toFixed(1)} ms`);
    }
  }).timeout(120_000);
});
