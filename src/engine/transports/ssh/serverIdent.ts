import type { Duplex } from 'node:stream';
import { TransportError } from '../transport.js';
import { Unanswered } from './unanswered.js';

/** Most a server may say before it names itself (RFC 4253, 4.2 allows other lines first). */
const MOST_GREETING = 64 * 1024;
/** A server that waits for our name first gets it after this silence. */
const SILENCE_MS = 2000;
const MOST_MS = 20_000;

/**
 * Waits until a server has named itself, so that the SSH client gets that line in one piece, which it needs, and nothing before it.
 * Rejects with a TransportError when the server says too much that is not SSH, with {@link Unanswered} when it closes; nothing has been
 * sent then.
 */
export function awaitIdent(host: string, stream: Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    const finish = (error?: TransportError): void => {
      clearTimeout(timer);
      clearTimeout(latest);
      stream.pause();
      stream.off('data', heard).off('end', closed).off('close', closed).off('error', closed);
      if (error !== undefined) {
        stream.destroy();
        reject(error);
        return;
      }
      if (held.length > 0) stream.unshift(held);
      resolve();
    };
    const heard = (bytes: Buffer): void => {
      timer.refresh();
      held = Buffer.concat([held, bytes]);
      const start = held.toString('latin1', 0, 4) === 'SSH-' ? 0 : held.indexOf('\nSSH-') + 1;
      const named = start > 0 || held.toString('latin1', 0, 4) === 'SSH-';
      if (named && held.includes('\n', start)) {
        held = held.subarray(start);
        finish();
        return;
      }
      if (held.length > MOST_GREETING)
        finish(
          new TransportError(
            'connection_refused',
            `${host} talks without end before it says that it is an SSH server`,
            'See that the address and the port are those of an SSH server.',
          ),
        );
    };
    const closed = (): void => {
      const said = held
        .toString('latin1')
        .replaceAll(/[^ -~]+/g, ' ')
        .trim()
        .slice(0, 200);
      finish(
        new Unanswered(
          'connection_lost',
          `${host} closed the connection before it said that it is an SSH server${said === '' ? '' : `, with the words: ${said}`}`,
          'See that an SSH server listens there and has room for more connections (MaxStartups).',
        ),
      );
    };
    const timer = setTimeout(finish, SILENCE_MS);
    const latest = setTimeout(finish, MOST_MS);
    stream.on('data', heard).on('end', closed).on('close', closed).on('error', closed);
    stream.resume();
  });
}
