import type { HostAnswer, SentCommand } from './windowsServer.js';

/** Builds of Windows before and after the update of the example. */
export const OLD_BUILD = '10.0.20348.3328';
export const NEW_BUILD = '10.0.20348.3453';

/** Result of the task that installs: a boot is needed, or the package is for another edition. */
export type InstallResult = 3010 | 2149842967;

/** What may go wrong on a host. */
export interface HostTroubles {
  readonly requestHangs?: boolean;
  readonly installResult?: InstallResult;
}

/** One web server: what the scripts of the example change on it, and what it prints. Lines end as Windows ends them. */
export class WebHost {
  #build = OLD_BUILD;
  #boots = 0;
  #pool = true;
  #service = true;
  #worker = true;
  #package = false;

  constructor(
    private readonly sha256: string,
    private readonly troubles: HostTroubles = {},
  ) {}

  /** Answers a command; one that the example does not contain is refused. */
  readonly answer = (command: SentCommand): HostAnswer => {
    const found = this.#replies.find(([mark]) => command.script.includes(mark));
    return found === undefined ? { stderr: 'no such command in the recording\r\n', code: 1 } : found[1](command);
  };

  readonly #replies: readonly (readonly [mark: string, reply: (command: SentCommand) => HostAnswer])[] = [
    ['LastBootUpTime', () => says(`2026-11-18T0${String(this.#boots)}:00:00.0000000Z`)],
    ['CurrentBuildNumber', () => says(this.#build)],
    ['WindowsPrincipal', () => says('True')],
    ['Get-PSDrive', () => ({})],
    ['ToUnixTimeSeconds', ({ args }) => this.#file(args[0] ?? '')],
    ['Get-FileHash', () => says(this.sha256)],
    ['Get-NetTCPConnection', () => says('list', '22', '135', '3389', ...(this.#service ? ['443'] : []), '18443')],
    ['Win32_Process', () => this.#processes()],
    ['Get-Service', () => says('windows 0', this.#service ? 'Running' : 'Stopped')],
    ['Invoke-WebRequest', () => this.#does(() => (this.#package = true))],
    ['Stop-Service', ({ args }) => this.#does(() => (this.#service = args[1] !== 'stop'))],
    ['Register-ScheduledTask', () => ({})],
    ['Get-ScheduledTaskInfo', () => says(`Ready ${String(this.troubles.installResult ?? 3010)}`)],
    ['CBS.log', () => says('2026-11-18 23:10:04, Error  CBS  Package is not applicable')],
    ['Restart-Computer', () => this.#reboot()],
    ['Stop-WebAppPool', () => this.#does(() => this.#stopPool(this.troubles.requestHangs === true))],
    ['Start-WebAppPool', () => this.#does(() => (this.#pool = this.#worker = true))],
    ['Stop-Process', () => this.#does(() => (this.#worker = false))],
    ['Unregister-ScheduledTask', () => this.#does(() => (this.#package = false))],
    ['Remove-Item', () => this.#does(() => (this.#package = false))],
    ['Get-WinEvent', () => says('TimeCreated : 18/11/2026 23:10:04', 'Id          : 3', 'Message     : KB5055526')],
  ];

  #does(change: () => unknown): HostAnswer {
    change();
    return {};
  }

  #stopPool(workerStays: boolean): void {
    if (!this.#pool) return;
    this.#pool = false;
    this.#worker = workerStays;
  }

  #reboot(): HostAnswer {
    this.#boots += 1;
    this.#build = NEW_BUILD;
    this.#service = this.#pool = this.#worker = true;
    return { goesDown: true };
  }

  #file(path: string): HostAnswer {
    const isThere = path.endsWith('.zip') || (path.endsWith('.msu') && this.#package);
    const now = '1795039200';
    return isThere ? says('found', 'regular file|734003200|1794952800', now) : says('failed', 'No such file or directory', now);
  }

  #processes(): HostAnswer {
    const processes = [
      { ProcessId: 4, ParentProcessId: 0, Name: 'System', CommandLine: null },
      { ProcessId: 900, ParentProcessId: 700, Name: 'svchost.exe', CommandLine: 'C:\\Windows\\system32\\svchost.exe -k iissvcs' },
      { ProcessId: 4711, ParentProcessId: 4700, Name: 'powershell.exe', CommandLine: 'powershell.exe -NoLogo -NoProfile' },
      ...(this.#worker
        ? [
            {
              ProcessId: 5120,
              ParentProcessId: 900,
              Name: 'w3wp.exe',
              CommandLine: 'c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "Intranet"',
            },
          ]
        : []),
    ];
    return says('4711', 'json', JSON.stringify(processes));
  }
}

function says(...lines: readonly string[]): HostAnswer {
  return { stdout: lines.map((line) => `${line}\r\n`).join('') };
}
