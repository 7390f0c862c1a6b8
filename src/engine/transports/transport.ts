import type { PlanHost } from '../../planner/index.js';

/** A script with everything it needs, ready to be carried to a host. Values never stand in `script`. */
export interface Command {
  readonly script: string;
  readonly shell: 'sh' | 'bash' | 'powershell';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workdir?: string;
  /** `password` is fed to sudo's standard input, never to an argument. */
  readonly become?: { readonly user: string; readonly password?: string };
  /** Asks for a terminal of this size, in characters. Needs `attempt`. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
  /**
   * Present for an act, absent for a read-only probe. With it the host keeps evidence (directory, pid, start time, exit code)
   * under this name, and refuses a second start of the same name.
   */
  readonly attempt?: AttemptName;
}

export interface AttemptName {
  readonly run: string;
  readonly attempt: string;
}

/** Where the bytes a command prints go. Handlers never throw. */
export interface CommandIo {
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
  /** So many bytes of a stream were printed at this point that the host no longer has: nobody read them in time. */
  dropped?(stream: 'stdout' | 'stderr', bytes: number): void;
}

/** How far the output of a command was delivered, in bytes of each stream since its beginning; dropped ones count. */
export interface OutputPosition {
  readonly stdout: number;
  readonly stderr: number;
}

/** Where the output of a command begins. */
export const FROM_THE_BEGINNING: OutputPosition = { stdout: 0, stderr: 0 };

/** How a command ended. `lost`: the connection broke before anybody could tell. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'lost'; readonly message: string };

/** A command that has been started. */
export interface RunningCommand {
  /** Settles once; never rejects. */
  readonly ended: Promise<CommandEnd>;
  /** How far its output was delivered. Undefined when the command ends with its connection: there is nothing to go on reading then. */
  position(): OutputPosition | undefined;
  /** Types into the terminal. A command without one has an empty standard input, and this does nothing; so after the end. */
  write(data: string): void;
  resize(columns: number, rows: number): void;
  /**
   * TERM to the whole group, `graceMs` later KILL, then looks whether anything is left.
   * Resolves with a line for each process that survived (empty: all gone).
   */
  cancel(graceMs: number): Promise<readonly string[]>;
  /**
   * Lets the host throw away what the command has printed. To be called once its end is durable here: until then whoever goes on after a crash
   * reads all of it again. Absent where nothing is kept.
   */
  readonly release?: () => void;
}

/** What a host can prove about an attempt afterwards. */
export type AttemptEvidence =
  | { readonly kind: 'not_started' }
  | { readonly kind: 'finished'; readonly code: number }
  | { readonly kind: 'running'; readonly pid: number }
  | { readonly kind: 'gone'; readonly why: 'died' | 'rebooted' }
  /** This host keeps no evidence (a Windows host, say). */
  | { readonly kind: 'none' };

/** One open session with one host. */
export interface Connection {
  readonly host: PlanHost;
  /** `SHA256:…` of the host key; absent for the operator's machine. */
  readonly fingerprint: string | undefined;
  /** Login name. */
  readonly user: string;
  /** False once the session is gone; a new one must be opened. */
  readonly alive: boolean;
  /** Starts a command. Rejects with a {@link TransportError} only when it is certain that nothing was started. */
  start(command: Command, io: CommandIo): Promise<RunningCommand>;
  /**
   * Follows an attempt that has begun until it ends, from a point of its output that was reached before. The end of one that died, or
   * was ended by a reboot, is `lost`. Output that went with the connection it was started on is not delivered.
   */
  attach(attempt: AttemptName, io: CommandIo, from: OutputPosition): Promise<RunningCommand>;
  /** Asks the host what became of an attempt. */
  collect(attempt: AttemptName): Promise<AttemptEvidence>;
  /**
   * Sees that the host can carry out an act and keep its evidence, and gives its boot id as {@link Connection.bootId}. Rejects with an
   * {@link UnfitHost} that names what it lacks.
   */
  preflight(): Promise<string | undefined>;
  /** Boot id of the host, or undefined where it has none. */
  bootId(): Promise<string | undefined>;
  /**
   * Copies a file there; `to` ending in `/` is a directory. Returns size and SHA-256 as read back from the host. Rejects with the reason
   * of the signal when that is aborted; the target is then as it was.
   */
  upload(file: string, to: string, progress: (bytes: number, total: number) => void, signal?: AbortSignal): Promise<Transfer>;
  /** Copies a file from there, to a name that is free or holds the same content. */
  download(path: string, file: string, progress: (bytes: number, total: number) => void, signal?: AbortSignal): Promise<Transfer>;
  close(): Promise<void>;
}

export interface Transfer {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A kind of way to a host. */
export interface Transport {
  /** Opens a session. Rejects with a {@link TransportError}. */
  connect(host: PlanHost, signal: AbortSignal): Promise<Connection>;
}

export type TransportFailure = 'connection_refused' | 'connection_lost' | 'host_key' | 'authentication' | 'not_started' | 'transfer';

/** The way to a host failed. Certain: no command was started. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    readonly reason: TransportFailure,
    message: string,
    /** What the operator can do. */
    readonly next?: string,
  ) {
    super(message);
  }
}

/** A host that lacks what an act and its evidence need. Certain: no command was started. */
export class UnfitHost extends TransportError {}
