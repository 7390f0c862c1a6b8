import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';
import { lookWith } from './look.js';
import { oneLine } from './text.js';

/** State of a service as its manager names it, and what it amounts to. `changing`: on its way up or down. */
export interface ServiceState {
  readonly state: 'started' | 'stopped' | 'changing';
  readonly word: string;
}

// systemctl answers on standard output even when its exit code is not 0; without systemd it has nothing to say there.
// Old ones call a unit that does not exist inactive as well; 4 is the exit code that newer ones give it.
const linux = `
code=0
answer=$(systemctl is-active "$1" 2>/dev/null) || code=$?
if [ "$answer" = inactive ]; then
  case $(systemctl show -p LoadState "$1" 2>/dev/null || :) in *not-found*) code=4 ;; esac
fi
case $answer in
  active | reloading | refreshing | inactive | failed | activating | deactivating | maintenance) printf 'systemctl %s\\n%s\\n' "$code" "$answer" ;;
  *)
    code=0
    answer=$(service "$1" status 2>&1) || code=$?
    printf 'service %s\\n%s\\n' "$code" "$answer" ;;
esac
`;

const macos = `
code=0
answer=$(launchctl list "$1" 2>&1) || code=$?
printf 'launchctl %s\\n%s\\n' "$code" "$answer"
`;

const windows = `
$service = Get-Service -Name $args[0] -ErrorAction SilentlyContinue
if ($null -eq $service) { 'windows 1' } else { 'windows 0'; $service.Status.ToString() }
`;

/**
 * Asks the service manager of the host: systemd, else the service script, launchd on macOS, the service control manager on Windows.
 * The scripts for macOS and Windows are not run by our tests; their output formats are.
 */
export async function serviceState(context: ProbeContext, name: string): Promise<ServiceState> {
  if (!/^[A-Za-z0-9_@.:][A-Za-z0-9_@.:\\ -]*$/.test(name)) throw new CannotTell(`"${name}" cannot be the name of a service`);
  const seen = await lookWith(context, { linux, macos, windows }, [name]);
  return parseServiceState(seen.stdout, name);
}

/** Reads what the scripts print: the manager and its exit code, then its answer. */
export function parseServiceState(output: string, name: string): ServiceState {
  const [first = '', ...rest] = output.split(/\r?\n/);
  const [manager = '', code] = first.split(' ');
  const answer = rest.join('\n').trim();
  const state = managers[manager]?.(Number(code), answer);
  if (state === undefined)
    throw new CannotTell(`the state of the service "${name}" is not known: ${oneLine(answer) || 'its manager gave no answer'}`);
  return state;
}

const managers: Readonly<Record<string, (code: number, answer: string) => ServiceState | undefined>> = {
  /** Exit code 4 beside `inactive`: there is no such unit, so nothing is known. */
  systemctl: (code, answer) => {
    if (code === 4) return undefined;
    if (/^(active|reloading|refreshing)$/.test(answer)) return { state: 'started', word: answer };
    if (/^(inactive|failed)$/.test(answer)) return { state: 'stopped', word: answer };
    return { state: 'changing', word: answer };
  },
  /** LSB: 0 runs, 3 does not, 1 and 2 died and left a trace; scripts also answer 1 for names they do not know. */
  service: (code, answer) => {
    if (code === 0) return { state: 'started', word: 'running' };
    if (code === 3) return { state: 'stopped', word: 'not running' };
    const knowsIt = !/unrecognized service|not found|not-found|could not be found|does not exist/i.test(answer);
    return (code === 1 || code === 2) && knowsIt ? { state: 'stopped', word: 'dead' } : undefined;
  },
  launchctl: (code, answer) => {
    if (code !== 0) return undefined;
    return /"PID" = \d+;/.test(answer) ? { state: 'started', word: 'running' } : { state: 'stopped', word: 'loaded, not running' };
  },
  windows: (code, answer) => {
    if (code !== 0 || answer === '') return undefined;
    const word = answer.toLowerCase();
    return { state: word === 'running' ? 'started' : word === 'stopped' ? 'stopped' : 'changing', word };
  },
};
