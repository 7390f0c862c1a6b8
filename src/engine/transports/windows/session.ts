import type { Exec } from '../exec.js';
import { newNonce } from '../marker.js';
import { speak } from '../speak.js';
import { TransportError } from '../transport.js';
import type { AttemptEvidence, Command, CommandIo, RunningCommand } from '../transport.js';
import { WINDOWS_BOOTSTRAP, WINDOWS_KILL_SCRIPT, windowsPayload } from './wrapper.js';

const BOOT_SCRIPT = '(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToUniversalTime().ToString("o")';

/** Commands on a Windows host. It keeps no evidence: what was cut off stays unknown. */
export class WindowsSession {
  constructor(private readonly exec: Exec) {}

  /** See `Connection.start`. */
  async start(command: Command, io: CommandIo): Promise<RunningCommand> {
    if (command.shell !== 'powershell')
      throw new TransportError('not_started', 'Windows hosts run PowerShell scripts only', 'Give the step a script for `windows`.');
    if (command.terminal !== undefined)
      throw new TransportError(
        'not_started',
        'there are no terminals on Windows hosts',
        'Perform this step by hand, or give its answers as arguments.',
      );
    if (command.become !== undefined)
      throw new TransportError('not_started', 'a step cannot become another user on a Windows host', 'Log in as that user.');
    const nonce = newNonce();
    const { channel, words, said } = await speak(this.exec, { commandLine: WINDOWS_BOOTSTRAP }, windowsPayload(command, nonce), nonce, io);
    if (words === undefined) {
      const end = await channel.ended;
      if (end.kind !== 'lost')
        throw new TransportError(
          'not_started',
          `PowerShell on ${this.exec.host} ended before the command could begin${said === '' ? '' : `: ${said}`}`,
        );
    }
    return {
      ended: channel.ended,
      position: () => undefined,
      write: () => undefined,
      resize: () => undefined,
      cancel: async () => {
        try {
          const left = await this.text(WINDOWS_KILL_SCRIPT, [words?.[1] ?? '']);
          return left.split(/\r?\n/).filter((line) => line !== '');
        } catch (error) {
          return [`nobody could look whether it still runs: ${(error as Error).message}`];
        } finally {
          channel.close();
        }
      },
    };
  }

  /** See `Connection.collect`. */
  collect(): Promise<AttemptEvidence> {
    return Promise.resolve({ kind: 'none' });
  }

  /** See `Connection.attach`: there is nothing to follow. */
  attach(): Promise<RunningCommand> {
    return Promise.reject(new TransportError('connection_lost', `${this.exec.host} keeps no evidence of what runs`));
  }

  /** See `Connection.preflight`: what PowerShell needs comes with it. */
  preflight(): Promise<string | undefined> {
    return this.bootId();
  }

  /** Time of the last boot. */
  async bootId(): Promise<string | undefined> {
    return (await this.text(BOOT_SCRIPT, [])).trim() || undefined;
  }

  /** SHA-256 of a file there, in hex. */
  async sha256(path: string): Promise<string> {
    return (await this.text('param($path) (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash.ToLowerInvariant()', [path])).trim();
  }

  private async text(script: string, args: readonly string[]): Promise<string> {
    const out: Uint8Array[] = [];
    const running = await this.start(
      { script, shell: 'powershell', args, env: {} },
      { stdout: (bytes) => void out.push(bytes), stderr: () => undefined },
    );
    const end = await running.ended;
    if (end.kind !== 'exited' || end.code !== 0) throw new TransportError('connection_lost', `${this.exec.host} could not look`);
    return Buffer.concat(out).toString('utf8');
  }
}
