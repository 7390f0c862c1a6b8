import type { Plan } from '../../planner/index.js';
import type { EngineOptions } from '../engine.js';
import type { LocalOptions } from '../transports/local/localConnection.js';
import type { Masker } from './masker.js';
import { variableOf } from './sources/index.js';

/**
 * The options for connections of a plan: what a person types to log in is known to the mask, because a host may print it, and no command on
 * this machine inherits the variables secrets are taken from.
 */
export function withSecretsKept(
  options: EngineOptions,
  plan: Pick<Plan, 'secrets'>,
  masker: Masker,
): EngineOptions & Pick<LocalOptions, 'withheldVariables'> {
  const { ssh } = options;
  return {
    ...options,
    withheldVariables: Object.entries(plan.secrets).map(([name, declared]) => variableOf(name, declared)),
    ssh: {
      ...ssh,
      askSecret: async (prompt) => {
        const typed = await ssh.askSecret(prompt);
        if (typed !== undefined) masker.register(typed);
        return typed;
      },
    },
  };
}
