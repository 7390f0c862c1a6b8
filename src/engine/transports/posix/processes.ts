import type { AttemptName } from '../transport.js';

/** One process as a host lists it. `started` in the host's own unit; two with the same pid and start are the same process. */
export interface HostProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly started: string;
  readonly name: string;
  /** It carries the mark that was asked for in its environment. */
  readonly marked: boolean;
}

/** A process by the two things that name it for ever. */
export type ProcessKey = Pick<HostProcess, 'pid' | 'started'>;

/** The first process of a command. */
export interface CommandRoot extends ProcessKey {
  /** Id of the child that shows us the output, which does not belong to the command. */
  readonly follower?: number | undefined;
  /** What stands in the environment of whatever the command starts; see {@link markOf}. */
  readonly mark?: string | undefined;
}

/** Name of the environment variable that marks the processes of an attempt, wherever they hide. */
export const MARK_VARIABLE = 'RUNBOOK_STUDIO_ATTEMPT';

/** The mark of an attempt. Nobody can guess it, so whoever carries it was started by the attempt. */
export function markOf({ run, attempt }: AttemptName): string {
  return `${run}/${attempt}`;
}

/**
 * Script that lists all processes that are not zombies, one a line: pid, parent, group, start, name. First, as `marked PID`, come those
 * whose environment holds the mark in its argument, as far as this user may look (proc(5)).
 */
export const LIST_SCRIPT = `
if [ -r /proc/self/stat ]; then
  [ -z "\${1-}" ] || grep -lF "${MARK_VARIABLE}=$1" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r no proc pid rest; do
    printf 'marked %s\\n' "$pid"
  done
  for f in /proc/[0-9]*/stat; do
    { IFS= read -r line < "$f"; } 2>/dev/null || continue
    name=\${line#*\\(}
    pid=\${line%% *}
    set -- \${line##*) }
    [ "$1" = Z ] || printf '%s %s %s %s %s\\n' "$pid" "$2" "$3" "\${20}" "\${name%)*}"
  done
else
  ps -A -o pid= -o ppid= -o pgid= -o lstart= -o comm= | while read -r pid parent group d1 d2 d3 d4 d5 name; do
    printf '%s %s %s %s %s\\n' "$pid" "$parent" "$group" "$d1_$d2_$d3_$d4_$d5" "$name"
  done
fi`.replace('$d1_$d2_$d3_$d4_$d5', '${d1}_${d2}_${d3}_${d4}_$d5');

/** Script that signals processes: arguments are the signal, then pairs `PID START`. Each is looked at again just before. */
export const SIGNAL_SCRIPT = `
signal=$1
shift
while [ $# -gt 1 ]; do
  pid=$1 start=$2
  shift 2
  if { IFS= read -r line < "/proc/$pid/stat"; } 2>/dev/null; then
    now=$(set -- \${line##*) }; printf '%s' "\${20}")
  else
    now=$(set -- $(ps -o lstart= -p "$pid" 2>/dev/null); IFS=_; printf '%s' "$*")
  fi
  [ "$now" != "$start" ] || kill -s "$signal" "$pid" 2>/dev/null || :
done`;

/** Reads what {@link LIST_SCRIPT} printed. Lines it does not understand are left out. */
export function parseProcesses(text: string): HostProcess[] {
  const lines = text.split('\n');
  const marked = new Set(lines.flatMap((line) => (line.startsWith('marked ') ? Number(line.slice('marked '.length)) : [])));
  return lines.flatMap((line) => {
    const match = /^(\d+) (\d+) (\d+) (\S+) ?(.*)$/.exec(line);
    if (match === null) return [];
    const [, pid, parent, group, started, name] = match as unknown as [string, string, string, string, string, string];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        started,
        marked: marked.has(Number(pid)),
        name: [...name].filter((c) => c >= ' ' && c <= '~').join(''),
      },
    ];
  });
}

/**
 * What belongs to a command: the process it began as, its group, whoever carries its mark, all their descendants, and those found
 * earlier (a child that has left the group and its environment is known only while its parent lives).
 */
export function belonging(all: readonly HostProcess[], root: CommandRoot, earlier: readonly ProcessKey[]): HostProcess[] {
  const follower = new Set(all.filter(({ pid, parent }) => pid === root.follower && parent === root.pid).map(({ pid }) => pid));
  addDescendants(all, follower);
  const processes = all.filter(({ pid }) => !follower.has(pid));
  const known = new Set(earlier.map(keyOf));
  const rootAlive = processes.some((process) => keyOf(process) === keyOf(root));
  const groupIsOurs = rootAlive || processes.some((process) => process.group === root.pid && known.has(keyOf(process)));
  const found = new Set<number>();
  for (const process of processes) {
    if (keyOf(process) === keyOf(root) || known.has(keyOf(process)) || process.marked || (groupIsOurs && process.group === root.pid))
      found.add(process.pid);
  }
  addDescendants(processes, found);
  return processes.filter(({ pid }) => found.has(pid));
}

/** Adds the children of those that are found, and theirs. */
function addDescendants(processes: readonly HostProcess[], found: Set<number>): void {
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const process of processes) if (found.has(process.parent)) found.add(process.pid);
  }
}

function keyOf(process: ProcessKey): string {
  return `${String(process.pid)}:${process.started}`;
}
