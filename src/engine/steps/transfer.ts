import { basename, isAbsolute, join, normalize, relative } from 'node:path';
import type { Transfer } from '../transports/transport.js';
import type { Action, ActionContext } from './action.js';
import { failed, specOf } from './action.js';
import { staysInside, troubleWithName } from './downloadName.js';
import { uploadSource } from './uploadSource.js';

const MEBIBYTE = 1024 * 1024;

/** `upload`: copies a file to the host; size and SHA-256 are compared by the transport. */
export const upload: Action = {
  async perform(context) {
    const spec = specOf(context, 'upload');
    const name = await context.renderText(spec.file);
    const source = await uploadSource(context.baseDirectory, spec.file, name);
    if ('trouble' in source) return failed('value', source.trouble, { next: source.next });
    const { file } = source;
    const wanted = await context.renderText(spec.to);
    // A link keeps its own name there.
    const to = wanted.endsWith('/') ? `${wanted}${basename(name)}` : wanted;
    const connection = await context.connection();
    const done = await unlessStopped(
      context,
      connection.upload(
        file,
        to,
        (bytes, total) => {
          context.progress(`${share(bytes, total)} of ${size(total)} sent`);
        },
        context.signal,
      ),
    );
    if (done === undefined) return failed('cancelled', 'The copy was stopped; the file on the host is as it was.');
    context.print('note', `${shortened(context.baseDirectory, file)} -> ${done.path} (${size(done.bytes)}, SHA-256 ${done.sha256})\n`);
    return { kind: 'done', values: {} };
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'A file is only put in its place when it has arrived whole.' }),
};

/** `download`: copies a file from the host into the folder of the run. */
export const download: Action = {
  async perform(context) {
    const spec = specOf(context, 'download');
    const to = await context.renderText(spec.to);
    const wrong = troubleWithName(to);
    if (wrong !== undefined) return failed('value', `"${to}" ${wrong}.`, { next: 'Give "to" a plain file name.' });
    const name = normalize(to);
    const connection = await context.connection();
    const file = join(context.downloadDirectory, name);
    if (!(await staysInside(context.downloadDirectory, file)))
      return failed('value', `"${to}" leaves the folder of the run over a link.`, { next: 'Remove the link there.' });
    const path = await context.renderText(spec.path);
    const done = await unlessStopped(
      context,
      connection.download(
        path,
        file,
        (bytes, total) => {
          context.progress(`${share(bytes, total)} of ${size(total)} received`);
        },
        context.signal,
      ),
    );
    if (done === undefined) return failed('cancelled', 'The copy was stopped; nothing was kept of it.');
    context.print('note', `${done.path} -> ${name} (${size(done.bytes)}, SHA-256 ${done.sha256})\n`);
    return { kind: 'done', values: {} };
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'Reading a file changes nothing on the host.' }),
};

/** What a transfer comes to, or undefined when the attempt was stopped meanwhile. */
async function unlessStopped(context: ActionContext, transfer: Promise<Transfer>): Promise<Transfer | undefined> {
  try {
    return await transfer;
  } catch (error) {
    if (context.signal.aborted && error === context.signal.reason) return undefined;
    throw error;
  }
}

function share(bytes: number, total: number): string {
  return `${String(total === 0 ? 100 : Math.floor((bytes / total) * 100))}%`;
}

function size(bytes: number): string {
  return bytes < MEBIBYTE ? `${String(Math.ceil(bytes / 1024))} KiB` : `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

/** A file as the runbook names it where it lies beside the runbook; else its whole path. */
function shortened(base: string, file: string): string {
  const inside = relative(base, file);
  return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
}
