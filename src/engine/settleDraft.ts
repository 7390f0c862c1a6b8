import { factKey } from '../events/index.js';
import { factOption, isSettled } from '../planner/index.js';
import type { Draft, GivenFact } from '../planner/index.js';
import type { Engine } from './createEngine.js';
import type { StartOptions } from './engine.js';
import { HumanError } from '../events/index.js';
import type { AskDiscovery, OpenDraft } from './runner/discovery.js';

/** A draft that is the plan to be run, or has problems, and every fact that it was made with. */
export interface SettledDraft {
  readonly draft: Draft;
  readonly facts: StartOptions['facts'];
}

/**
 * Drafts, finds out what the draft lacks, and drafts again, until the plan is the one that will be run: what is found out may show
 * that more must be known. A draft with problems ends it. Throws a HumanError when something decisive is not to be found out.
 */
export async function settleDraft(
  engine: Pick<Engine, 'discover'>,
  draftWith: (facts: readonly GivenFact[]) => Promise<Draft> | Draft,
  given: readonly GivenFact[],
  ask: AskDiscovery,
): Promise<SettledDraft> {
  let facts: StartOptions['facts'] = given;
  const tried = new Set<string>();
  for (;;) {
    const draft = await draftWith(facts);
    if (draft.plan === undefined) return { draft, facts };
    const open = untried(draft, tried);
    if (open.openRoles.length === 0 && open.openFacts.length === 0) {
      if (isSettled(draft)) return { draft, facts };
      throw notFoundOut(draft);
    }
    const found = await engine.discover({ plan: draft.plan, ...open }, facts, ask);
    facts = [...facts, ...found];
  }
}

/** What nobody has been asked for yet; it counts as tried from now on. Roles come first: a fact of the run may name their hosts. */
function untried(draft: Draft, tried: Set<string>): Pick<OpenDraft, 'openRoles' | 'openFacts'> {
  const isNew = (scope: string, fact: string, host: string | undefined): boolean => {
    const key = factKey(scope, fact, host);
    if (tried.has(key)) return false;
    tried.add(key);
    return true;
  };
  const openRoles = draft.openRoles
    .map((role) => ({ ...role, facts: role.facts.filter(({ fact, host }) => isNew(role.scope, fact, host)) }))
    .filter(({ facts }) => facts.length > 0);
  if (openRoles.length > 0) return { openRoles, openFacts: [] };
  return { openRoles, openFacts: draft.openFacts.filter(({ scope, fact, host }) => isNew(scope, fact, host)) };
}

function notFoundOut({ openRoles, openFacts }: Draft): HumanError {
  const [role] = openRoles;
  if (role !== undefined) return new HumanError(`It could not be found out which host is "${role.role}".`, 'Give the facts with --fact.');
  const open = openFacts.find(({ decides }) => decides === 'path');
  const name = open === undefined ? 'The upgrade path' : `"${open.fact}"${open.host === undefined ? '' : ` of ${open.host}`}`;
  const option = open === undefined ? '--fact' : factOption(open.scope, open.fact, open.host);
  return new HumanError(`${name} could not be found out, and without it there is no plan.`, `Give it with ${option}.`);
}

/** Which hosts discovery will ask, and what for, for whoever is to agree to it; undefined when it only asks people. */
export function discoveryText({ plan, openRoles, openFacts }: Draft): string | undefined {
  const wanted = [...openRoles.flatMap(({ scope, facts }) => facts.map((fact) => ({ scope, ...fact }))), ...openFacts].filter(
    ({ scope, fact }) => (plan?.scopes[scope]?.facts[fact]?.read.length ?? 0) > 0,
  );
  if (wanted.length === 0) return undefined;
  const hosts = [...new Set(wanted.map((fact) => fact.host ?? 'this machine'))].join(', ');
  const names = [...new Set(wanted.map(({ fact }) => fact.replaceAll('_', ' ')))].join(', ');
  return `Read-only, the plan is completed with what these say: ${hosts}. They are asked for: ${names}.`;
}
