import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import type { Client } from 'ssh2';
import type { SshOptions } from '../../engine.js';
import { TransportError } from '../transport.js';
import { offeredAlgorithms } from './algorithms.js';
import { Login } from './auth.js';
import { fetchCertificate } from './fetchCertificate.js';
import { parseCertificate } from './certificate.js';
import type { Certificate } from './certificate.js';
import { failClosed, judgeHostKey } from './hostVerifier.js';
import { fingerprintOf, knownHostName, knownKeyTypes, neededAuthorities, readKnownHosts } from './knownHosts.js';
import type { HostSettings } from './sshConfig.js';
import { StreamGuard } from './streamGuard.js';
import { teachCertificates } from './userCertificates.js';

/** Longest silence of a server while it is being logged in to. Time a person thinks does not count. */
const HANDSHAKE_MS = 20_000;
const KEEPALIVE_MS = 10_000;
const MOST_UNANSWERED = 12;

/** A logged-in SSH client. */
export interface OpenClient {
  readonly client: Client;
  readonly fingerprint: string;
  /** Why it is gone, where that is known; for messages. */
  trouble(): string | undefined;
}

/** Whom to log in to, and over what. */
export interface LoginRequest {
  /** Name in the inventory, for messages. */
  readonly host: string;
  readonly settings: HostSettings;
  readonly stream: Duplex;
  /** Opens another stream to the same server, to ask for its certificate. */
  readonly another: () => Promise<Duplex>;
  /** Fingerprint the inventory asks for. */
  readonly required: string | undefined;
  /** Fingerprint this process saw before. */
  readonly seen: string | undefined;
}

/** Logs in over an open stream. Rejects with a TransportError; the stream is then closed. */
export async function logIn(request: LoginRequest, options: SshOptions): Promise<OpenClient> {
  const { host, settings, stream } = request;
  const address = settings.hostKeyAlias ?? settings.address;
  const known = await readKnownHosts(options.knownHosts).catch((error: unknown) => {
    stream.destroy();
    throw error;
  });
  const name = knownHostName(address, settings.port);
  const certificate = neededAuthorities(known, name).length === 0 ? undefined : await certificateOf(request);
  const types = certificate === undefined || certificate instanceof Error ? knownKeyTypes(known, name) : [certificate.keyType];
  // What breaks before the SSH client listens would be told to nobody.
  if (stream.destroyed)
    throw new TransportError('connection_lost', `${host} closed the connection at once`, 'Look at the log of its SSH server.');
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    const login = new Login(settings.user, settings, asking(options), (what) => {
      fail(new TransportError('authentication', `${host} ${what}`, 'See what runs there as its SSH server.'));
    });
    let fingerprint: string | undefined;
    let refusal: TransportError | undefined;
    let trouble: string | undefined;
    let done = false;
    let timer: NodeJS.Timeout | undefined;
    const fail = (error: TransportError): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      client.removeAllListeners('ready').destroy();
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
    // A new key exchange on an open connection shows the key again, and is answered at once: what the library sends meanwhile ends the connection.
    const accept = (key: Buffer): boolean | Promise<boolean> =>
      fingerprint === undefined ? judge(key) : fingerprintOf(key) === fingerprint;
    const judge = async (key: Buffer): Promise<boolean> => {
      try {
        fingerprint = await judgeHostKey(
          key,
          {
            host,
            address,
            port: settings.port,
            known,
            revokedKeys: settings.revokedHostKeys,
            certificate,
            required: request.required,
            seen: request.seen,
          },
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
      if (fingerprint === undefined) {
        fail(new TransportError('host_key', `${host} was logged in to without a look at its key`));
        return;
      }
      done = true;
      clearTimeout(timer);
      guard.loggedIn(options.keepaliveMs ?? KEEPALIVE_MS);
      resolve({ client, fingerprint, trouble: () => trouble });
    });
    client.on('change password', () => {
      fail(
        new TransportError(
          'authentication',
          `the password of ${settings.user} on ${host} has expired: the host wants a new one`,
          'Log in by hand to change it, then try again.',
        ),
      );
    });
    client.on('error', (error: Error & { level?: string }) => {
      if (!done && login.goesOnAfter(error)) return;
      trouble ??= error.message;
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
      keepaliveInterval: options.keepaliveMs ?? KEEPALIVE_MS,
      // The guard hears silence; the library counts answers only, which a full line delays. One that brings none for so long is of no use.
      keepaliveCountMax: MOST_UNANSWERED,
    });
    teachCertificates(client);
    const guard = new StreamGuard(stream, client, (what) => {
      trouble = `${host} ${what}`;
      fail(new TransportError('connection_lost', trouble, 'See what runs there as its SSH server.'));
      client.destroy();
      stream.destroy();
    });
  });
}

/** The certificate of the server, or why there is none. */
async function certificateOf(request: LoginRequest): Promise<Certificate | Error> {
  try {
    return parseCertificate(await fetchCertificate(await request.another()));
  } catch (error) {
    return error as Error;
  }
}

function explain(error: Error & { level?: string }, { host, settings }: LoginRequest, login: Login): TransportError {
  const many = /too many authentication/i.test(error.message);
  if (many || error.level === 'client-authentication') {
    const tried = login.tried.length === 0 ? 'there was nothing to try' : `tried: ${login.tried.join(', ')}`;
    return new TransportError(
      'authentication',
      many
        ? `${host} allows no more tries to log in as ${settings.user} (${tried})`
        : `${host} refused the login of ${settings.user} (${tried})`,
      many
        ? 'Set IdentitiesOnly and IdentityFile for this host in your SSH configuration, so that only the right key is offered.'
        : 'Name a key with --identity, load it into your agent, or see that the host lets this user in.',
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
