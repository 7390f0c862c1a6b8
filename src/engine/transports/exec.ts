import type { CommandEnd, CommandIo } from './transport.js';

/** One command line for a shell of the host, as fixed text: everything that varies goes through standard input. */
export interface ExecRequest {
  readonly commandLine: string;
  /** Asks for a terminal of this size; standard error then arrives as standard output. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

/** A command line under way. */
export interface ExecChannel {
  /** Settles once, when the command is over and its output has been delivered; never rejects. */
  readonly ended: Promise<CommandEnd>;
  write(data: string | Uint8Array): void;
  /** Ends standard input. */
  end(): void;
  resize(columns: number, rows: number): void;
  /** Drops the channel; `ended` settles as lost unless the command was over before. */
  close(): void;
}

/** The one thing local and SSH sessions do differently: starting a command line. */
export interface Exec {
  /** Name of the host, for messages. */
  readonly host: string;
  /** Throws where no process or socket may be opened: a shell that waits may have been started before that. */
  assertMayAct(): void;
  /** Rejects with a TransportError when it is certain that nothing was started. */
  exec(request: ExecRequest, io: CommandIo): Promise<ExecChannel>;
}
