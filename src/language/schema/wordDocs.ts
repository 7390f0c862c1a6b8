import type { EffectName } from './steps.js';
import type { Platform, ValueType } from './runbookSchema.js';

const EFFECTS: Readonly<Record<EffectName, string>> = {
  backup: 'Something is saved, so that it can be brought back.',
  stop: 'The service goes down.',
  start: 'The service comes up.',
  boot: 'The host starts anew.',
  upgrade: 'Another version is installed.',
  isolate: 'The host is taken out of the common work: of a cluster, a pool, a load balancer.',
  rejoin: 'The host is taken back into the common work.',
  configure: 'Settings change.',
  destroy: 'Something is removed for good.',
};

const TYPES: Readonly<Record<ValueType, string>> = {
  string: 'Any text.',
  boolean: '`true` or `false`.',
  integer: 'A whole number.',
  version: 'A version, such as `"11.6.0"`. Versions compare by their numbers.',
  version_range: 'A range of versions, such as `">= 7.1 < 8"`.',
  url: 'A web address that begins with `http://` or `https://`.',
  address: 'A host name or an IP address.',
  path: 'A path on a host.',
  port: 'A number from 1 to 65535.',
  file: 'A file of the operator’s machine. Its SHA-256 is kept.',
  duration: 'A length of time, such as `90s` or `1h30m`.',
  choice: 'One of `options`.',
};

const PLATFORMS: Readonly<Record<Platform, string>> = { linux: 'Linux.', macos: 'macOS.', windows: 'Windows.' };

const SEVERITIES: Readonly<Record<string, string>> = {
  note: 'Good to know.',
  important: 'Must be known to succeed.',
  warning: 'Something may go wrong.',
  caution: 'Something may be lost.',
};

/** By the words that stand together: what each of them means. */
const WORD_LISTS: readonly Readonly<Record<string, string>>[] = [
  EFFECTS,
  TYPES,
  PLATFORMS,
  SEVERITIES,
  { started: 'It runs afterwards.', stopped: 'It does not run afterwards.', restarted: 'It is stopped if it runs, and started.' },
  { present: 'It is there.', absent: 'It is not there.' },
  { open: 'Something listens on it.', closed: 'Nothing listens on it.' },
  {
    reachable: 'Its SSH port answers.',
    unreachable: 'Its SSH port does not answer.',
    rebooted: 'Its boot id differs from the one seen when the run began.',
  },
  { first: 'The first of them, by the order in the inventory.', last: 'The last of them, by the order in the inventory.' },
  { all: 'All hosts of the first side, before any of the second.', host: 'Each host by itself, when both sides are about the same hosts.' },
  { start: 'Before the first step.', end: 'After the last step.' },
  {
    nothing: 'It is only shown.',
    acknowledgement: 'A person confirms it before the first step.',
    stop: 'Where it applies, the run does not begin.',
  },
  {
    ssh: 'Commands go over SSH.',
    local: 'It is the machine of the operator.',
    none: 'Nothing is run on it; only people and web requests reach it.',
  },
  { sh: 'Run as `sh -eu`.', bash: 'Run as `bash -eu`.', powershell: 'Run with `$ErrorActionPreference = "Stop"`. The default on Windows.' },
  { other_person: 'Somebody other than the operator must answer.' },
  { mon: 'Monday.', tue: 'Tuesday.', wed: 'Wednesday.', thu: 'Thursday.', fri: 'Friday.', sat: 'Saturday.', sun: 'Sunday.' },
];

/** What a word of an enumeration means, among the words it stands with. Undefined for those that say it themselves, such as `GET`. */
export function wordDoc(word: string, among: readonly string[]): string | undefined {
  const list = WORD_LISTS.find((words) => among.every((other) => Object.hasOwn(words, other)));
  return list?.[word];
}
