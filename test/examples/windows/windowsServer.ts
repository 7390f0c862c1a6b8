import type { ServerChannel } from 'ssh2';
import { WINDOWS_BOOTSTRAP } from '../../../src/engine/transports/windows/wrapper.js';
import { startScriptedServer } from '../../support/sshServer.js';
import type { ScriptedServer } from '../../support/sshServer.js';

/** A command as it has reached a Windows host. */
export interface SentCommand {
  readonly host: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly workdir: string | null;
}

/** What the host prints and ends with. */
export interface HostAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  /** The host goes down once it has answered. */
  readonly goesDown?: boolean;
}

/** An SSH server that takes nothing but the PowerShell wrapper, unpacks what it is handed, and answers as `answer` says. */
export async function startWindowsServer(host: string, answer: (command: SentCommand) => HostAnswer): Promise<ScriptedServer> {
  const server: ScriptedServer = await startScriptedServer({
    exec: (commandLine, accept) => {
      const channel = accept();
      if (commandLine === WINDOWS_BOOTSTRAP) hear(channel, host, answer, () => server.dropConnections());
      else end(channel, { stderr: `${commandLine.slice(0, 40)}: not recognised\r\n`, code: 1 });
    },
  });
  return server;
}

function hear(channel: ServerChannel, host: string, answer: (command: SentCommand) => HostAnswer, goDown: () => void): void {
  let given = '';
  channel.on('data', (bytes: Buffer) => {
    if (given.includes('\n')) return;
    given += bytes.toString('utf8');
    if (!given.includes('\n')) return;
    const { nonce, ...command } = JSON.parse(Buffer.from(given, 'base64').toString('utf8')) as Omit<SentCommand, 'host'> & {
      nonce: string;
    };
    channel.write(`runbook-studio ${nonce} started 4711 -\n`);
    const said = answer({ host, ...command });
    end(channel, said);
    if (said.goesDown === true) setTimeout(goDown, 50);
  });
}

function end(channel: ServerChannel, { stdout, stderr, code }: HostAnswer): void {
  if (stdout !== undefined) channel.write(stdout);
  if (stderr !== undefined) channel.stderr.write(stderr);
  channel.exit(code ?? 0);
  channel.end();
}
