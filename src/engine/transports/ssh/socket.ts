import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { TransportError } from '../transport.js';
import { Unanswered } from './unanswered.js';

const CONNECT_MS = 15_000;

/** Opens a TCP connection. Rejects with a TransportError, which is {@link Unanswered} when the other side refused at once. */
export function openSocket(host: string, address: string, port: number, milliseconds = CONNECT_MS): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    // Nagle's algorithm with delayed acknowledgements costs some 40 ms a command.
    const socket = connect({ host: address, port, noDelay: true, timeout: milliseconds });
    const refuse = (why: string, Trouble = TransportError): void => {
      socket.destroy();
      reject(
        new Trouble(
          'connection_refused',
          `${host} (${address}, port ${String(port)}) cannot be reached: ${why}`,
          'See that the host is up, that its address is right, and that you can reach it from here.',
        ),
      );
    };
    socket.once('timeout', () => {
      refuse(`no answer in ${String(milliseconds / 1000)} s`);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      refuse(error.message, error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? Unanswered : TransportError);
    });
    socket.once('connect', () => {
      socket.setTimeout(0);
      // Not all: the socket itself listens for the end of the other side.
      socket.removeAllListeners('timeout').removeAllListeners('error');
      // From here on the SSH client speaks of errors.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
