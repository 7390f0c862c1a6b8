import type { JsonSchema } from '../../schema/jsonSchema.js';
import { ownValue } from '../../ownValue.js';

/** Keys that a section of the language reference is about, by its anchor. */
const OF_KEYS: Readonly<Record<string, string>> = {
  roles: 'roles-and-inventories',
  hosts: 'roles-and-inventories',
  on: 'where-a-step-happens-on-from-once',
  from: 'where-a-step-happens-on-from-once',
  once: 'where-a-step-happens-on-from-once',
  serial: 'where-a-step-happens-on-from-once',
  when: 'expressions',
  where: 'expressions',
  that: 'expressions',
  versions: 'expressions',
  facts: 'facts-and-what-is-not-known',
  upgrade: 'upgrade-paths',
  per_hop: 'upgrade-paths',
  stops: 'upgrade-paths',
  instead: 'upgrade-paths',
  advisories: 'advisories',
  run: 'scripts-and-values',
  args: 'scripts-and-values',
  env: 'scripts-and-values',
  answers: 'scripts-and-values',
  outputs: 'scripts-and-values',
  retry: 'scripts-and-values',
  check: 'probes',
  wait: 'probes',
  verify: 'probes',
  unless: 'probes',
  manual: 'gates-and-evidence',
  evidence: 'gates-and-evidence',
  approver: 'gates-and-evidence',
  use: 'reuse',
  procedures: 'reuse',
  methods: 'reuse',
  effects: 'effects-and-what-cannot-be-taken-back',
  stages: 'effects-and-what-cannot-be-taken-back',
  undo: 'effects-and-what-cannot-be-taken-back',
  irreversible: 'effects-and-what-cannot-be-taken-back',
  invariants: 'effects-and-what-cannot-be-taken-back',
  finally: 'effects-and-what-cannot-be-taken-back',
  order: 'order-and-its-proof',
  outage: 'outage',
  prerequisites: 'prerequisites',
  lead_time: 'prerequisites',
  valid_for: 'prerequisites',
  windows: 'windows-blackouts-and-rehearsals',
  blackouts: 'windows-blackouts-and-rehearsals',
  rehearsed_on: 'windows-blackouts-and-rehearsals',
  on_failure: 'when-a-step-fails',
  timeout: 'times',
  estimate: 'times',
  source: 'citations',
  documents: 'citations',
};

/** Mappings without a table of their own. */
const OF_MAPPINGS: Readonly<Record<string, string>> = { Advisory: 'advisories', Period: 'windows-blackouts-and-rehearsals' };

/** The anchor in the language reference for a key: a section that explains it, else the table of the mapping it stands in. */
export function topicOf(key: string, container: JsonSchema | undefined): string {
  const own = ownValue(OF_KEYS, key);
  if (own !== undefined) return own;
  return OF_MAPPINGS[container?.title ?? ''] ?? (container?.title ?? 'keys').toLowerCase();
}
