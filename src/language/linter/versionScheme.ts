import { parseTemplate, wholeExpression } from '../expressions/index.js';
import type { Range } from '../text/range.js';
import type { Declarations } from './rule.js';

/** The scheme that a version is written in; without a pattern, dotted numbers will do. */
export interface SchemeHere {
  readonly name?: string;
  readonly pattern?: string;
}

/** Longer than any name: how far the other side is looked for. */
const NEAR = 200;

/** Scheme of the versions on the upgrade path: that of the installed fact. */
export function schemeOfUpgrade(runbook: Declarations): SchemeHere {
  const installed = runbook.upgrade?.installed;
  return installed === undefined ? onlyScheme(runbook) : schemeNamed(runbook, factOf(runbook, installed)?.scheme);
}

/** The input that an upgrade leads to; undefined when `to` is no input by itself. */
export function targetInput(runbook: Declarations): string | undefined {
  const whole = runbook.upgrade === undefined ? undefined : wholeExpression(parseTemplate(runbook.upgrade.to));
  return whole === undefined ? undefined : /^\s*inputs\.(\w+)\s*$/.exec(whole)?.[1];
}

/** Scheme of what stands on the other side of a comparison, or before `.within`. */
export function schemeBeside(cel: string, literal: Range, runbook: Declarations): SchemeHere {
  const start = Math.max(0, literal.start - NEAR);
  const before = /([\w.]+)\s*(?:[<>=!]=?|\.(?=\s*$))\s*$/.exec(cel.slice(start, literal.start).replace(/within\s*\(\s*$/, ''))?.[1];
  const after = /^\s*[<>=!]=?\s*([\w.]+)/.exec(cel.slice(literal.end, literal.end + NEAR))?.[1];
  const path = (before ?? after)?.replace(/\.$/, '');
  if (path === undefined) return onlyScheme(runbook);
  if (/^hop\.(?:from|to)$/.test(path)) return schemeOfUpgrade(runbook);
  const [space = '', ...rest] = path.split('.');
  const name = rest.at(-1) ?? '';
  const declared = space === 'inputs' ? own(runbook.inputs, name) : (factOf(runbook, name) ?? variableOf(runbook, name));
  return declared === undefined ? onlyScheme(runbook) : schemeNamed(runbook, declared.scheme);
}

function factOf(runbook: Declarations, name: string): { readonly scheme?: string } | undefined {
  return own(runbook.facts, name);
}

function variableOf(runbook: Declarations, name: string): { readonly scheme?: string } | undefined {
  const declared = Object.values(runbook.roles ?? {}).flatMap(({ vars }) => own(vars, name) ?? []);
  return declared.map((one) => (typeof one === 'string' ? {} : one))[0];
}

function schemeNamed(runbook: Declarations, name: string | undefined): SchemeHere {
  const scheme = name === undefined ? undefined : own(runbook.versions, name);
  return name === undefined || scheme === undefined ? {} : { name, pattern: scheme.pattern };
}

/** Where nothing says which scheme is meant, and there is but one, it is that one. */
function onlyScheme(runbook: Declarations): SchemeHere {
  const [only, ...more] = Object.keys(runbook.versions ?? {});
  return more.length > 0 ? {} : schemeNamed(runbook, only);
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
