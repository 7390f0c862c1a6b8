import type { Condition, Plan, PlanNode, Target } from '../plan.js';
import type { decide, LiveValues } from '../values.js';

/** Drops steps whose conditions are false, and conditions that are true, by inputs, roles and hops alone: facts may still change. */
export function withoutWhatIsDecided(
  nodes: readonly PlanNode[],
  plan: Pick<Plan, 'scopes' | 'hosts'>,
  live: LiveValues,
  decided: typeof decide,
): readonly PlanNode[] {
  const withoutFacts: LiveValues = { ...live, fact: () => undefined };
  const known = new Map<string, string>();
  const keep = (node: PlanNode): readonly PlanNode[] => {
    if (node.kind === 'group') {
      const children = node.children.flatMap(keep);
      return children.length === 0 ? [] : [{ ...node, children }];
    }
    const decision = (condition: Condition, target: Target): string => {
      const host = target.about.length === 1 ? target.about[0] : undefined;
      const key = `${condition.scope} ${condition.hostRoles.join()} ${host ?? ''} ${condition.cel}`;
      const made = known.get(key) ?? decided(condition, plan, host, withoutFacts).kind;
      known.set(key, made);
      return made;
    };
    const targets = node.targets.filter((target) => node.conditions.every((condition) => decision(condition, target) !== 'no'));
    if (targets.length === 0) return [];
    const conditions = node.conditions.filter((condition) => targets.some((target) => decision(condition, target) !== 'yes'));
    const keys = targets.map(({ key }) => key);
    const methods = Object.fromEntries(
      Object.entries(node.methods).map(([name, method]) => [
        name,
        { ...method, targets: method.targets.filter(({ key }) => keys.includes(key)), conditions },
      ]),
    );
    return [{ ...node, targets, conditions, methods }];
  };
  return nodes.flatMap(keep);
}
