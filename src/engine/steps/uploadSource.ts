import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';

/** A value that is one input and nothing else: what the operator or the inventory has named, as the plan shows it before it is approved. */
const ONE_INPUT = /^\$\{\{\s*inputs\.[a-z][a-z0-9_]*\s*\}\}$/;

/** The file that is sent, without a link in its path; or why none may be. */
export type UploadSource = { readonly file: string } | { readonly trouble: string; readonly next: string };

/**
 * Where the file of an upload lies. An input may name any file of this machine. Everything else, such as a value a host has printed, names one
 * below the folder of the runbook, wherever links lead.
 */
export async function uploadSource(folder: string, written: unknown, name: string): Promise<UploadSource> {
  const refused = (trouble: string, next: string): UploadSource => ({ trouble: `The file ${JSON.stringify(name)} ${trouble}.`, next });
  if (name === '' || /\p{Cc}/u.test(name)) return refused('has no name that a file can have', 'Correct "file".');
  const file = await realpath(resolve(folder, name)).catch(() => undefined);
  if (file === undefined) return refused('is not there', 'Put it there, or correct "file".');
  if (typeof written === 'string' && ONE_INPUT.test(written)) return { file };
  const root = await realpath(folder).catch(() => folder);
  const way = relative(root, file);
  if (way !== '' && !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..') return { file };
  return refused('lies outside of the folder of the runbook', 'Put it there, or let an input name it: "file: ${{ inputs.NAME }}".');
}
