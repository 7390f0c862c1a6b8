import { ExpressionError, UnknownValue } from '../../../language/index.js';
import type { CelValue } from '../../../language/index.js';
import type { HostName } from '../../plan.js';
import { advisoryFact, evaluate } from '../../values.js';
import type { ExpressionPlace, LiveValues } from '../../values.js';
import { booleanParts } from './booleanParts.js';
import type { BooleanParts } from './booleanParts.js';
import { spaced, unknownText } from './names.js';
import { statement } from './statements.js';

/** Whether a condition holds, with the reason as a sentence without its full stop. `asked`: nobody knows yet. */
export interface Explanation {
  readonly verdict: 'yes' | 'no' | 'asked';
  readonly because: string;
}

/** Where a condition stands, with what its advisories are called. */
export interface ExplainedPlace extends ExpressionPlace {
  readonly advisoryTitles?: Readonly<Record<string, string>>;
}

/** Says whether a condition holds at a place and why, by those of its parts that decide it. Never throws on what is unknown. */
export function explain(cel: string, place: ExplainedPlace, live: LiveValues): Explanation {
  const { verdict, reasons } = judge(booleanParts(cel), place, live);
  return { verdict, because: sentence([...new Set(reasons)]) };
}

/** Whether an advisory applies to the hop of a scope, or to what is done as a whole where the scope has none. */
export function explainAdvisory(id: string, place: ExplainedPlace, live: LiveValues): Explanation {
  const { verdict, reasons } = judgeAdvisoryIn(id, place, live);
  return { verdict, because: sentence([...new Set(reasons)]) };
}

interface Judged {
  readonly verdict: Explanation['verdict'];
  /** Clauses that are joined with "and"; with `but` between what is known and what is not. */
  readonly reasons: readonly string[];
}

function judge(parts: BooleanParts, place: ExplainedPlace, live: LiveValues): Judged {
  switch (parts.kind) {
    case 'leaf':
      return judgeLeaf(parts.cel, place, live);
    case 'not': {
      const { verdict, reasons } = judge(parts.part, place, live);
      return { verdict: verdict === 'asked' ? 'asked' : verdict === 'yes' ? 'no' : 'yes', reasons };
    }
    case 'all':
      return joined(
        parts.parts.map((part) => judge(part, place, live)),
        'no',
        'yes',
      );
    case 'any':
      return joined(
        parts.parts.map((part) => judge(part, place, live)),
        'yes',
        'no',
      );
  }
}

/** One part that is `decisive` settles the whole; else one that is unknown leaves it open. */
function joined(parts: readonly Judged[], decisive: 'yes' | 'no', otherwise: 'yes' | 'no'): Judged {
  const settling = parts.filter(({ verdict }) => verdict === decisive);
  if (settling.length > 0) {
    const named = decisive === 'yes' ? settling.slice(0, 1) : settling;
    return { verdict: decisive, reasons: named.flatMap(({ reasons }) => reasons) };
  }
  const open = parts.filter(({ verdict }) => verdict === 'asked');
  if (open.length === 0) return { verdict: otherwise, reasons: parts.flatMap(({ reasons }) => reasons) };
  const known = otherwise === 'yes' ? parts.filter(({ verdict }) => verdict === 'yes').flatMap(({ reasons }) => reasons) : [];
  const unknown = open.flatMap(({ reasons }) => reasons);
  return { verdict: 'asked', reasons: known.length === 0 ? unknown : [`${sentence(known)}, but ${sentence([...new Set(unknown)])}`] };
}

function judgeLeaf(cel: string, place: ExplainedPlace, live: LiveValues): Judged {
  const advisory = /^advisories\.(\w+)$/.exec(cel)?.[1];
  if (advisory !== undefined) return judgeAdvisory(advisory, place, live);
  const quantified = quantifierOf(cel);
  if (quantified !== undefined) return judgeHosts(quantified, place, live);
  const value = (operand: string): CelValue => evaluate(operand, place, live);
  try {
    const holds = value(cel) === true;
    return { verdict: holds ? 'yes' : 'no', reasons: [statement(cel, holds, place, value)] };
  } catch (error) {
    if (error instanceof UnknownValue) return { verdict: 'asked', reasons: [unknownText(error.unknown, place.scope)] };
    if (error instanceof ExpressionError) return { verdict: 'asked', reasons: [`"${cel}" cannot be worked out: ${error.message}`] };
    throw error;
  }
}

/** In a hop: the reason of the advisory itself. Outside of one: it applies to any hop, or to none. */
function judgeAdvisory(id: string, place: ExplainedPlace, live: LiveValues): Judged {
  const { scope } = place;
  const hops = scope.hop === undefined && scope.hops !== undefined ? scope.hops : [scope.hop];
  const judged = hops.map((hop) => judgeAdvisoryIn(id, { ...place, scope: hop === undefined ? scope : { ...scope, hop } }, live));
  const { verdict, reasons } = joined(judged, 'yes', 'no');
  if (verdict === 'asked') return { verdict, reasons };
  const said = `the advisory "${advisoryTitle(id, place)}" ${verdict === 'yes' ? 'applies' : 'does not apply'}`;
  return { verdict, reasons: [reasons.length === 0 ? said : `${said}: ${sentence([...new Set(reasons)])}`] };
}

/** What was judged over the same values: advisories that are built on each other would be judged again and again. */
const judgedBefore = new WeakMap<LiveValues, Map<string, Judged>>();

function judgeAdvisoryIn(id: string, place: ExplainedPlace, live: LiveValues): Judged {
  const known = judgedBefore.get(live) ?? new Map<string, Judged>();
  judgedBefore.set(live, known);
  const { scope } = place;
  const key = `${scope.id} ${String(scope.hop?.number)} ${id}`;
  const judged = known.get(key) ?? judgeAnew(id, place, live);
  known.set(key, judged);
  return judged;
}

/** A person is asked only where the vendor's words leave it open. */
function judgeAnew(id: string, { scope, hosts, advisoryTitles = {} }: ExplainedPlace, live: LiveValues): Judged {
  const { when, unsureWhen } = scope.advisories[id] ?? { when: 'false' };
  const place: ExplainedPlace = { scope, hosts, hostRoles: [], host: undefined, advisoryTitles };
  if (when === undefined && unsureWhen === undefined) return { verdict: 'yes', reasons: ['it has no condition'] };
  const certain = when === undefined ? undefined : judge(booleanParts(when), place, live);
  if (certain !== undefined && (certain.verdict !== 'no' || unsureWhen === undefined)) return certain;
  const unsure = judge(booleanParts(unsureWhen ?? 'false'), place, live);
  if (unsure.verdict !== 'yes')
    return certain === undefined || unsure.verdict === 'asked' ? unsure : joined([certain, unsure], 'yes', 'no');
  const name = advisoryFact(id);
  const answer = live.fact(scope.factScope, name, undefined);
  if (answer === undefined) {
    const question = unknownText({ kind: 'fact', name, host: undefined }, scope);
    return { verdict: 'asked', reasons: [`${sentence([...new Set(unsure.reasons)])}, but ${question}`] };
  }
  const applies = answer === true;
  return { verdict: applies ? 'yes' : 'no', reasons: [`a person has said that it ${applies ? 'applies' : 'does not apply'}`] };
}

function advisoryTitle(id: string, { advisoryTitles, scope }: ExplainedPlace): string {
  return advisoryTitles?.[id] ?? scope.facts[advisoryFact(id)]?.title ?? spaced(id);
}

interface Quantifier {
  readonly role: string;
  readonly kind: 'all' | 'exists';
  /** About `host`. */
  readonly condition: string;
}

/** `hosts.web.exists(h, h.rabbitmq)`. */
function quantifierOf(cel: string): Quantifier | undefined {
  const [, role, kind, variable, body] = /^hosts\.(\w+)\.(all|exists)\(\s*(\w+)\s*,(.+)\)$/s.exec(cel) ?? [];
  if (role === undefined || variable === undefined || body === undefined) return undefined;
  return { role, kind: kind as 'all' | 'exists', condition: body.replace(new RegExp(`(?<![\\w."'])${variable}\\.`, 'g'), 'host.') };
}

function judgeHosts({ role, kind, condition }: Quantifier, place: ExplainedPlace, live: LiveValues): Judged {
  const hosts: readonly HostName[] = place.scope.roles[role] ?? [];
  if (hosts.length === 0) return { verdict: kind === 'all' ? 'yes' : 'no', reasons: [`no host is ${spaced(role)}`] };
  const parts = booleanParts(condition);
  const judged = hosts.map((host) => judge(parts, { ...place, hostRoles: [role], host }, live));
  return kind === 'all' ? joined(judged, 'no', 'yes') : joined(judged, 'yes', 'no');
}

function sentence(clauses: readonly string[]): string {
  if (clauses.length <= 1) return clauses[0] ?? '';
  return `${clauses.slice(0, -1).join(', ')}${clauses.length > 2 || clauses.some((clause) => clause.includes(',')) ? ',' : ''} and ${clauses.at(-1) ?? ''}`;
}
