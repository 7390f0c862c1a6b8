import { nearest } from '../text/nearest.js';
import { ownValue } from '../ownValue.js';

const SPACES = ['inputs', 'facts', 'hosts', 'host', 'steps', 'secrets', 'run'];
const OF_ANSWERS: Readonly<Record<string, string>> = {
  body: 'an "http" probe or step',
  status: 'an "http" probe or step',
  stdout: '"outputs" of a script',
  exit: '"outputs" of a script',
};

/** What the checker of expressions says, in words that tell an author what to do. */
export function celInWords(message: string): string {
  const said = (pattern: RegExp): string | undefined => pattern.exec(message)?.[1];
  const variable = said(/^unknown variable: (\S+)/);
  if (variable !== undefined) return unknownVariable(variable);
  const member = said(/^no such key: (\S+)/);
  if (member !== undefined)
    return `nothing is known here as "${member}"; look at what is declared, and for hosts, at the roles the step is about`;
  const operands = said(/^no such overload: (.+)/);
  if (operands !== undefined)
    return `"${operands}" does not fit together; ${/version/.test(operands) ? 'write the version as version("1.2")' : 'compare values of one type'}`;
  const call = said(/^found no matching overload for '(.+)'/);
  if (call !== undefined) return `there is no function ${call}; check its name and what it is given`;
  const condition = said(/got '(\w+)'/);
  if (/must be bool|requires bool/.test(message))
    return `a condition is needed here, and this gives ${condition ?? 'something else'}; compare it with something`;
  if (/index must be int/.test(message))
    return 'this is a list of hosts; take one by a role of exactly one host, or ask all of them with "all(h, …)" or "exists(h, …)"';
  if (/EOF/.test(message)) return 'the expression ends too early; complete it';
  if (/unterminated string/.test(message)) return 'the closing quote is missing; add it';
  const unexpected = said(/^unexpected (?:character|token): '?(.+?)'?$/);
  if (unexpected !== undefined) return `"${unexpected}" is not expected here; check the operators and brackets before it`;
  return `${message}; correct the expression`;
}

function unknownVariable(name: string): string {
  if (name === 'host') return '"host" is not known here; give the step "on", and leave out "once" where each host is meant';
  const place = ownValue(OF_ANSWERS, name);
  if (place !== undefined) return `"${name}" is known only in ${place}; use a value of the runbook here`;
  const near = nearest(name, SPACES);
  return near === undefined
    ? `"${name}" is not known; names begin with ${SPACES.join(', ')}, and text stands in quotes`
    : `"${name}" is not known; did you mean "${near}"?`;
}
