import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Project } from '../language/index.js';
import type { Plan, PlanNode } from './plan.js';

/**
 * SHA-256 of what a plan means, in hexadecimal. Two plans with the same digest do the same.
 * Where the text stood (files and lines) does not count, nor does the order of keys.
 */
export function planDigest(plan: Plan): string {
  const { runbook, ...rest } = plan;
  return digestOf({ ...rest, runbook: { id: runbook.id, title: runbook.title } });
}

/**
 * SHA-256 of what the files of a runbook say, in hexadecimal: comments, spelling and the order of keys do not count, nor does the
 * environment. So it proves that one procedure was rehearsed and another one was not.
 */
export function runbookDigest(project: Project): string {
  const base = project.root.file;
  return digestOf(Object.fromEntries([...project.files].map(([file, { value }]) => [relativeFile(base, file), value])));
}

function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/** A file as seen from the folder of another one. */
export function relativeFile(base: string, file: string): string {
  const folder = base.slice(0, base.lastIndexOf('/') + 1);
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}

/** JSON with sorted keys, without undefined members and without {@link PlanNode} places. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  // How a step was reached is told to people; what is done is the same by another way.
  const isPlace = (key: string, member: unknown): boolean =>
    key === 'reachedBy' || (key === 'at' && typeof member === 'object' && member !== null && 'line' in member);
  const members = Object.entries(value)
    .filter(([key, member]) => member !== undefined && !isPlace(key, member))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(meaningOf(key, member))}`);
  return `{${members.join(',')}}`;
}

function meaningOf(key: string, member: unknown): unknown {
  return key === 'methods' ? inOrder(member) : key === 'spec' ? withoutTimes(member) : member;
}

/** A step has its times beside its text, in milliseconds: `60s` and `1m` are the same. */
function withoutTimes(spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null) return spec;
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !TIMES.has(key)));
}

const TIMES = new Set(['estimate', 'timeout', 'every', 'retry']);

/** The order of methods has a meaning: a run without a person takes the first that needs nobody. */
function inOrder(methods: unknown): unknown {
  return typeof methods === 'object' && methods !== null ? Object.entries(methods) : methods;
}
