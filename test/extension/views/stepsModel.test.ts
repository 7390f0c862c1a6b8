import assert from 'node:assert/strict';
import { nodesOfOutline, nodesOfPlan, nodesOfRun } from '../../../src/extension/views/stepsModel.js';
import type { StepNode } from '../../../src/extension/views/stepsModel.js';
import * as gates from '../../webview/support/gates.js';
import { clusterPlan, Story } from '../../webview/support/runs.js';

function find(nodes: readonly StepNode[], id: string): StepNode {
  const all = (list: readonly StepNode[]): readonly StepNode[] => list.flatMap((node) => [node, ...all(node.children)]);
  const found = all(nodes).find((node) => node.id === id);
  assert.ok(found, id);
  return found;
}

describe('the tree of steps', () => {
  it('shows a runbook as it is written', () => {
    const range = { start: 10, end: 90 };
    const [phase] = nodesOfOutline([
      {
        path: 'stop',
        id: 'stop',
        title: 'Stop all',
        section: 'steps',
        action: 'steps',
        on: ['server'],
        range,
        selection: range,
        children: [
          {
            path: 'stop/app',
            id: 'app',
            title: '',
            section: 'steps',
            action: 'run',
            on: [],
            range,
            selection: { start: 40, end: 44 },
            children: [],
          },
        ],
      },
    ]);
    assert.equal(phase?.kind, 'phase');
    assert.equal(phase.description, 'server');
    assert.deepEqual(
      phase.children.map(({ label, path, place }) => ({ label, path, place })),
      [{ label: 'app', path: 'stop/app', place: { offset: 40 } }],
    );
  });

  it('shows a plan with its hosts and no state', () => {
    const healthy = find(nodesOfPlan(clusterPlan()), 'plan/prepare/healthy');
    assert.deepEqual(
      healthy.children.map(({ label, standing }) => [label, standing]),
      [
        ['primary', undefined],
        ['secondary', undefined],
        ['minion_1', undefined],
        ['minion_2', undefined],
      ],
    );
    assert.equal(find(nodesOfPlan(clusterPlan()), 'plan/switch/power_on').description, 'once');
  });

  it('shows how each step and host stands', () => {
    const story = new Story(clusterPlan())
      .done('prepare/backup', 'primary')
      .done('prepare/healthy', 'primary')
      .fail('prepare/healthy', 'secondary');
    const nodes = nodesOfRun(story.state, true);
    assert.equal(find(nodes, 'plan/prepare').standing, 'failed');
    assert.equal(find(nodes, 'plan/prepare').description, '2/5');
    assert.equal(find(nodes, 'plan/prepare/healthy#primary').standing, 'succeeded');
    assert.match(find(nodes, 'plan/prepare/healthy#secondary').description, /failed: The script ended with exit code 1/);
    assert.equal(find(nodes, 'plan/minions').standing, 'pending');
    assert.equal(find(nodes, 'plan/prepare/backup').description, 'primary · succeeded');
    assert.deepEqual(find(nodes, 'plan/prepare/backup').children, []);
  });

  it('offers to skip only what asks, and only while the run is live', () => {
    const story = new Story(clusterPlan()).begin('stage/notes', 'primary').ask(gates.manual).ask(gates.unknown);
    assert.equal(find(nodesOfRun(story.state, true), 'plan/stage/notes').skipGate, 'g1');
    assert.equal(find(nodesOfRun(story.state, true), 'plan/minions@minion_1/upgrade').skipGate, undefined);
    assert.equal(find(nodesOfRun(story.state, false), 'plan/stage/notes').skipGate, undefined);
  });

  it('keeps its ids from one state to the next', () => {
    const ids = (nodes: readonly StepNode[]): readonly string[] => nodes.flatMap((node) => [node.id, ...ids(node.children)]);
    const story = new Story(clusterPlan());
    const before = ids(nodesOfRun(story.state, true));
    assert.deepEqual(ids(nodesOfRun(story.done('prepare/backup', 'primary').state, true)), before);
    assert.equal(new Set(before).size, before.length);
  });
});
