import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Plan, PlanNode } from './plan.js';

/**
 * SHA-256 of what a plan means, in hexadecimal. Two plans with the same digest do the same.
 * Where the text stood (files and lines) does not count, nor does the order of keys.
 */
export function planDigest(plan: Plan): string {
  const { runbook, ...rest } = plan;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...rest, runbook: { id: runbook.id, title: runbook.title } }))));
}

/** JSON with sorted keys, without undefined members and without {@link PlanNode} places. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const isPlace = (key: string, member: unknown): boolean =>
    key === 'at' && typeof member === 'object' && member !== null && 'line' in member;
  const members = Object.entries(value)
    .filter(([key, member]) => member !== undefined && !isPlace(key, member))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
