import type { CelValue } from '../../../language/index.js';
import { compareVersions, splitOutside } from '../../../language/index.js';
import type { ExpressionPlace } from '../../values.js';
import { denied, isClause, nameOf, spaced, titleOf, withinSentence } from './names.js';

type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>';

const OPERATORS: readonly Operator[] = ['==', '!=', '<=', '>=', '<', '>'];

/** The same comparison read from its other side. */
const MIRRORED: Readonly<Record<Operator, Operator>> = { '==': '==', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** What holds when a comparison does, and when it does not. */
const RELATION: Readonly<Record<Exclude<Operator, '==' | '!='>, readonly [holds: string, fails: string]>> = {
  '<': ['below', 'not below'],
  '<=': ['not above', 'above'],
  '>': ['above', 'not above'],
  '>=': ['not below', 'below'],
};

/**
 * How things are, said of one part of a condition that is known to hold or not to hold.
 * `value` gives what an operand is; it is asked only for operands that are known.
 */
export function statement(cel: string, holds: boolean, place: ExpressionPlace, value: (operand: string) => CelValue): string {
  return (
    crossing(cel, holds, place, value) ??
    range(cel, holds, place, value) ??
    comparison(cel, holds, place, value) ??
    plain(cel, holds, place)
  );
}

/** `crosses("10.6")`: from < 10.6 <= to. */
function crossing(cel: string, holds: boolean, place: ExpressionPlace, value: (operand: string) => CelValue): string | undefined {
  const operand = /^crosses\((.+)\)$/s.exec(cel)?.[1];
  const hop = place.scope.hop;
  if (operand === undefined || hop?.from === undefined) return undefined;
  const version = shown(value(operand));
  if (holds)
    return compareVersions(version, hop.to) === 0
      ? `${hop.to} is what this hop leads to`
      : `${version} lies between ${hop.from} and ${hop.to}`;
  return compareVersions(hop.to, version) < 0
    ? `this hop leads to ${hop.to}, which is below ${version}`
    : `this hop starts from ${hop.from}, which is not below ${version}`;
}

/** `host.installed.within(">= 10 < 10.6")`. */
function range(cel: string, holds: boolean, place: ExpressionPlace, value: (operand: string) => CelValue): string | undefined {
  const [, operand, within] = /^([\w.]+)\.within\((.+)\)$/s.exec(cel) ?? [];
  if (operand === undefined || within === undefined) return undefined;
  return `${nameOf(operand, place) ?? operand} is ${shown(value(operand))}, which is ${holds ? '' : 'not '}within ${shown(value(within))}`;
}

function comparison(cel: string, holds: boolean, place: ExpressionPlace, value: (operand: string) => CelValue): string | undefined {
  for (const operator of OPERATORS) {
    const [left, right, ...more] = splitOutside(cel, operator).map((part) => part.trim());
    if (left === undefined || right === undefined || more.length > 0) continue;
    if (counted(left) !== undefined) return counting(left, value);
    const swap = nameOf(left, place) === undefined && nameOf(right, place) !== undefined;
    return compared(swap ? right : left, swap ? MIRRORED[operator] : operator, swap ? left : right, holds, place, value);
  }
  return undefined;
}

function compared(
  left: string,
  operator: Operator,
  right: string,
  holds: boolean,
  place: ExpressionPlace,
  value: (operand: string) => CelValue,
): string | undefined {
  const name = nameOf(left, place);
  if (name === undefined) return undefined;
  const [is, other, otherName] = [shown(value(left)), shown(value(right)), nameOf(right, place)];
  if (operator === '==' || operator === '!=') {
    const same = (operator === '==') === holds;
    if (otherName !== undefined) return same ? `${name} and ${otherName} are both ${is}` : `${name} is ${is}, and ${otherName} is ${other}`;
    return same ? `${name} is ${is}` : `${name} is ${is}, not ${other}`;
  }
  const called = otherName === undefined ? other : `${other} (${otherName})`;
  return `${name} is ${is}, which is ${RELATION[operator][holds ? 0 : 1]} ${called}`;
}

/** `size(hosts.standby)`. */
function counted(operand: string): string | undefined {
  return /^size\(hosts\.(\w+)\)$/.exec(operand)?.[1] ?? /^hosts\.(\w+)\.size\(\)$/.exec(operand)?.[1];
}

function counting(operand: string, value: (operand: string) => CelValue): string {
  const count = Number(value(operand));
  const role = spaced(counted(operand) ?? '');
  return count === 0 ? `no host is ${role}` : count === 1 ? `one host is ${role}` : `${String(count)} hosts are ${role}`;
}

/** A yes-or-no name, a role of the host, the hop; else the expression itself. */
function plain(cel: string, holds: boolean, place: ExpressionPlace): string {
  if (cel === 'true') return 'it has no condition';
  if (cel === 'false') return 'it can never be so';
  if (cel === 'hop.last') return `this is ${holds ? '' : 'not '}the last hop`;
  if (cel === 'run.failed') return `the run has ${holds ? '' : 'not '}failed`;
  const role = /^host\.is\("(\w+)"\)$/.exec(cel)?.[1];
  if (role !== undefined) return `${place.host ?? 'the host'} is ${holds ? '' : 'not '}${spaced(role)}`;
  const fact = /^(?:facts|host|hosts\.\w+)\.(\w+)$/.exec(cel)?.[1];
  const name = nameOf(cel, place);
  if (fact !== undefined && name !== undefined) {
    const title = titleOf(place.scope, fact);
    if (!isClause(title)) return `${name}: ${holds ? 'yes' : 'no'}`;
    const on = name.startsWith(`${title} of `) ? ` (${name.slice(title.length + 4)})` : '';
    return `${withinSentence(holds ? title : denied(title))}${on}`;
  }
  if (name !== undefined) return `${name}: ${holds ? 'yes' : 'no'}`;
  return `"${cel}" ${holds ? 'holds' : 'does not hold'}`;
}

function shown(value: CelValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? (value === '' ? 'empty' : value) : JSON.stringify(value);
}
