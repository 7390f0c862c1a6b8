import type { CelValue } from '../../language/index.js';
import type { PlainValue } from '../../planner/index.js';

/** Longest text that is kept as a value; values go into the journal. */
export const VALUE_LIMIT = 32_768;

/** A text as the value of a verdict: trimmed. A text that is empty, or too long to be one value, is none. */
export function captured(text: string): { readonly value?: string } {
  const value = text.trim();
  return value === '' || value.length > VALUE_LIMIT ? {} : { value };
}

/** Result of an expression as a value; undefined for lists, mappings and null. */
export function plainValue(value: CelValue): PlainValue | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
