import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';
import { lookWith } from './look.js';
import { oneLine } from './text.js';

/** What a host says about a path, links followed. Times are seconds since 1970 by the clock of the host. */
export type FileState =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'present';
      readonly regular: boolean;
      readonly what: string;
      readonly size: number;
      readonly changed: number;
      readonly now: number;
    };

// An error that names the path is about the path; only an error about the option means that this is a BSD stat.
const posix = `
if answer=$(stat -L -c '%F|%s|%Y' "$1" 2>&1); then
  printf 'found\\n%s\\n' "$answer"
else
  case $answer in
    *"$1"*) printf 'failed\\n%s\\n' "$answer" ;;
    *'option -- '*)
      if answer=$(stat -L -f '%HT|%z|%m' "$1" 2>&1); then
        printf 'found\\n%s\\n' "$answer"
      else
        printf 'failed\\n%s\\n' "$answer"
      fi ;;
    *) printf 'failed\\n%s\\n' "$answer" ;;
  esac
fi
date +%s
`;

const windows = `
$now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
try {
  $item = Get-Item -LiteralPath $args[0] -Force -ErrorAction Stop
  $kind = if ($item.PSIsContainer) { 'directory' } else { 'regular file' }
  $size = if ($item.PSIsContainer) { 0 } else { $item.Length }
  $changed = ([DateTimeOffset]$item.LastWriteTimeUtc).ToUnixTimeSeconds()
  'found'
  "$kind|$size|$changed"
} catch [System.Management.Automation.ItemNotFoundException] {
  'failed'
  'No such file or directory'
} catch {
  'failed'
  $_.Exception.Message -replace '\\s+', ' '
}
$now
`;

/** Asks the host about a path. The Windows script is not run by our tests; its output format is. */
export async function fileState(context: ProbeContext, path: string): Promise<FileState> {
  const seen = await lookWith(context, { linux: posix, macos: posix, windows }, [path]);
  return parseFileState(seen.stdout, path);
}

/** Reads what the scripts print: `found` or `failed`, a line about the path, and the time. */
export function parseFileState(output: string, path: string): FileState {
  const lines = output.split(/\r?\n/).filter((line) => line !== '');
  if (lines[0] === 'found') {
    const [what, size, changed] = (lines[1] ?? '').split('|');
    const now = Number(lines.at(-1));
    if (what === undefined || !isCount(size) || !isCount(changed) || Number.isNaN(now)) {
      throw new CannotTell(`the host described "${path}" in a way that cannot be read`, output);
    }
    return {
      kind: 'present',
      regular: /^regular/i.test(what),
      what: what.toLowerCase(),
      size: Number(size),
      changed: Number(changed),
      now,
    };
  }
  const why = oneLine(lines.slice(1, -1).join(' '));
  if (/No such file or directory|Not a directory/.test(why)) return { kind: 'absent' };
  throw new CannotTell(`"${path}" cannot be looked at: ${why === '' ? 'the host gave no reason' : why}`);
}

function isCount(text: string | undefined): text is string {
  return text !== undefined && /^\d+$/.test(text);
}
