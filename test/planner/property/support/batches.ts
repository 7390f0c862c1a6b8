import assert from 'node:assert/strict';
import type { Plan, PlanGroup, PlanNode } from '../../../../src/planner/index.js';

/** Asserts that no batch is larger than declared and that every host has its turn once. Gives how many batches there were. */
export function checkBatches(plan: Plan, serial: ReadonlyMap<string, number>, targeted: ReadonlySet<string>): number {
  let batches = 0;
  const visit = (node: PlanNode): void => {
    const most = serial.get(node.id);
    if (node.kind === 'step') {
      if (most !== undefined && node.targets.length > 1) {
        assert.ok(node.parallel <= most, `${node.path}: ${String(node.parallel)} at a time, ${String(most)} declared`);
        batches++;
      }
      return;
    }
    const parts = node.children.filter((child): child is PlanGroup => child.kind === 'group' && child.path.startsWith(`${node.path}@`));
    if (most !== undefined && parts.length > 0 && node.hop === undefined) {
      for (const part of parts) {
        assert.ok(part.hosts.length <= most, `${part.path}: ${String(part.hosts.length)} at a time, ${String(most)} declared`);
        assert.deepEqual(outside(part, targeted), [], `${part.path} is about its own hosts only`);
      }
      assert.deepEqual(
        parts.flatMap(({ hosts }) => hosts),
        node.hosts,
        `${node.path}: every host once, in order`,
      );
      batches += parts.length;
    }
    node.children.forEach(visit);
  };
  plan.steps.forEach(visit);
  return batches;
}

/** Steps of a batch that say nothing of hosts themselves and yet are about hosts of another batch. */
function outside(batch: PlanGroup, targeted: ReadonlySet<string>): readonly string[] {
  const strays: string[] = [];
  const visit = (node: PlanNode): void => {
    if (targeted.has(node.id)) return;
    if (node.kind === 'group') node.children.forEach(visit);
    else if (node.targets.some(({ about }) => !about.every((host) => batch.hosts.includes(host)))) strays.push(node.path);
  };
  batch.children.forEach(visit);
  return strays;
}
