import type { PlanStep } from '../../planner/index.js';

/** Names of the secrets that a step hands to what it does: by `secrets.NAME`, or by name in `become` and `login`. */
export function secretsOf(step: PlanStep): readonly string[] {
  const { spec, answers } = step;
  return [...new Set(namesIn({ spec, answers }))];
}

function* namesIn(value: unknown): Iterable<string> {
  if (typeof value === 'string') {
    for (const match of value.matchAll(/\bsecrets\s*(?:\.\s*(\w+)|\[\s*["'](\w+)["']\s*\])/g)) yield match[1] ?? (match[2] as string);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    if (key === 'become') yield* textAt(member, 'password');
    if (key === 'login') yield* textAt(member, 'secret');
    yield* namesIn(member);
  }
}

function* textAt(value: unknown, key: string): Iterable<string> {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  if (typeof text === 'string') yield text;
}
