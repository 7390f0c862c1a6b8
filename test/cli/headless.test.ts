import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEvidence } from '../../src/cli/givenEvidence.js';
import { headlessAnswer } from '../../src/cli/headless.js';
import type { Gate } from '../../src/events/index.js';

const MANUAL: Extract<Gate, { kind: 'manual' }> = {
  id: 'g1',
  kind: 'manual',
  step: 'group@one/look',
  target: 'one',
  text: 'Look.',
  evidence: [
    { id: 'attest_1', kind: 'attest', title: 'It is well.' },
    { id: 'dump', kind: 'file', title: 'Dump' },
  ],
  otherPerson: true,
  optional: false,
};

describe('a headless run', () => {
  it('gives the evidence of the file, found by path or by id', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'evidence-'));
    await writeFile(join(directory, 'dump.txt'), 'hello');
    const evidence = parseEvidence('by: Jo Doe\nsteps: { look: { attest_1: true, dump: dump.txt } }', join(directory, 'e.yaml'));
    assert.deepEqual(await headlessAnswer(MANUAL, evidence), {
      answer: {
        kind: 'done',
        evidence: [
          { id: 'attest_1', value: true },
          { id: 'dump', value: 'dump.txt', sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
        ],
      },
      by: 'Jo Doe',
    });
  });

  it('stops at a question without an answer, and says what it needs', async () => {
    const answer = await headlessAnswer(MANUAL, undefined);
    assert.ok('stop' in answer && /needs a person \(attest_1, dump\).*--evidence/.test(answer.stop));
    const missing = await headlessAnswer(MANUAL, parseEvidence('steps: { look: { attest_1: true } }', '/x/e.yaml'));
    assert.ok('stop' in missing && /needs "dump"/.test(missing.stop));
  });

  it('says at a closed window what it takes, and no more than it does', async () => {
    const gate: Gate = { id: 'g', kind: 'window', text: 'The steps may not begin now: it is closed.', opensAt: '2026-11-28T22:00:00Z' };
    assert.deepEqual(await headlessAnswer(gate, undefined), {
      stop: 'The steps may not begin now: it is closed. Start it again then, or go on with --outside-window WHY.',
    });
    const { opensAt: _opensAt, ...shut } = gate;
    assert.deepEqual(await headlessAnswer(shut, undefined), {
      stop: 'The steps may not begin now: it is closed. Go on with --outside-window WHY.',
    });
  });

  it('takes the first way that needs nobody', async () => {
    const gate: Gate = {
      id: 'g',
      kind: 'method',
      step: 's',
      target: '-',
      methods: [
        { name: 'gui', title: 'GUI', needsPerson: true },
        { name: 'script', title: 'Script', needsPerson: false },
      ],
    };
    assert.deepEqual(await headlessAnswer(gate, undefined), { answer: { kind: 'method', name: 'script' } });
  });

  it('names cause and remedy where a step fails', async () => {
    const gate: Gate = {
      id: 'g',
      kind: 'failure',
      step: 's',
      target: 'one',
      failure: { reason: 'exit_code', message: 'It ended with exit code 1.' },
      remedies: [{ index: 0, title: 'Stop it', cause: 'It still runs.', matches: true, acts: true }],
      undo: [],
      excludable: false,
    };
    assert.deepEqual(await headlessAnswer(gate, undefined), {
      stop: 's failed: It ended with exit code 1. It still runs. Remedy: Stop it.',
    });
  });
});
