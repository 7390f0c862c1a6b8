import type { RunState } from '../../events/index.js';
import type { Plan } from '../../planner/index.js';
import { isOfRunbook } from './runId.js';
import { RunStore } from './runStore.js';

/** Name of a run that carried out this very runbook, whole and with success, on an environment; undefined when there is none. */
export function rehearsalOf(stateDirectory: string, runbook: Plan['runbook'], environment: string): string | undefined {
  const store = new RunStore(stateDirectory);
  return store.ids().find((id) => {
    if (!isOfRunbook(id, runbook.id)) return false;
    const state = stateOf(store, id);
    return (
      state?.status === 'succeeded' &&
      state.plan.environment.id === environment &&
      state.plan.runbook.digest === runbook.digest &&
      state.only === undefined &&
      state.from === undefined
    );
  });
}

/** A run that cannot be read shows nothing; its trouble is told where runs are listed. */
function stateOf(store: RunStore, id: string): RunState | undefined {
  try {
    return store.read(id).state;
  } catch {
    return undefined;
  }
}
