import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';
import { lookWith } from './look.js';
import { oneLine } from './text.js';

const linux = `
if answer=$(ss -Hltn 2>/dev/null); then
  printf 'ss\\n%s\\n' "$answer"
elif answer=$(netstat -ltn 2>/dev/null); then
  printf 'netstat\\n%s\\n' "$answer"
elif answer=$(cat /proc/net/tcp); then
  printf 'proc\\n%s\\n' "$answer"
  cat /proc/net/tcp6 2>/dev/null || :
fi
`;

const macos = `
answer=$(netstat -an -p tcp)
printf 'netstat\\n%s\\n' "$answer"
`;

const windows = `
'list'
Get-NetTCPConnection -State Listen | Select-Object -ExpandProperty LocalPort -Unique
`;

/** TCP ports that programs of the host listen on, on any of its addresses. The Windows script is not run by our tests; its output format is. */
export async function listeningPorts(context: ProbeContext): Promise<ReadonlySet<number>> {
  const seen = await lookWith(context, { linux, macos, windows }, []);
  const ports = seen.code === 0 && !seen.truncated ? parsePorts(seen.stdout) : undefined;
  if (ports === undefined)
    throw new CannotTell(`the listening ports cannot be listed: ${oneLine(seen.stderr) || `exit code ${String(seen.code)}`}`);
  return ports;
}

/** Reads the output of the scripts: the name of a program, then what it printed. Undefined when there was none to ask. */
export function parsePorts(output: string): ReadonlySet<number> | undefined {
  const [source = '', ...lines] = output.split(/\r?\n/);
  const read = readers[source];
  return read && new Set(lines.flatMap((line) => read(line.trim()) ?? []));
}

type ReadLine = (line: string) => number | undefined;

const readers: Readonly<Record<string, ReadLine>> = {
  /** `LISTEN 0 128 [::]:8443 [::]:*`; some builds leave the state out. */
  ss: (line) => portOf(line.replace(/^LISTEN\s+/, '').split(/\s+/)[2]),
  /** `tcp 0 0 0.0.0.0:8443 0.0.0.0:* LISTEN`; BSD writes `*.8443`. */
  netstat: (line) => (/^tcp.*\sLISTEN(\s|$)/.test(line) ? portOf(line.split(/\s+/)[3]) : undefined),
  /** `0: 0100007F:20FB 00000000:0000 0A …`: state 0A is LISTEN, numbers are hexadecimal. */
  proc: (line) => {
    const port = /^\d+:\s+[0-9A-F]+:([0-9A-F]{4})\s+\S+\s+0A\s/i.exec(line)?.[1];
    return port === undefined ? undefined : Number.parseInt(port, 16);
  },
  /** One number a line. */
  list: (line) => (/^\d+$/.test(line) ? Number(line) : undefined),
};

function portOf(address = ''): number | undefined {
  const port = /[:.](\d{1,5})$/.exec(address)?.[1];
  return port === undefined ? undefined : Number(port);
}
