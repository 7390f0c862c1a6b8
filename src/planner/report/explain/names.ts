import type { UnknownName } from '../../../language/index.js';
import type { HostName, PlanScope } from '../../plan.js';
import type { ExpressionPlace } from '../../values.js';

/** What an operand of a condition is called; undefined where it is no name but a value or something worked out. */
export function nameOf(operand: string, { scope, host }: Pick<ExpressionPlace, 'scope' | 'host'>): string | undefined {
  const [space = '', first = '', second, third] = operand.split('.');
  if (!/^[A-Za-z_][\w.]*$/.test(operand) || first === '') return undefined;
  switch (space) {
    case 'inputs':
      return field(second, `input "${first}"`);
    case 'facts':
      return field(second, titleOf(scope, first));
    case 'host':
      return field(second, `${titleOf(scope, first)} of ${host ?? 'the host'}`);
    case 'hosts':
      return second === undefined ? undefined : field(third, `${titleOf(scope, second)} of ${scope.roles[first]?.[0] ?? first}`);
    case 'steps':
      return `"${spaced(second ?? '')}" of step "${first}"`;
    case 'hop':
      return first === 'to'
        ? field(second, 'the version this hop leads to')
        : first === 'from'
          ? field(second, 'the version this hop starts from')
          : undefined;
    default:
      return undefined;
  }
}

/** A named part of a version: its release, say. */
function field(part: string | undefined, whole: string): string {
  return part === undefined ? whole : `"${spaced(part)}" of ${whole}`;
}

/** What is not known, as a sentence without its full stop. */
export function unknownText(unknown: UnknownName, scope: PlanScope): string {
  switch (unknown.kind) {
    case 'fact':
      return unknownFact(unknown.name, unknown.host, scope);
    case 'step':
      return `"${spaced(unknown.name)}" is found out by step "${unknown.id}"`;
    case 'secret':
      return `secret "${unknown.name}" is known only during the run`;
    case 'other':
      if (unknown.name === 'run.failed') return 'whether the run has failed is known only at its end';
      if (unknown.name === 'hop.from') return 'the installed version is not known yet';
      return `"${unknown.name}" is not known yet`;
  }
}

function unknownFact(name: string, host: HostName | undefined, scope: PlanScope): string {
  const fact = scope.facts[name];
  const of = host === undefined ? '' : ` of ${host}`;
  if (fact?.ask !== undefined && name.startsWith('advisories.')) return `a person must say: ${fact.ask}`;
  const title = titleOf(scope, name);
  return fact?.type === 'boolean' && isClause(title)
    ? `it is not known yet whether ${withinSentence(title)}${host === undefined ? '' : ` (${host})`}`
    : `${title}${of} is not known yet`;
}

/** Title of a fact, or its name in words. */
export function titleOf(scope: PlanScope, name: string): string {
  return scope.facts[name]?.title ?? spaced(name);
}

/** Whether a yes-or-no title is a sentence ("RabbitMQ is used") and not a noun ("Primary web server"). */
export function isClause(title: string): boolean {
  return VERB.test(title);
}

/** The same sentence, denied. */
export function denied(clause: string): string {
  return BE.test(clause) ? clause.replace(BE, '$1 not') : `it is not so that ${withinSentence(clause)}`;
}

const VERB = /\s(?:is|are|was|were|has|have|can|must|runs?|uses?|holds?|needs?)\s/;
const BE = /(?<=\s)(is|are|was|were|can|must)(?=\s)/;

/** A title that begins with an article, as it stands within a sentence. */
export function withinSentence(title: string): string {
  return /^(?:The|A|An|All|Some|There|Each|Every|No|People)\s/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

export function spaced(name: string): string {
  return name.replaceAll('_', ' ');
}
