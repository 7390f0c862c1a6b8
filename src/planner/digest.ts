import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { meaningOf } from '../language/index.js';
import type { Project } from '../language/index.js';
import type { Plan } from './plan.js';
import { planMeaning } from './planMeaning.js';

/**
 * SHA-256 of what a plan means, in hexadecimal. Two plans with the same digest do the same.
 * Where the text stood (files and lines) does not count, nor does the order of keys.
 */
export function planDigest(plan: Plan): string {
  return digestOf(planMeaning(plan));
}

/**
 * SHA-256 of what the files of a runbook say, in hexadecimal: comments, spelling and the order of keys do not count, nor does the
 * environment, nor the folder they stand in. So it proves that one procedure was rehearsed and another one was not.
 */
export function runbookDigest(project: Project): string {
  const base = project.root.file;
  return digestOf(
    Object.fromEntries([...project.files].map(([file, { value }]) => [relativeFile(base, file), meaningOf('runbook', value)])),
  );
}

function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/** A file as seen from the folder of another one: `../shared/stop.runbook.yaml`. As it is where they have no folder in common. */
export function relativeFile(base: string, file: string): string {
  const below = base.slice(0, base.lastIndexOf('/') + 1);
  if (below !== '' && file.startsWith(below)) return file.slice(below.length);
  const folder = base.split('/').slice(0, -1);
  const parts = file.split('/');
  let shared = 0;
  while (shared < folder.length && shared < parts.length - 1 && folder[shared] === parts[shared]) shared++;
  return shared === 0 && folder.length > 0 ? file : [...folder.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/');
}

/** JSON with sorted keys, without undefined members. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
