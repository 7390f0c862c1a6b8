import type { Client, ClientChannel } from 'ssh2';
import type { Exec, ExecChannel, ExecRequest } from '../exec.js';
import { Lingering } from '../lingering.js';
import { TransportError } from '../transport.js';
import type { CommandEnd, CommandIo } from '../transport.js';

const LOST: CommandEnd = { kind: 'lost', message: 'the connection broke' };

/** Starts command lines over one SSH connection. */
export class SshExec implements Exec {
  constructor(
    readonly host: string,
    private readonly client: Client,
    private readonly isAlive: () => boolean,
    private readonly assertMayAct: () => void,
  ) {}

  exec(request: ExecRequest, io: CommandIo): Promise<ExecChannel> {
    this.assertMayAct();
    return new Promise((resolve, reject) => {
      const started = (error: Error | undefined, channel: ClientChannel): void => {
        if (error === undefined) resolve(follow(channel, io));
        else if (this.isAlive())
          reject(
            new TransportError(
              'not_started',
              `${this.host} refused to start a command: ${error.message}`,
              'See that its SSH server allows commands and enough sessions.',
            ),
          );
        // A command line for a terminal needs nothing more than the request, so it may have begun.
        else if (request.terminal !== undefined) resolve(silent());
        else reject(new TransportError('connection_lost', `the connection to ${this.host} broke before a command could begin`));
      };
      const terminal = request.terminal;
      try {
        if (terminal === undefined) this.client.exec(request.commandLine, started);
        else
          this.client.exec(
            request.commandLine,
            { pty: { term: 'xterm-256color', cols: terminal.columns, rows: terminal.rows, width: 0, height: 0 } },
            started,
          );
      } catch {
        reject(new TransportError('connection_lost', `the connection to ${this.host} is gone`));
      }
    });
  }
}

function follow(channel: ClientChannel, io: CommandIo): ExecChannel {
  let end: CommandEnd | undefined;
  let over = false;
  const lingering = new Lingering();
  const ended = new Promise<CommandEnd>((settle) => {
    const finish = (): void => {
      over = true;
      lingering.closed();
      settle(end ?? LOST);
    };
    channel.on('exit', (code: number | null, signal?: string) => {
      end = code === null ? { kind: 'signalled', signal: signal ?? 'an unknown signal' } : { kind: 'exited', code };
      lingering.ended(() => {
        channel.close();
        finish();
      });
    });
    channel.on('close', finish);
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

function silent(): ExecChannel {
  return { ended: Promise.resolve(LOST), write: () => undefined, end: () => undefined, resize: () => undefined, close: () => undefined };
}
