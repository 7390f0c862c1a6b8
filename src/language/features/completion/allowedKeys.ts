import { ACTIONS } from '../../schema/steps.js';
import type { JsonSchema } from '../../schema/jsonSchema.js';
import { KEYS_OF_GROUPS, KEYS_OF_PEOPLE, KEYS_OF_SCRIPTS } from '../../schema/stepKeys.js';

/** Actions that look again until something holds. */
const LOOKING = ['wait', 'reboot'];
/** Keys of declared values that belong to one type. */
const OF_TYPES: Readonly<Record<string, string>> = { options: 'choice', suffix: 'file', scheme: 'version' };

/** What is known of a mapping beside its keys. */
export interface MappingPlace {
  /** A step of `prerequisites`. */
  readonly isPrerequisite: boolean;
  /** Value of its `type`. */
  readonly type: string | undefined;
  /** It uses another file. */
  readonly usesFile: boolean;
}

/** Keys that may still be added to a mapping and do something there, in the order of the schema. */
export function allowedKeys(schema: JsonSchema, present: ReadonlySet<string>, place: MappingPlace): readonly string[] {
  if (schema.maxProperties !== undefined && present.size >= schema.maxProperties) return [];
  const rivals = (schema.oneOf ?? []).map(({ required: [key] }) => key);
  const excluded = new Set(rivals.some((key) => present.has(key)) ? rivals : []);
  for (const { required } of schema.not?.anyOf ?? []) {
    const [a, b] = required;
    if (present.has(a)) excluded.add(b);
    if (present.has(b)) excluded.add(a);
  }
  const keys = Object.keys(schema.properties ?? {}).filter((key) => !present.has(key) && !excluded.has(key));
  return keys.filter((key) => hasEffect(key, schema, present, place));
}

function hasEffect(key: string, schema: JsonSchema, present: ReadonlySet<string>, place: MappingPlace): boolean {
  const action = ACTIONS.find((name) => present.has(name));
  if (schema.title === 'Step' && action !== undefined && !hasEffectInStep(key, action, present, place)) return false;
  if (schema.title === 'Step' && (key === 'lead_time' || key === 'valid_for')) return place.isPrerequisite;
  if ((schema.title === 'Method' || schema.title === 'Undo' || schema.title === 'Remedy') && action !== undefined)
    return isOfAction(key, action);
  if (schema.properties?.['type'] !== undefined && OF_TYPES[key] !== undefined && place.type !== undefined)
    return place.type === OF_TYPES[key] || (key === 'scheme' && place.type === 'version_range');
  return true;
}

function hasEffectInStep(key: string, action: string, present: ReadonlySet<string>, place: MappingPlace): boolean {
  const isGroup = action === 'steps' || action === 'use';
  if (isGroup && !KEYS_OF_GROUPS.has(key)) return false;
  switch (key) {
    case 'per_hop':
      return isGroup;
    case 'roles':
    case 'with':
      return action === 'use' && place.usesFile;
    case 'pause_between':
      return present.has('serial');
    case 'outputs':
      return ['run', 'http', 'methods'].includes(action);
    case 'every':
      return LOOKING.includes(action) || present.has('verify');
    default:
      return isOfAction(key, action);
  }
}

function isOfAction(key: string, action: string): boolean {
  const isMany = action === 'methods';
  if (key === 'become') return isMany || ['run', 'service', 'reboot'].includes(action);
  if ((KEYS_OF_SCRIPTS as readonly string[]).includes(key)) return action === 'run' || (isMany && key !== 'answers');
  if ((KEYS_OF_PEOPLE as readonly string[]).includes(key)) return action === 'manual' || (isMany && key !== 'evidence');
  return true;
}
