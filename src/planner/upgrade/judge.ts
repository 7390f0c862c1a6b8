import { checkValue, compareVersions, isWithin, parseVersionRange } from '../../language/index.js';
import type { ParsedRunbook, Runbook } from '../../language/index.js';
import { hostsOfRoles } from '../bind.js';
import type { HostName, PlainValue, PlanHop, PlanScope } from '../plan.js';
import type { Problems } from '../problem.js';
import { hopsBetween, missedStop } from './path.js';

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
  if (upgrade === undefined || facts.to === undefined) return NO_PATH;
  const to = String(facts.to);
  const add = (code: string, message: string): JudgedPath => {
    problems.add(document, code, message, document.value, 'upgrade');
    return NO_PATH;
  };
  const isVersion = (value: PlainValue): boolean => checkValue(scope.facts[upgrade.installed] ?? ANY_VERSION, value) === undefined;
  if (!isVersion(to)) {
    // The input it comes from has been told of; there is no path to a version that is none.
    if (problems.list.length > 0) return NO_PATH;
    return add('target-version', `the target is "${to}", and the hosts have no such versions; correct "to", or what it is taken from`);
  }
  const known = versionsOf(upgrade.installed, scope, facts);
  // A version that is said is planned with, though the hosts are still to be asked before anything runs.
  const isSaid = facts.from !== undefined || facts.fact(START_FACT, undefined) !== undefined;
  if (known.missing.length > 0 && !isSaid) return { hops: [{ number: 1, last: true, to }], missing: known.missing };
  // A fact that is no version is a problem of its own.
  if (!known.versions.every(({ version }) => isVersion(version))) return NO_PATH;
  const start = startOf(known.missing.length > 0 ? [] : known.versions, facts);
  if (start.kind === 'missing') return { hops: [{ number: 1, last: true, to }], missing: [{ fact: START_FACT }] };
  if (!isVersion(start.version)) return NO_PATH;
  if (start.kind === 'nowhere') {
    const found = known.versions.map(({ host, version }) => (host === undefined ? version : `${host} has ${version}`)).join(', ');
    const message = `the upgrade is to start from ${start.version}, and no host has that version: ${found}; give the version of one of them`;
    return add('start-version', message);
  }
  const from = start.version;
  const differ = known.versions.some(({ version }) => compareVersions(version, from) !== 0);
  const starts: readonly Installed[] = differ ? known.versions : [{ version: from }];
  const range = upgrade.supported === undefined ? undefined : parseVersionRange(upgrade.supported.range);
  for (const { host, version } of starts) {
    const installed = `${version} is installed${host === undefined ? '' : ` on ${host}`}`;
    if (compareVersions(version, to) > 0)
      return add('downgrade', `${installed} and ${to} is older; an upgrade goes to a newer version. Choose another target`);
    if (range !== undefined && !isWithin(version, range))
      return add(
        'unsupported-version',
        `${installed}, and this procedure is for ${upgrade.supported?.range ?? ''}; ${whomToAsk(document)}`,
      );
  }
  const hops = hopsBetween(from, to, upgrade.stops ?? []);
  if (hops === undefined) return add('endless-path', `the stops between ${from} and ${to} lead on for ever; correct "stops"`);
  const missed = missedStop(hops, upgrade.stops ?? []);
  if (missed !== undefined)
    return add(
      'missed-stop',
      `the stop at ${missed.stop.via} applies from ${missed.hop.from ?? from} to ${missed.hop.to}, and does not lie between; correct "from", "to" or "via" of this stop`,
    );
  return { hops, missing: known.missing };
}

const NO_PATH: JudgedPath = { hops: [], missing: [] };
const ANY_VERSION = { type: 'version' } as const;

/** A version that is installed on a host, or on all where it is known once for the run. */
interface Installed {
  readonly host?: HostName;
  readonly version: string;
}

/** Installed versions by host, and those that nobody has found out yet. Nothing is asked where another path has led here. */
function versionsOf(
  installed: string,
  scope: PlanScope,
  facts: PathFacts,
): { readonly versions: readonly Installed[]; readonly missing: readonly MissingVersion[] } {
  if (facts.from !== undefined) return { versions: [], missing: [] };
  const declared = scope.facts[installed];
  const hosts: readonly (HostName | undefined)[] = declared?.on === undefined ? [undefined] : hostsOfRoles(declared.on, scope.roles);
  const missing: MissingVersion[] = [];
  const versions: Installed[] = [];
  for (const host of hosts) {
    const value = facts.fact(installed, host);
    const at = host === undefined ? {} : { host };
    if (value === undefined) missing.push({ fact: installed, ...at });
    else versions.push({ ...at, version: String(value) });
  }
  return { versions, missing };
}

/** Hosts that differ are a question: which of their versions counts cannot be derived. Nobody can answer with a version that none has. */
function startOf(
  known: readonly Installed[],
  facts: PathFacts,
): { readonly kind: 'known' | 'nowhere'; readonly version: string } | { readonly kind: 'missing' } {
  if (facts.from !== undefined) return { kind: 'known', version: facts.from };
  const said = facts.fact(START_FACT, undefined);
  if (said !== undefined) {
    const version = String(said);
    const isSomewhere = known.length === 0 || known.some((one) => compareVersions(one.version, version) === 0);
    return { kind: isSomewhere ? 'known' : 'nowhere', version };
  }
  const [first, ...more] = known;
  return first === undefined || more.some(({ version }) => compareVersions(version, first.version) !== 0)
    ? { kind: 'missing' }
    : { kind: 'known', version: first.version };
}

function whomToAsk(document: ParsedRunbook): string {
  const runbook = document.value as Runbook;
  const id = runbook.upgrade?.supported?.otherwise;
  const contact = id === undefined ? undefined : runbook.contacts?.[id];
  if (contact === undefined) return 'ask the vendor how to upgrade it';
  const ways = [contact.url, contact.email, contact.phone].filter((way) => way !== undefined);
  return `ask ${contact.title}${ways.length === 0 ? '' : ` (${ways.join(', ')})`}`;
}
