import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProgramCall } from '../core/calls.js';
import type { Host } from '../core/host.js';
import { certificateIn, keyIn, keyText, newKey, publicKeyOf, requestText } from './documents.js';
import type { Certificate } from './documents.js';

/**
 * `openssl` as far as a rotation needs it, for the files of the lab:
 * `req -new -newkey … -keyout FILE -subj /CN=NAME`, `x509 -in FILE` with one question, and `pkey -in FILE -pubout`.
 */
export async function opensslProgram(host: Host, call: ProgramCall): Promise<number> {
  const [command, ...words] = call.args;
  const options = optionsIn(words);
  switch (command) {
    case 'req':
      return request(host, call, options);
    case 'x509': {
      const certificate = certificateIn(read(host, call, options.get('-in')));
      return certificate === undefined ? refuse(call, 'Could not read certificate') : tell(call, certificate, options);
    }
    case 'pkey': {
      const key = keyIn(read(host, call, options.get('-in')));
      if (key === undefined) return refuse(call, 'Could not read key');
      if (!options.has('-pubout')) return refuse(call, 'the lab only gives out the public half of a key');
      printPublicKey(call, publicKeyOf(key));
      return 0;
    }
    default:
      return refuse(call, 'the lab knows req, x509 and pkey only');
  }
}

/** Options with the word that follows each, where it is not an option itself. */
function optionsIn(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(words.flatMap((word, i) => (word.startsWith('-') ? [[word, words[i + 1] ?? ''] as const] : [])));
}

async function request(host: Host, call: ProgramCall, options: ReadonlyMap<string, string>): Promise<number> {
  const name = /^\/CN=([\w.-]+)$/.exec(options.get('-subj') ?? '')?.[1];
  const file = real(host, call, options.get('-keyout'));
  if (name === undefined || file === undefined || !options.has('-newkey'))
    return refuse(call, 'req needs -newkey, -keyout and -subj /CN=NAME');
  if (!existsSync(path.dirname(file))) return refuse(call, `Can't open "${file}" for writing`);
  const key = newKey();
  await writeFile(file, keyText(key), { mode: 0o600 });
  for (const line of requestText({ name, publicKey: publicKeyOf(key) })
    .trimEnd()
    .split('\n'))
    call.print(line);
  return 0;
}

function tell(call: ProgramCall, certificate: Certificate, options: ReadonlyMap<string, string>): number {
  if (options.has('-serial')) call.print(`serial=${certificate.serial}`);
  if (options.has('-subject')) call.print(`subject=CN = ${certificate.name}`);
  if (options.has('-enddate')) call.print(`notAfter=${certificate.notAfter}`);
  if (options.has('-pubkey')) printPublicKey(call, certificate.publicKey);
  const host = options.get('-checkhost');
  // The real one also says so in words and ends with 0 either way.
  if (host !== undefined) call.print(`Hostname ${host} does ${host === certificate.name ? '' : 'NOT '}match certificate`);
  const seconds = options.get('-checkend');
  if (seconds === undefined) return 0;
  const expires = Date.parse(certificate.notAfter) < Date.now() + Number(seconds) * 1000;
  call.print(`Certificate will ${expires ? '' : 'not '}expire`);
  return expires ? 1 : 0;
}

function printPublicKey(call: ProgramCall, publicKey: string): void {
  for (const line of ['-----BEGIN PUBLIC KEY-----', publicKey, '-----END PUBLIC KEY-----']) call.print(line);
}

function read(host: Host, call: ProgramCall, file: string | undefined): string {
  const found = real(host, call, file);
  return found !== undefined && existsSync(found) ? readFileSync(found, 'utf8') : '';
}

/** Where a path of the host lies on this machine. */
function real(host: Host, call: ProgramCall, file: string | undefined): string | undefined {
  if (file === undefined || file === '') return undefined;
  if (!path.isAbsolute(file)) return path.join(call.cwd, file);
  return file.startsWith(`${host.root}/`) ? file : path.join(host.root, file);
}

function refuse(call: ProgramCall, why: string): number {
  call.complain(why);
  return 1;
}
