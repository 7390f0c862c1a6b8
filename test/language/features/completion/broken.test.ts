import assert from 'node:assert/strict';
import { HEAD, labels, taking } from '../../../support/language/completing.js';

const KEYS = ['key'] as const;

describe('completion in broken text', () => {
  const keys: readonly (readonly [string, readonly string[]])[] = [
    // Half a key before others, above and below, too far in or out.
    ['steps:\n  - id: a\n    ser|\n    run: x\n  - id: b', ['timeout', 'when']],
    ['steps:\n  - ser|\n    run: x', ['id', 'title']],
    ['steps:\n  - id: a\n      ti|\n', []],
    ['steps:\n  - id: a\n     ti|\n    run: x', ['title', 'timeout']],
    ['steps:\n  - id: a\n   ti|\n    run: x', ['title', 'timeout']],
    // What is not closed above or below.
    ['steps:\n  - title: "a\n    |', ['id', 'run']],
    ['steps:\n  - on: [web\n    |', ['id', 'run']],
    ['steps:\n  - { id: a, | ', ['title', 'run']],
    ['steps:\n  - { id: a, |\n  - { id: b, run: x }', ['title', 'run']],
    ['steps:\n  - id: a\n    |\n    args: ["${{ inputs.\n  - id: b', ['title', 'run']],
    ['steps:\n  - id: a\n    run: |+\n      text: {\n    |', ['title', 'args']],
    // Keys that are wrong, missing colons, stray dashes.
    ['steps:\n  - id: a\n    tiemout 5m\n    |', ['title', 'run']],
    ['steps:\n  - id: a\n    : x\n    |', ['title', 'run']],
    ['steps:\n  - id: a\n    - x\n    |', ['title', 'run']],
    ['steps:\n  -\n  - |', ['id', 'run']],
    // Other line ends and blanks.
    ['steps:\r\n  - id: a\r\n    |\r\n    run: x\r\n', ['title', 'timeout']],
    ['steps:\n  - id: a\n    |   \n    run: x', ['title', 'timeout']],
    ['steps:\n\n  - id: a\n\n    |\n\n    run: x', ['title', 'timeout']],
    ['steps:\n  # a comment: here\n  - id: a # and: here\n    |', ['title', 'run']],
    ['%YAML 1.2\n---\nsteps:\n  - |', ['id', 'run']],
    // Anchors, tags and aliases.
    ['steps:\n  - &first\n    id: a\n    |', ['title', 'run']],
    ['steps:\n  - !step\n    id: a\n    |', ['title', 'run']],
    ['steps:\n  - *first\n  - |', ['id', 'run']],
  ];
  for (const [marked, wanted] of keys)
    it(`keys at ${marked.replaceAll('\n', '⏎').replaceAll('\r', '␍')}`, async () => {
      const found = await labels(marked.replace('|+\n', '|\n'), {}, KEYS);
      for (const key of wanted) assert.ok(found.includes(key), `${key} among ${found.join(', ')}`);
      assert.ok(!found.includes('runbook'));
      if (wanted.length === 0) assert.deepEqual(found, []);
    });

  const values: readonly (readonly [string, string])[] = [
    ['steps:\n  - on:|\n    run: x', 'web'],
    ['steps:\n  - on: "|\n    run: x', 'web'],
    ["steps:\n  - on: '|\n    run: x", 'web'],
    ['steps:\n  - on: [|\n    run: x', 'web'],
    ['steps:\n  - on: [web, "|\n    run: x', 'db'],
    ['steps:\n  - service: { name: x, state: |\n    run: x', 'started'],
    ['steps:\n  - when: "!inputs.|\n    run: x', 'target'],
    ['steps:\n  - when: (inputs.|\n    run: x', 'target'],
    ['steps:\n  - when: |\n    run: x', 'inputs'],
    ['steps:\n  - when: inputs.mode == "fast" &&\n      inputs.|\n    run: x', 'target'],
    ['steps:\n  - when: >-\n      inputs.|\n    run: x', 'target'],
    ['steps:\n  - title: Upgrade ${{ inputs.|\n    run: x', 'target'],
    ['steps:\n  - title: "Upgrade ${{ inputs.|\n    run: x', 'target'],
    ['steps:\n  - title: "Upgrade ${{ inputs.| and more"\n    run: x', 'target'],
    ['steps:\n  - title: "${{ inputs.mode }} to ${{ inputs.|', 'target'],
    ['steps:\n  - args:\n      - ${{ inputs.|', 'target'],
    ['steps:\n  - args: [${{ inputs.| }}]', 'target'],
    ['steps:\n  - manual: |-\n      Open ${{ inputs.| in it\n    on: web', 'target'],
  ];
  for (const [marked, wanted] of values)
    it(`${wanted} at ${marked.replaceAll('\n', '⏎')}`, async () => {
      const found = await labels(marked);
      assert.ok(found.includes(wanted), found.join(', '));
    });

  it('keeps the ends of lines that are there', async () => {
    assert.equal(
      await taking('title', 'steps:\r\n  - id: a\r\n    ti|\r\n    run: x\r\n'),
      'steps:\r\n  - id: a\r\n    title: \r\n    run: x\r\n',
    );
  });

  it('sees declarations below the place, and after what is broken', async () => {
    assert.deepEqual(await labels('steps:\n  - on: |\nroles:\n  late: { hosts: 1 }\n', { head: 'runbook: v1\n' }), ['late']);
    assert.deepEqual(await labels('inputs: {\nsteps:\n  - on: |\nroles:\n  late: { hosts: 1 }\n', { head: 'runbook: v1\n' }), ['late']);
  });

  it('has something to say at every column of an empty line between steps', async () => {
    for (const [column, wanted] of [
      [0, 'order'],
      [2, 'step: run a script'],
      [4, 'timeout'],
    ] as const)
      assert.ok((await labels(`steps:\n  - id: a\n    run: x\n${' '.repeat(column)}|\n`, { head: HEAD })).includes(wanted), String(column));
  });
});
