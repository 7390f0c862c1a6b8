import type { ServerChannel } from 'ssh2';
import type { Behind } from './frontDoor.js';

/**
 * Runs a shell in a real terminal joined to an SSH channel. When the channel goes, the terminal hangs up.
 * Resolves with the way to set its size, in characters.
 */
export async function startInTerminal(
  channel: ServerChannel,
  args: readonly string[],
  behind: Behind,
  env: Record<string, string>,
  size: { readonly columns: number; readonly rows: number },
): Promise<(columns: number, rows: number) => void> {
  const { spawn } = await import('@lydell/node-pty');
  const cols = Math.max(size.columns, 1);
  const rows = Math.max(size.rows, 1);
  const terminal = spawn('/bin/sh', [...args], {
    name: 'xterm-256color',
    cols,
    rows,
    cwd: behind.home,
    env: { TERM: 'xterm-256color', ...env },
  });
  let gone = false;
  channel.on('error', () => undefined);
  channel.on('data', (data: Buffer) => {
    if (!gone) terminal.write(data.toString('utf8'));
  });
  terminal.onData((data) => {
    if (channel.writable) channel.write(data);
  });
  terminal.onExit(({ exitCode, signal }) => {
    gone = true;
    if (signal !== undefined && signal !== 0) channel.exit(SIGNALS[signal] ?? 'TERM', false);
    else channel.exit(exitCode);
    channel.end();
  });
  channel.on('close', () => {
    if (!gone) terminal.kill('SIGHUP');
  });
  return (columns, newRows) => {
    if (!gone) terminal.resize(Math.max(columns, 1), Math.max(newRows, 1));
  };
}

const SIGNALS: Readonly<Record<number, string>> = { 1: 'HUP', 2: 'INT', 3: 'QUIT', 6: 'ABRT', 9: 'KILL', 15: 'TERM' };
