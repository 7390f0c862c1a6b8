/** One process as a host lists it. `started` in the host's own unit; two with the same pid and start are the same process. */
export interface HostProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly started: string;
  readonly name: string;
}

/** A process by the two things that name it for ever. */
export type ProcessKey = Pick<HostProcess, 'pid' | 'started'>;

/** Script that lists all processes that are not zombies, one a line: pid, parent, group, start, name. */
export const LIST_SCRIPT = `
if [ -r /proc/self/stat ]; then
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
  return text.split('\n').flatMap((line) => {
    const match = /^(\d+) (\d+) (\d+) (\S+) ?(.*)$/.exec(line);
    if (match === null) return [];
    const [, pid, parent, group, started, name] = match as unknown as [string, string, string, string, string, string];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        started,
        name: [...name].filter((c) => c >= ' ' && c <= '~').join(''),
      },
    ];
  });
}

/**
 * What belongs to a command: the process it began as, its group, all their descendants, and those found earlier (a child that has
 * left the group is known only while its parent lives).
 */
export function belonging(processes: readonly HostProcess[], root: ProcessKey, earlier: readonly ProcessKey[]): HostProcess[] {
  const known = new Set(earlier.map(keyOf));
  const rootAlive = processes.some((process) => keyOf(process) === keyOf(root));
  const groupIsOurs = rootAlive || processes.some((process) => process.group === root.pid && known.has(keyOf(process)));
  const found = new Map<number, HostProcess>();
  for (const process of processes) {
    if (keyOf(process) === keyOf(root) || known.has(keyOf(process)) || (groupIsOurs && process.group === root.pid))
      found.set(process.pid, process);
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const process of processes) if (found.has(process.parent)) found.set(process.pid, process);
  }
  return [...found.values()];
}

function keyOf(process: ProcessKey): string {
  return `${String(process.pid)}:${process.started}`;
}
