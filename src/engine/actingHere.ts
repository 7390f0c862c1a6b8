import type { RunState } from '../events/index.js';
import { LOCAL } from '../planner/index.js';

/**
 * Whether a step is under way on this machine. When this program ends nobody would see to it; a step on another machine goes on by
 * itself, and is found again at resume.
 */
export function isActingHere(state: RunState): boolean {
  const isHere = (host: string): boolean => host === LOCAL || state.plan.hosts[host]?.connection === 'local';
  return Object.values(state.steps).some((targets) =>
    Object.values(targets).some(({ attempts }) => attempts.slice(-1).some(({ ended, atHost }) => ended === undefined && isHere(atHost))),
  );
}
