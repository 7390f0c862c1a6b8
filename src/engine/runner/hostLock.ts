import { hostname } from 'node:os';
import { plainText } from '../terminal/escapeFilter.js';
import type { Command, Connection } from '../transports/transport.js';
import { HOST_LOCK_SCRIPT } from './hostLockScript.js';

/** Who holds a host, as its lock tells. It was written by people on another machine, so it is only ever shown. */
export interface HostLockOwner {
  readonly run: string;
  readonly operator: string;
  readonly machine: string;
  /** ISO 8601, by the clock of that machine. */
  readonly since: string;
}

/** How an attempt to take the lock of a host ended. `cannot`: the host lets none be made, so there is none. */
export type HostLockResult =
  | { readonly kind: 'taken' }
  | { readonly kind: 'held'; readonly by: HostLockOwner | undefined }
  | { readonly kind: 'cannot'; readonly why: string };

const MOST_BYTES = 4096;

/** Takes the lock of a host; `seize` takes it from whoever has it. The same run may take it again. Rejects with a TransportError. */
export async function takeHostLock(connection: Connection, act: 'take' | 'seize', mine: HostLockOwner): Promise<HostLockResult> {
  const seen = await runScript(connection, [act, mine.run, mine.operator, mine.machine, mine.since].map(oneLine));
  const [verdict, ...lines] = seen.out.split('\n');
  if (verdict === 'taken') return { kind: 'taken' };
  if (verdict !== 'held') return { kind: 'cannot', why: oneLine(seen.trouble) };
  const [run = '', operator = '', machine = '', since = ''] = lines.map(oneLine);
  return { kind: 'held', by: run === '' ? undefined : { run, operator, machine, since } };
}

/** Gives the lock of a host back, where this run has it. True when nothing of it is left. Rejects with a TransportError. */
export async function releaseHostLock(connection: Connection, run: string): Promise<boolean> {
  return (await runScript(connection, ['release', run])).ok;
}

/** The owner record of a run on this machine. */
export function lockOwnerHere(run: string, operator: string): HostLockOwner {
  return { run, operator, machine: hostname(), since: new Date().toISOString() };
}

async function runScript(
  connection: Connection,
  args: readonly string[],
): Promise<{ readonly ok: boolean; readonly out: string; readonly trouble: string }> {
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  const into = (parts: Buffer[]) => (bytes: Uint8Array) => {
    if (parts.reduce((sum, part) => sum + part.length, 0) < MOST_BYTES) parts.push(Buffer.from(bytes.subarray(0, MOST_BYTES)));
  };
  const command: Command = { script: HOST_LOCK_SCRIPT, shell: 'sh', args, env: { LC_ALL: 'C' } };
  const running = await connection.start(command, { stdout: into(out), stderr: into(errors) });
  const end = await running.ended;
  const said = Buffer.concat(errors).toString('utf8').trim();
  const ending = end.kind === 'lost' ? end.message : end.kind === 'signalled' ? `ended by ${end.signal}` : `exit code ${String(end.code)}`;
  return { ok: end.kind === 'exited' && end.code === 0, out: Buffer.concat(out).toString('utf8'), trouble: said === '' ? ending : said };
}

function oneLine(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
