import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import type { Client } from 'ssh2';
import type { SshOptions } from '../../engine.js';
import { TransportError } from '../transport.js';
import { offeredAlgorithms } from './algorithms.js';
import { Login } from './auth.js';
import { failClosed, judgeHostKey } from './hostVerifier.js';
import { knownHostName, knownKeyTypes, readKnownHosts } from './knownHosts.js';
import type { HostSettings } from './sshConfig.js';

const CONNECT_MS = 15_000;
/** Longest silence of a server while it is being logged in to. Time a person thinks does not count. */
const HANDSHAKE_MS = 20_000;

/** A logged-in SSH client. */
export interface OpenClient {
  readonly client: Client;
  readonly fingerprint: string;
}

/** Whom to log in to, and over what. */
export interface LoginRequest {
  /** Name in the inventory, for messages. */
  readonly host: string;
  readonly settings: HostSettings;
  readonly stream: Duplex;
  /** Fingerprint the inventory asks for. */
  readonly required: string | undefined;
  /** Fingerprint this process saw before. */
  readonly seen: string | undefined;
}

/** Opens a TCP connection. Rejects with a TransportError. */
export function openSocket(host: string, address: string, port: number, milliseconds = CONNECT_MS): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    // Nagle's algorithm with delayed acknowledgements costs some 40 ms a command.
    const socket = connect({ host: address, port, noDelay: true, timeout: milliseconds });
    const refuse = (why: string): void => {
      socket.destroy();
      reject(
        new TransportError(
          'connection_refused',
          `${host} (${address}, port ${String(port)}) cannot be reached: ${why}`,
          'See that the host is up, that its address is right, and that you can reach it from here.',
        ),
      );
    };
    socket.once('timeout', () => {
      refuse(`no answer in ${String(milliseconds / 1000)} s`);
    });
    socket.once('error', (error) => {
      refuse(error.message);
    });
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners();
      // From here on the SSH client speaks of errors.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Logs in over an open stream. Rejects with a TransportError; the stream is then closed. */
export async function logIn(request: LoginRequest, options: SshOptions): Promise<OpenClient> {
  const { host, settings, stream } = request;
  const address = settings.hostKeyAlias ?? settings.address;
  const known = await readKnownHosts(options.knownHosts);
  const types = knownKeyTypes(known, knownHostName(address, settings.port));
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    const login = new Login(settings.user, settings, asking(options));
    let fingerprint: string | undefined;
    let refusal: TransportError | undefined;
    let done = false;
    let timer: NodeJS.Timeout | undefined;
    const fail = (error: TransportError): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      client.destroy();
      stream.destroy();
      reject(error);
    };
    const patience = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        fail(
          new TransportError(
            'connection_lost',
            `${host} stopped answering while it was logged in to`,
            'See whether the host is overloaded, then try again.',
          ),
        );
      }, HANDSHAKE_MS);
    };
    const pause = async <T>(question: Promise<T>): Promise<T> => {
      clearTimeout(timer);
      return question.finally(() => {
        if (!done) patience();
      });
    };
    function asking(from: SshOptions): SshOptions {
      return {
        ...from,
        askSecret: (prompt) => pause(from.askSecret(prompt)),
        trustUnknownKey: (question) => pause(from.trustUnknownKey(question)),
      };
    }
    const accept = async (key: Buffer): Promise<boolean> => {
      try {
        fingerprint = await judgeHostKey(
          key,
          { host, address, port: settings.port, known, required: request.required, seen: request.seen },
          asking(options),
        );
        return true;
      } catch (error) {
        refusal =
          error instanceof TransportError
            ? error
            : new TransportError('host_key', `the key of ${host} could not be judged: ${(error as Error).message}`);
        return false;
      }
    };
    client.on('ready', () => {
      if (done) return;
      if (fingerprint === undefined) {
        fail(new TransportError('host_key', `${host} was logged in to without a look at its key`));
        return;
      }
      done = true;
      clearTimeout(timer);
      resolve({ client, fingerprint });
    });
    client.on('error', (error: Error & { level?: string }) => {
      fail(refusal ?? explain(error, request, login));
    });
    client.on('close', () => {
      fail(
        refusal ??
          new TransportError(
            'connection_lost',
            `${host} closed the connection while it was logged in to`,
            'Look at the log of its SSH server.',
          ),
      );
    });
    patience();
    client.connect({
      sock: stream,
      username: settings.user,
      algorithms: offeredAlgorithms(types),
      hostVerifier: failClosed(accept),
      authHandler: login.handler,
      agentForward: false,
      readyTimeout: 0,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
    });
  });
}

function explain(error: Error & { level?: string }, { host, settings }: LoginRequest, login: Login): TransportError {
  if (error.level === 'client-authentication') {
    const tried = login.tried.length === 0 ? 'there was nothing to try' : `tried: ${login.tried.join(', ')}`;
    return new TransportError(
      'authentication',
      `${host} refused the login of ${settings.user} (${tried})`,
      'Name a key with --identity, load it into your agent, or see that the host lets this user in.',
    );
  }
  if (/no matching/i.test(error.message)) {
    return new TransportError(
      'connection_refused',
      `${host} offers only SSH algorithms that are no longer safe: ${error.message}`,
      'Bring the SSH server of the host up to date.',
    );
  }
  return new TransportError(
    'connection_lost',
    `the connection to ${host} broke while it was logged in to: ${error.message}`,
    'Look at the log of its SSH server.',
  );
}
