import { compareVersions, isWithin, parseVersionRange } from '../../language/index.js';
import type { ParsedRunbook, Runbook } from '../../language/index.js';
import { hostsOfRoles } from '../bind.js';
import type { HostName, PlainValue, PlanHop, PlanScope } from '../plan.js';
import type { Problems } from '../problem.js';
import { hopsBetween } from './path.js';

/** The fact of a run in which a person says where an upgrade starts, when the hosts do not agree. */
export const START_FACT = 'upgrade.from';

/** What must be found out before the path is known. */
export interface MissingVersion {
  readonly fact: string;
  readonly host?: HostName;
}

export interface JudgedPath {
  readonly hops: readonly PlanHop[];
  readonly missing: readonly MissingVersion[];
}

/** What is known of a scope while its path is judged. */
export interface PathFacts {
  /** Version to begin with, where another path has led here. */
  readonly from: string | undefined;
  readonly to: PlainValue | undefined;
  fact(name: string, host: HostName | undefined): PlainValue | undefined;
}

/** Works out the path of a runbook, or what must be known first. What cannot be upgraded this way is a problem. */
export function judgePath(document: ParsedRunbook, scope: PlanScope, facts: PathFacts, problems: Problems): JudgedPath {
  const upgrade = (document.value as Runbook).upgrade;
  if (upgrade === undefined || facts.to === undefined) return { hops: [], missing: [] };
  const to = String(facts.to);
  const start = startOf(upgrade.installed, scope, facts);
  if ('missing' in start) return { hops: [{ number: 1, last: true, to }], missing: start.missing };
  const from = start.version;
  const add = (code: string, message: string): JudgedPath => {
    problems.add(document, code, message, document.value, 'upgrade');
    return { hops: [], missing: [] };
  };
  if (compareVersions(from, to) > 0)
    return add('downgrade', `${from} is installed and ${to} is older; an upgrade goes to a newer version. Choose another target`);
  const range = upgrade.supported === undefined ? undefined : parseVersionRange(upgrade.supported.range);
  if (range !== undefined && !isWithin(from, range))
    return add(
      'unsupported-version',
      `${from} is installed, and this procedure is for ${upgrade.supported?.range ?? ''}; ${whomToAsk(document)}`,
    );
  const hops = hopsBetween(from, to, upgrade.stops ?? []);
  if (hops === undefined) return add('endless-path', `the stops between ${from} and ${to} lead on for ever; correct "stops"`);
  return { hops, missing: [] };
}

/** Hosts that differ are a question: which of their versions counts cannot be derived. */
function startOf(
  installed: string,
  scope: PlanScope,
  facts: PathFacts,
): { readonly version: string } | { readonly missing: readonly MissingVersion[] } {
  if (facts.from !== undefined) return { version: facts.from };
  const said = facts.fact(START_FACT, undefined);
  if (said !== undefined) return { version: String(said) };
  const declared = scope.facts[installed];
  const hosts: readonly (HostName | undefined)[] = declared?.on === undefined ? [undefined] : hostsOfRoles(declared.on, scope.roles);
  const missing: MissingVersion[] = [];
  const versions: string[] = [];
  for (const host of hosts) {
    const value = facts.fact(installed, host);
    if (value === undefined) missing.push({ fact: installed, ...(host === undefined ? {} : { host }) });
    else if (!versions.some((known) => compareVersions(known, String(value)) === 0)) versions.push(String(value));
  }
  if (missing.length > 0) return { missing };
  const [version] = versions;
  return version === undefined || versions.length > 1 ? { missing: [{ fact: START_FACT }] } : { version };
}

function whomToAsk(document: ParsedRunbook): string {
  const runbook = document.value as Runbook;
  const id = runbook.upgrade?.supported?.otherwise;
  const contact = id === undefined ? undefined : runbook.contacts?.[id];
  if (contact === undefined) return 'ask the vendor how to upgrade it';
  const ways = [contact.url, contact.email, contact.phone].filter((way) => way !== undefined);
  return `ask ${contact.title}${ways.length === 0 ? '' : ` (${ways.join(', ')})`}`;
}
