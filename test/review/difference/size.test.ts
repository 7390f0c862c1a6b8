import assert from 'node:assert/strict';
import { compareProjects } from '../../../src/review/index.js';
import type { Project } from '../../../src/language/index.js';
import { stateOf } from './support/states.js';

const STEPS = 3000;
const FILE = '/large.runbook.yaml';

function stepOf(index: number): string {
  return `  - { id: s${String(index)}, title: Step ${String(index)}, on: server, run: do ${String(index)}, timeout: 1m }\n`;
}

function large(steps: readonly string[], extra = ''): Project {
  return stateOf(FILE, {
    [FILE]: `runbook: v1\nid: large\ntitle: Large\nroles: { server: { hosts: 1.. } }\n${extra}steps:\n${steps.join('')}`,
  });
}

describe('large runbooks', () => {
  const steps = Array.from({ length: STEPS }, (_, index) => stepOf(index));
  const old = large(steps);

  it('in the reverse order', () => {
    const { changes } = compareProjects(old, large([...steps].reverse()));
    assert.equal(changes.filter(({ kind }) => kind === 'step-order-changed').length, STEPS - 1);
  });

  it('with one step moved from the end to the beginning', () => {
    const { changes } = compareProjects(old, large([stepOf(STEPS - 1), ...steps.slice(0, -1)]));
    assert.deepEqual(
      changes.map(({ what }) => what),
      [`"Step ${String(STEPS - 1)}" now comes before "Step 0"`],
    );
  });

  it('with nothing in common', () => {
    const others = steps.map(
      (_, index) => `  - { id: t${String(index)}, title: Other ${String(index)}, on: server, check: { host: reachable } }\n`,
    );
    const { changes } = compareProjects(old, large(others));
    assert.equal(changes.filter(({ kind }) => kind === 'step-removed').length, STEPS);
  });

  it('that use themselves up are not taken for the same', () => {
    const levels = (command: string): string =>
      `procedures:\n  p0: [{ id: a, title: A, run: ${command} }]\n${[1, 2, 3]
        .map(
          (level) =>
            `  p${String(level)}:\n${Array.from({ length: 30 }, (_, index) => `    - { id: u${String(index)}, title: U, use: '#p${String(level - 1)}' }\n`).join('')}`,
        )
        .join('')}`;
    const use = ["  - { id: all, title: All, use: '#p3' }\n"];
    const { changes, limits } = compareProjects(large(use, levels('one')), large(use, levels('one')));
    assert.deepEqual(
      changes.map(({ kind, danger }) => [kind, danger]),
      [['document-unreadable', 'dangerous']],
    );
    assert.deepEqual(limits, ['only the first 20000 steps were compared, and there are more']);
  });
});
