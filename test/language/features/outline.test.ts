import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';
import type { OutlineNode } from '../../../src/language/index.js';

function outline(text: string): readonly OutlineNode[] {
  return serviceOver({}).outline('/a.runbook.yaml', text);
}

function paths(nodes: readonly OutlineNode[]): readonly string[] {
  return nodes.flatMap((node) => [`${node.section} ${node.path} ${node.action ?? '?'} ${node.title}`, ...paths(node.children)]);
}

const text = `runbook: v1
prerequisites:
  - { id: ready, title: Is it ready, check: { that: "true" } }
procedures:
  stage:
    - { run: one }
    - { run: two }
steps:
  - id: group
    title: The group
    on: [web, db]
    steps:
      - use: "#stage"
      - use: other.runbook.yaml
      - { id: last, manual: Look., on: web }
finally:
  - run: date
`;

describe('outline', () => {
  it('names steps as the plan does', () => {
    assert.deepEqual(paths(outline(text)), [
      'prerequisites ready check Is it ready',
      'procedures stage steps stage',
      'procedures stage/run run run',
      'procedures stage/run_2 run run 2',
      'steps group steps The group',
      'steps group/stage use stage',
      'steps group/other use other',
      'steps group/last manual last',
      'finally run run run',
    ]);
  });

  it('knows roles and places', () => {
    const group = outline(text).find(({ id }) => id === 'group');
    assert.deepEqual(group?.on, ['web', 'db']);
    assert.equal(text.slice(group.selection.start, group.selection.end), 'The group');
    assert.ok(text.slice(group.range.start, group.range.end).endsWith('on: web }'));
    assert.deepEqual(group.children[2]?.on, ['web']);
  });

  it('is there for broken text', () => {
    assert.deepEqual(paths(outline('steps:\n  - id: a\n    rnu: x\n  - id: b\n    run: "x\n')), ['steps a ? a', 'steps b run b']);
    assert.deepEqual(outline('['.repeat(500)), []);
    assert.deepEqual(outline(''), []);
  });

  it('lists what an alias repeats where it is written, and does not follow one that stands within what it names', () => {
    assert.deepEqual(paths(outline('steps: &all\n  - { id: a, steps: *all }\n  - &b { id: b, run: x }\n  - *b\n')), [
      'steps a steps a',
      'steps b run b',
    ]);
  });

  it('has no comment behind a step in it', () => {
    const commented = 'steps:\n  - id: a\n    run: x\n\n    # behind it\n  - id: b\n    run: y\n';
    const [first] = outline(commented);
    assert.equal(commented.slice(first?.range.start, first?.range.end), 'id: a\n    run: x');
  });
});
