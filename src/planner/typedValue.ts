import type { ValueType } from '../language/index.js';
import type { PlainValue } from './plan.js';

/** Text that came from outside (a command line, an output, a person) as a value of its declared type; text that is none stays text. */
export function typedValue(value: PlainValue, type: ValueType | undefined): PlainValue {
  if (typeof value !== 'string') return value;
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if ((type === 'integer' || type === 'port') && /^-?\d{1,15}$/.test(value)) return Number(value);
  return value;
}
