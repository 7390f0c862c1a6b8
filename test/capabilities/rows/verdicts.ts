import { evaluate, NOTHING_LIVE } from '../../../src/planner/index.js';
import { UnknownValue } from '../../../src/language/index.js';
import { SECRET_SERVER, SECRET_SERVER_LAB } from '../circumstances.js';
import type { Circumstances, Examples } from '../examples.js';

export interface Verdict {
  readonly hop: number;
  /** `asked`: only a person can tell. */
  readonly applies: boolean | 'asked';
}

/** Whether an advisory of the Secret Server example applies, hop by hop. */
export async function verdictsOf(
  examples: Examples,
  id: string,
  circumstances: Circumstances,
  inventory = SECRET_SERVER_LAB,
): Promise<readonly Verdict[]> {
  const plan = await examples.plan(SECRET_SERVER, inventory, circumstances);
  const scope = plan.scopes['main'];
  if (scope?.advisories[id] === undefined) throw new Error(`there is no advisory "${id}"`);
  const facts = circumstances.facts ?? {};
  const live = {
    ...NOTHING_LIVE,
    fact: (_scope: string, name: string, host: string | undefined) => facts[host === undefined ? name : `${name}@${host}`],
  };
  return (scope.hops ?? []).map((hop): Verdict => {
    const place = { scope: { ...scope, hop }, hosts: plan.hosts, hostRoles: [], host: undefined };
    try {
      return { hop: hop.number, applies: evaluate(`advisories.${id}`, place, live) === true };
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      return { hop: hop.number, applies: 'asked' };
    }
  });
}
