import type { Draft } from '../draft.js';
import { factOption } from '../factOption.js';
import type { Plan } from '../plan.js';
import type { ReportQuestion } from './planReport.js';

/** What is still open: first what the path depends on, then the advisories, then what steps may come to need. */
export function reportQuestions(draft: Pick<Draft, 'openFacts' | 'questions'>, plan: Plan): readonly ReportQuestion[] {
  const deciding = draft.openFacts.map((open) => question(plan, open.scope, open.fact, open.host, open.decides));
  const isDeciding = (scope: string, fact: string, host: string | undefined): boolean =>
    draft.openFacts.some((open) => open.scope === scope && open.fact === fact && open.host === host);
  const rest = draft.questions.filter(({ scope, fact, host }) => !isDeciding(scope, fact, host));
  const order = ['path', 'advisory', 'steps'];
  return [...deciding, ...rest.map(({ scope, fact, host }) => question(plan, scope, fact, host, 'steps'))].sort(
    (a, b) => order.indexOf(a.decides) - order.indexOf(b.decides),
  );
}

function question(plan: Plan, scopeId: string, fact: string, host: string | undefined, decides: ReportQuestion['decides']): ReportQuestion {
  const scope = plan.scopes[scopeId];
  const declared = scope?.facts[fact];
  return {
    fact,
    ...(host === undefined ? {} : { host }),
    text: declared?.ask ?? declared?.title ?? `What is ${fact.replaceAll('_', ' ')}?`,
    asked_of: (declared?.read.length ?? 0) > 0 ? 'hosts' : 'person',
    decides,
    file: scope?.file ?? '',
    ...(scopeId === 'main' ? {} : { used_by: scopeId }),
    option: factOption(scopeId, fact, host),
  };
}
