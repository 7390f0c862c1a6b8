import { isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import type { Action } from './action.js';
import { failed } from './action.js';

const MEBIBYTE = 1024 * 1024;

/** `upload`: copies a file to the host; size and SHA-256 are compared by the transport. */
export const upload: Action = {
  async perform(context) {
    const { spec } = context.step;
    if (spec.upload === undefined) throw new Error('internal error: upload without a file');
    const file = resolve(context.baseDirectory, await context.renderText(spec.upload.file));
    const to = await context.renderText(spec.upload.to);
    const connection = await context.connection();
    const done = await connection.upload(file, to, (bytes, total) => {
      context.progress(`${share(bytes, total)} of ${size(total)} sent`);
    });
    context.print('note', `${shortened(context.baseDirectory, file)} -> ${done.path} (${size(done.bytes)}, SHA-256 ${done.sha256})\n`);
    return { kind: 'done', values: {} };
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'A file is only put in its place when it has arrived whole.' }),
};

/** `download`: copies a file from the host into the folder of the run. */
export const download: Action = {
  async perform(context) {
    const { spec } = context.step;
    if (spec.download === undefined) throw new Error('internal error: download without a path');
    const name = normalize(await context.renderText(spec.download.to));
    if (isAbsolute(name) || name.split(sep).includes('..')) {
      return failed('value', `"${name}" leaves the folder of the run.`, { next: 'Give "to" a plain file name.' });
    }
    const connection = await context.connection();
    const file = join(context.downloadDirectory, name);
    const done = await connection.download(await context.renderText(spec.download.path), file, (bytes, total) => {
      context.progress(`${share(bytes, total)} of ${size(total)} received`);
    });
    context.print('note', `${done.path} -> ${name} (${size(done.bytes)}, SHA-256 ${done.sha256})\n`);
    return { kind: 'done', values: {} };
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'Reading a file changes nothing on the host.' }),
};

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
