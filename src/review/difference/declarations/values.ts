import type { Runbook } from '../../../language/index.js';
import type { ChangeKind } from '../kinds.js';
import { isSame } from '../meaning.js';
import type { Data } from '../meaning.js';
import type { World } from '../steps/partPair.js';
import { secretsIn } from '../steps/secrets.js';
import { beforeAfter, quoted, short } from '../words.js';
import { declaredIn } from './documents.js';
import type { Declared } from './documents.js';
import { pairDeclarations } from './pair.js';

/** What is called how in sentences, and which kind of change it is when a key of it differs; every other key is words for people. */
const SORTS = {
  inputs: {
    name: 'input',
    kinds: {
      type: 'input-changed',
      scheme: 'input-changed',
      default: 'input-changed',
      options: 'input-changed',
      pattern: 'input-changed',
      suffix: 'input-changed',
      consequence: 'warning-removed',
    },
  },
  facts: {
    name: 'fact',
    kinds: {
      type: 'fact-changed',
      scheme: 'fact-changed',
      options: 'fact-changed',
      pattern: 'fact-changed',
      on: 'fact-changed',
      read: 'fact-changed',
      ask: 'instruction-changed',
    },
  },
  secrets: { name: 'secret', kinds: { env: 'secret-reachable' } },
  versions: { name: 'version scheme', kinds: { pattern: 'upgrade-changed' } },
  contacts: { name: 'contact', kinds: { url: 'help-changed', phone: 'help-changed', email: 'help-changed' } },
  documents: { name: 'document', kinds: {} },
} as const satisfies Partial<Record<keyof Runbook, { name: string; kinds: Readonly<Record<string, ChangeKind>> }>>;

/** Inputs, facts, secrets, version schemes, contacts and cited documents. */
export function compareValues(world: World): void {
  for (const section of Object.keys(SORTS) as (keyof typeof SORTS)[]) compareSection(section, world);
}

function compareSection(section: keyof typeof SORTS, world: World): void {
  const { recorder, names } = world;
  const { name: sort } = SORTS[section];
  const { pairs, removed, added } = pairDeclarations(declaredIn(world.old, section), declaredIn(world.now, section), names);
  const { root } = world.now;
  const at = { document: root, container: root.value, ...(root.value?.[section] === undefined ? {} : { key: section }) };
  for (const { name, spot } of removed)
    recorder.add('declaration-changed', `the ${sort} ${quoted(name)} is gone`, { old: spot, now: at, about: name });
  for (const { name, spot, written } of added) {
    recorder.add('declaration-changed', `the ${sort} ${quoted(name)} is new: ${short(written)}`, { now: spot, about: name });
    if (section === 'facts') tellSecrets(name, [], secretsIn(written), { now: spot }, world);
  }
  for (const { old, now } of pairs) {
    if (old.name !== now.name) {
      const given = section === 'inputs' ? ': inventories give its value by this name' : '';
      const what = `the ${sort} ${quoted(old.name)} is now called ${quoted(now.name)}${given}`;
      recorder.add(section === 'inputs' ? 'input-changed' : 'renamed', what, { old: old.spot, now: now.spot, about: now.name });
    }
    comparePair(section, old, now, world);
  }
}

function comparePair(section: keyof typeof SORTS, old: Declared, now: Declared, world: World): void {
  const { names, recorder } = world;
  const { name: sort, kinds } = SORTS[section];
  const [before, after] = [names.in(old.spot.document).renamed(asData(old.meaning)) as Data, asData(now.meaning)];
  const [written, rewritten] = [asData(old.written), asData(now.written)];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isSame(listed(key, before[key]), listed(key, after[key]))) continue;
    const kind = (kinds as Readonly<Partial<Record<string, ChangeKind>>>)[key] ?? 'text-changed';
    const spot = ({ spot: { document } }: Declared, data: Data): Declared['spot'] => ({
      document,
      container: data,
      ...(Object.hasOwn(data, key) ? { key } : {}),
    });
    const isTyped = typeof old.written === 'object' && typeof now.written === 'object';
    const spots = isTyped ? { old: spot(old, written), now: spot(now, rewritten) } : { old: old.spot, now: now.spot };
    recorder.add(kind, `${key} of the ${sort} ${quoted(now.name)}: ${beforeAfter(written[key], rewritten[key])}`, { ...spots, about: key });
  }
  if (section === 'facts') tellSecrets(now.name, secretsIn(before), secretsIn(after), { old: old.spot, now: now.spot }, world);
}

function tellSecrets(
  name: string,
  before: readonly string[],
  after: readonly string[],
  spots: { old?: Declared['spot']; now: Declared['spot'] },
  { recorder }: World,
): void {
  for (const secret of after)
    if (!before.includes(secret))
      recorder.add('secret-reachable', `the fact ${quoted(name)} can now see the secret ${quoted(secret)}`, {
        ...spots,
        about: `secrets.${secret}`,
      });
}

/** One probe or role may stand for a list of one. */
function listed(key: string, value: unknown): unknown {
  return (key === 'read' || key === 'on') && value !== undefined ? [value].flat() : value;
}

function asData(value: unknown): Data {
  return typeof value === 'object' && value !== null ? (value as Data) : { type: value };
}
