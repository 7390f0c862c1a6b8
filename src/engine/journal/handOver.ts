import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainText } from '../terminal/escapeFilter.js';

/** Somebody's wish to go on with a run that another process carries out. */
export interface HandOverRequest {
  /** Names the request; an answer repeats it. */
  readonly id: string;
  /** Who asks. */
  readonly by: string;
  /** The machine they sit at. */
  readonly machine: string;
  readonly why: string;
}

/** What the holder says to a request: `seen` until a person has decided. */
export type HandOverAnswer = 'seen' | 'refused' | 'letting_go';

const REQUEST = 'hand-over.request';
const ANSWER = 'hand-over.answer';
const MOST_BYTES = 8192;
const LONGEST = 500;
const ANSWERS: readonly unknown[] = ['seen', 'refused', 'letting_go'] satisfies readonly HandOverAnswer[];

/** Leaves a request in the directory of a run. One that is there already is replaced. */
export function askForRun(directory: string, by: string, machine: string, why: string): HandOverRequest {
  const request = { id: randomBytes(8).toString('hex'), by, machine, why };
  place(directory, REQUEST, request);
  return request;
}

/** Takes a request back, where it is still there. */
export function withdrawRequest(directory: string, id: string): void {
  if (requestFor(directory)?.id === id) rmSync(join(directory, REQUEST), { force: true });
}

/** The request that lies in the directory of a run; undefined where there is none that can be understood. */
export function requestFor(directory: string): HandOverRequest | undefined {
  const found = read(directory, REQUEST);
  const { id, by, machine, why } = found;
  if (typeof id !== 'string' || typeof by !== 'string' || typeof machine !== 'string' || typeof why !== 'string') return undefined;
  return /^[0-9a-f]{16}$/.test(id) ? { id, by: line(by), machine: line(machine), why: line(why) } : undefined;
}

export function answerRequest(directory: string, id: string, answer: HandOverAnswer): void {
  place(directory, ANSWER, { id, answer });
}

/** The answer to this very request; undefined as long as nobody has seen it. */
export function answerTo(directory: string, id: string): HandOverAnswer | undefined {
  const found = read(directory, ANSWER);
  return found['id'] === id && ANSWERS.includes(found['answer']) ? (found['answer'] as HandOverAnswer) : undefined;
}

/** Takes away what a finished hand-over has left. */
export function clearHandOver(directory: string): void {
  for (const name of [REQUEST, ANSWER]) rmSync(join(directory, name), { force: true });
}

function place(directory: string, name: string, content: object): void {
  const draft = join(directory, `${name}-${randomBytes(6).toString('hex')}.tmp`);
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { flag: 'wx', mode: 0o600 });
  renameSync(draft, join(directory, name));
}

function read(directory: string, name: string): Readonly<Record<string, unknown>> {
  const path = join(directory, name);
  try {
    const found = lstatSync(path);
    if (!found.isFile() || found.size > MOST_BYTES) return {};
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function line(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST);
}
