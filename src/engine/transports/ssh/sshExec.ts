import type { ClientChannel } from 'ssh2';
import type { Exec, ExecChannel, ExecRequest } from '../exec.js';
import { Lingering } from '../lingering.js';
import { TransportError } from '../transport.js';
import type { CommandEnd, CommandIo } from '../transport.js';
import type { Channels } from './channels.js';

/** Starts command lines over one SSH connection. */
export class SshExec implements Exec {
  constructor(
    readonly host: string,
    private readonly channels: Channels,
    private readonly isAlive: () => boolean,
    /** Why the connection is gone, where that is known. */
    private readonly trouble: () => string | undefined,
    readonly assertMayAct: () => void,
  ) {}

  async exec(request: ExecRequest, io: CommandIo): Promise<ExecChannel> {
    this.assertMayAct();
    const { terminal } = request;
    const lost = (): CommandEnd => {
      const why = this.trouble();
      return { kind: 'lost', message: why === undefined ? 'the connection broke' : `the connection broke: ${why}` };
    };
    try {
      return await this.channels.open<ClientChannel, ExecChannel>(
        (client, done) => {
          if (terminal === undefined) client.exec(request.commandLine, done);
          else
            client.exec(
              request.commandLine,
              { pty: { term: 'xterm-256color', cols: terminal.columns, rows: terminal.rows, width: 0, height: 0 } },
              done,
            );
        },
        (channel) => follow(channel, io, lost, this.isAlive, new Lingering(() => this.channels.answered())),
      );
    } catch (error) {
      if (error instanceof TransportError) throw error;
      if (this.isAlive())
        throw new TransportError(
          'not_started',
          `${this.host} refused to start a command: ${(error as Error).message}`,
          'See that its SSH server allows commands and enough sessions (MaxSessions).',
        );
      // A command line for a terminal needs nothing more than the request, so it may have begun.
      if (terminal !== undefined) return silent(lost());
      throw new TransportError('connection_lost', `the connection to ${this.host} broke before a command could begin`);
    }
  }
}

function follow(channel: ClientChannel, io: CommandIo, lost: () => CommandEnd, isAlive: () => boolean, lingering: Lingering): ExecChannel {
  let end: CommandEnd | undefined;
  let whole = false;
  let over = false;
  const ended = new Promise<CommandEnd>((settle) => {
    const finish = (known: CommandEnd | undefined): void => {
      over = true;
      lingering.closed();
      settle(known ?? lost());
    };
    channel.on('exit', (code: number | null, signal: string) => {
      end = code === null ? { kind: 'signalled', signal } : { kind: 'exited', code };
      lingering.ended(() => {
        channel.close();
        finish(end);
      });
    });
    // The exit code may overtake the output: with a connection that breaks then, the end is known and the output is not whole.
    channel.on('end', () => (whole = isAlive()));
    channel.on('close', () => {
      finish(whole ? end : undefined);
    });
  });
  channel.on('data', (bytes: Buffer) => {
    lingering.heard();
    io.stdout(bytes);
  });
  channel.stderr.on('data', (bytes: Buffer) => {
    lingering.heard();
    io.stderr(bytes);
  });
  channel.on('error', () => undefined);
  return {
    ended,
    write: (data) => {
      if (!over) channel.write(data);
    },
    end: () => {
      if (!over) channel.end();
    },
    resize: (columns, rows) => {
      if (!over) channel.setWindow(rows, columns, 0, 0);
    },
    close: () => {
      if (!over) channel.close();
    },
  };
}

function silent(end: CommandEnd): ExecChannel {
  return { ended: Promise.resolve(end), write: () => undefined, end: () => undefined, resize: () => undefined, close: () => undefined };
}
