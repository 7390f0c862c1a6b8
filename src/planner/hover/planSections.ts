import { asCode, asText } from '../../language/index.js';
import type { HoverSubject } from '../../language/index.js';
import { isSettled } from '../draft.js';
import type { Plan, PlanScope } from '../plan.js';
import { reportAdvisories } from '../report/advisories.js';
import { knownBefore } from '../report/givenFacts.js';
import type { PlannedDraft } from '../report/reportOf.js';
import { verdictsOf } from '../report/words/advisoryWords.js';
import { namedHosts } from './namedHosts.js';
import { stepSections } from './stepSections.js';

/** Different values or reasons that are told of one thing. */
const MOST_VALUES = 6;

/** What is hovered over, as the plan knows it. */
export interface PlannedSubject extends Pick<HoverSubject, 'kind' | 'name' | 'owner'> {
  /** The file as the plan names it. */
  readonly file: string;
  /** Line (1-based) where the innermost step around it begins; absent outside of steps. */
  readonly line?: number;
}

/**
 * What a plan adds to an explanation: values, hosts, what an advisory does, what a step or a `use` becomes. Markdown, short; none where the plan
 * knows nothing of it. Of secrets nothing is ever said.
 */
export function planSections(draft: PlannedDraft, subject: PlannedSubject): readonly string[] {
  const { plan } = draft;
  const found = sectionsFor(draft, subject);
  const where = `On ${asText(plan.environment.title)}${isSettled(draft) ? '' : ', as far as it is known yet'}`;
  return found.length === 0 ? [] : [`${where}: ${found.join('\n')}`];
}

function sectionsFor(draft: PlannedDraft, subject: PlannedSubject): readonly string[] {
  const { plan } = draft;
  const scopes = Object.values(plan.scopes).filter(({ file }) => file === subject.file);
  switch (subject.kind) {
    case 'input':
      return either(scopes.flatMap(({ inputs }) => (Object.hasOwn(inputs, subject.name) ? [asCode(String(inputs[subject.name]))] : [])));
    case 'variable':
      return variableText(plan, scopes, subject);
    case 'role':
      return roleText(draft, scopes, subject.name);
    case 'advisory':
      return advisoryText(plan, subject);
    case 'step':
    case 'use':
    case 'key':
      return stepSections(draft, subject);
    default:
      return [];
  }
}

/** Where a file is used several times, each use may have values of its own. */
function either(texts: readonly string[]): readonly string[] {
  const different = [...new Set(texts)];
  return different.length === 0 ? [] : [different.join(' or ')];
}

function roleText({ openRoles }: PlannedDraft, scopes: readonly PlanScope[], name: string): readonly string[] {
  const open = openRoles.find(({ role }) => role === name);
  if (open !== undefined) return [`one of ${namedHosts(open.of)}; the hosts are asked which one`];
  const bound = scopes.flatMap(({ roles }) => (Object.hasOwn(roles, name) ? [roles[name] ?? []] : []));
  return either(bound.map((hosts) => (hosts.length === 0 ? 'no host has this role' : namedHosts(hosts))));
}

function variableText(plan: Plan, scopes: readonly PlanScope[], { name, owner }: PlannedSubject): readonly string[] {
  const hosts = new Set(scopes.flatMap(({ roles }) => (owner === undefined ? Object.values(roles).flat() : (roles[owner] ?? []))));
  const byValue = new Map<string, string[]>();
  for (const host of hosts) {
    const value = plan.hosts[host]?.vars[name];
    if (value !== undefined) byValue.set(String(value), [...(byValue.get(String(value)) ?? []), host]);
  }
  const told = [...byValue].map(([value, having]) => `${asCode(value)} (${namedHosts(having)})`);
  return told.length === 0 ? [] : [told.slice(0, MOST_VALUES).join(', ') + (told.length > MOST_VALUES ? ', …' : '')];
}

function advisoryText(plan: Plan, { file, name }: PlannedSubject): readonly string[] {
  const path = { hops: (plan.scopes['main']?.hops ?? []).map(({ number, to, last }) => ({ number, to, last, steps: [] })) };
  const found = reportAdvisories(plan, knownBefore(plan, [])).filter((advisory) => advisory.id === name && advisory.file === file);
  return [...new Set(found.flatMap((advisory) => verdictsOf(advisory, path).map(({ text }) => asText(text))))].slice(0, MOST_VALUES);
}
