import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

/** The text with its hints in `«»`. */
async function hinted(text: string, range = { start: 0, end: text.length }): Promise<string> {
  const hints = await serviceOver({}).inlayHints('/work/a.runbook.yaml', text, range);
  return [...hints].reverse().reduce((made, { at, label }) => `${made.slice(0, at)}«${label}»${made.slice(at)}`, text);
}

describe('inlay hints', () => {
  const cases: readonly (readonly [text: string, wanted: string])[] = [
    ['steps:\n  - timeout: 90m', 'steps:\n  - timeout: 90m«1 hour and 30 minutes»'],
    ['steps:\n  - timeout: "3600s" # long', 'steps:\n  - timeout: "3600s"«1 hour» # long'],
    ['steps:\n  - timeout: 1h30m', 'steps:\n  - timeout: 1h30m'],
    ['steps:\n  - timeout: 90s', 'steps:\n  - timeout: 90s'],
    ['steps:\n  - timeout: 24h', 'steps:\n  - timeout: 24h'],
    ['steps:\n  - timeout: soon', 'steps:\n  - timeout: soon'],
    ['prerequisites:\n  - lead_time: 2 working days', 'prerequisites:\n  - lead_time: 2 working days«without Saturdays and Sundays»'],
    ['prerequisites:\n  - lead_time: 72h', 'prerequisites:\n  - lead_time: 72h«3 days»'],
    [
      'upgrade: { supported: { range: ">= 7.1 < 8 || 9.1" } }',
      'upgrade: { supported: { range: ">= 7.1 < 8 || 9.1"«7.1 or later, and before 8; or exactly 9.1» } }',
    ],
    ['upgrade: { supported: { range: ">= 7.1" } }', 'upgrade: { supported: { range: ">= 7.1" } }'],
    ['steps:\n  - wait: { port: 80 }', 'steps:\n  - wait: { port: 80 }«every 10s»'],
    ['steps:\n  - wait: # until it is there\n      port: 80', 'steps:\n  - wait:«every 10s» # until it is there\n      port: 80'],
    ['steps:\n  - wait: { port: 80 }\n    every: 5s', 'steps:\n  - wait: { port: 80 }\n    every: 5s'],
    ['steps:\n  - retry: { times: 3 }', 'steps:\n  - retry: { times: 3 }«every 10s»'],
    ['steps:\n  - retry: { times: 3, every: 1s }', 'steps:\n  - retry: { times: 3, every: 1s }'],
    ['steps:\n  - timeout: 90m\n    run: [', 'steps:\n  - timeout: 90m«1 hour and 30 minutes»\n    run: ['],
  ];
  for (const [text, wanted] of cases) it(text.replaceAll('\n', '⏎'), async () => assert.equal(await hinted(text), wanted));

  it('are those of the part that is asked for', async () => {
    const text = 'steps:\n  - timeout: 90m\n  - timeout: 180m\n';
    assert.equal(await hinted(text, { start: 25, end: text.length }), 'steps:\n  - timeout: 90m\n  - timeout: 180m«3 hours»\n');
  });
});
