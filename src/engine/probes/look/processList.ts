import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';
import { lookWith } from './look.js';
import { oneLine } from './text.js';

/** One process of a host. */
export interface HostProcess {
  readonly pid: number;
  /** Absent where the host does not tell (busybox). */
  readonly parent: number | undefined;
  readonly commandLine: string;
}

/** All processes of a host, and which of them is the look itself. */
export interface ProcessList {
  readonly self: number;
  readonly processes: readonly HostProcess[];
}

const posix = `
printf '%s\\n' "$$"
if answer=$(ps -ww -eo pid=,ppid=,args= 2>/dev/null); then
  printf 'columns\\n%s\\n' "$answer"
elif answer=$(ps -ww -ef 2>/dev/null); then
  printf 'titled\\n%s\\n' "$answer"
else
  answer=$(ps)
  printf 'titled\\n%s\\n' "$answer"
fi
`;

const windows = `
"$PID"
'json'
@(Get-CimInstance Win32_Process | Select-Object ProcessId, ParentProcessId, Name, CommandLine) | ConvertTo-Json -Compress
`;

/** Lists the processes of the host, without those of the look itself. The Windows script is not run by our tests; its output format is. */
export async function processList(context: ProbeContext): Promise<readonly HostProcess[]> {
  const seen = await lookWith(context, { linux: posix, macos: posix, windows }, []);
  const list = seen.code === 0 && !seen.truncated ? parseProcesses(seen.stdout) : undefined;
  if (list === undefined)
    throw new CannotTell(`the processes cannot be listed: ${oneLine(seen.stderr) || `exit code ${String(seen.code)}`}`);
  return withoutSelf(list);
}

/** Reads the output of the scripts: our own pid, the kind of list, the list. Undefined when it is none of these. */
export function parseProcesses(output: string): ProcessList | undefined {
  const [self = '', kind, ...lines] = output.split(/\r?\n/);
  const processes =
    kind === 'columns' ? readColumns(lines) : kind === 'titled' ? readTitled(lines) : kind === 'json' ? readJson(lines.join('\n')) : [];
  return processes.length === 0 || !/^\d+$/.test(self) ? undefined : { self: Number(self), processes };
}

function readColumns(lines: readonly string[]): readonly HostProcess[] {
  return lines.flatMap((line) => {
    const [, pid, parent, commandLine] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return commandLine === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), commandLine: commandLine.trimEnd() }];
  });
}

/** `ps -ef` and busybox differ in their columns; the titles tell which is which, and the command is always the last. */
function readTitled([title = '', ...lines]: readonly string[]): readonly HostProcess[] {
  const titles = title.trim().split(/\s+/);
  const pidAt = titles.indexOf('PID');
  const parentAt = titles.indexOf('PPID');
  if (pidAt < 0) return [];
  return lines.flatMap((line) => {
    const words = wordsThenRest(line, titles.length - 1);
    const pid = Number(words[pidAt]);
    const commandLine = words[titles.length - 1];
    if (!Number.isInteger(pid) || commandLine === undefined) return [];
    return [{ pid, parent: parentAt < 0 ? undefined : Number(words[parentAt]), commandLine: commandLine.replace(/^\{[^}]*\} /, '') }];
  });
}

/** The first `count` words of a line, then the rest as it stands. */
function wordsThenRest(line: string, count: number): readonly string[] {
  const words: string[] = [];
  let rest = line.trim();
  while (words.length < count) {
    const [, word, more] = /^(\S+)\s+(.*)$/.exec(rest) ?? [];
    if (word === undefined || more === undefined) return words;
    words.push(word);
    rest = more;
  }
  return [...words, rest];
}

function readJson(text: string): readonly HostProcess[] {
  try {
    const rows: unknown = JSON.parse(text);
    return (Array.isArray(rows) ? rows : [rows]).map((row: Readonly<Record<string, unknown>>) => ({
      pid: Number(row['ProcessId']),
      parent: Number(row['ParentProcessId']),
      commandLine: [row['CommandLine'], row['Name']].find((text) => typeof text === 'string') ?? '',
    }));
  } catch {
    return [];
  }
}

const OUR_SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'sudo', 'powershell.exe', 'pwsh', 'pwsh.exe']);

/**
 * Leaves out the look: its own process, the shells it was started through, and everything below them.
 * The chain upwards ends at the first program that is no shell, so that a server is never mistaken for the look it carries.
 */
export function withoutSelf({ self, processes }: ProcessList): readonly HostProcess[] {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const ours = new Set([self]);
  const parentOf = (process: HostProcess | undefined): HostProcess | undefined =>
    process?.parent === undefined ? undefined : byPid.get(process.parent);
  let above = parentOf(byPid.get(self));
  while (above !== undefined && isShell(above) && !ours.has(above.pid)) {
    ours.add(above.pid);
    above = parentOf(above);
  }
  for (let before = 0; before < ours.size;) {
    before = ours.size;
    for (const process of processes) if (process.parent !== undefined && ours.has(process.parent)) ours.add(process.pid);
  }
  const isOurs = (process: HostProcess): boolean =>
    ours.has(process.pid) || (process.parent === undefined && /^ps( -|$)/.test(process.commandLine));
  return processes.filter((process) => !isOurs(process) && !process.commandLine.endsWith('<defunct>'));
}

function isShell(process: HostProcess): boolean {
  return OUR_SHELLS.has(programNames(process.commandLine)[0].toLowerCase());
}

const INTERPRETERS = /^(sh|bash|dash|ash|ksh|zsh|perl|ruby|node|python[\d.]*)$/;

/** Names a process goes by: its program, and the script where the program is an interpreter. Without directories. */
export function programNames(commandLine: string): readonly [string, ...string[]] {
  const [, quoted, rest = ''] = /^"([^"]+)"\s*(.*)$/.exec(commandLine) ?? [];
  const [program = '', ...args] = quoted === undefined ? commandLine.split(/\s+/) : [quoted, ...rest.split(/\s+/)];
  const name = lastPart(program).replace(/^-/, '').replace(/:$/, '');
  const script = INTERPRETERS.test(name) ? args.find((arg) => !arg.startsWith('-')) : undefined;
  return script === undefined || script === '' ? [name] : [name, lastPart(script)];
}

function lastPart(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}
