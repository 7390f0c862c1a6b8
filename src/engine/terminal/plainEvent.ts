import type { EventBody } from '../../events/index.js';
import { showControls } from '../../events/index.js';

/**
 * Members that programs read, and that must stay what they are to the last byte: the plan that was approved, values that later steps are
 * given, and what an answer is compared with. Whoever shows one of them shows it as plain text.
 */
const KEPT = new Set(['plan', 'documents', 'base', 'value', 'values', 'facts', 'options', 'pattern', 'cel', 'typed']);

/**
 * An event whose sentences are plain text: output of a host stands in many of them, and they are read in logs, dialogs, trees and
 * terminals. What could steer one of those or deceive its reader is shown instead (`␛`, `<U+202E>`).
 */
export function plainEvent<Body extends EventBody>(body: Body): Body {
  return plain(body) as Body;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return showControls(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, KEPT.has(key) ? (member as unknown) : plain(member)]));
}
