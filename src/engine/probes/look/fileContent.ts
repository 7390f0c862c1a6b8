import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';
import { lookWith } from './look.js';
import type { Seen } from './look.js';
import { oneLine } from './text.js';

const cat = 'cat "$1"\n';
const windowsCat = '[Console]::OutputEncoding = [Text.Encoding]::UTF8\n[Console]::Out.Write([IO.File]::ReadAllText($args[0]))\n';

const hash = `
if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"
elif command -v shasum >/dev/null 2>&1; then shasum -a 256 "$1"
else openssl dgst -sha256 -r "$1"
fi
`;
const windowsHash = '(Get-FileHash -LiteralPath $args[0] -Algorithm SHA256).Hash.ToLowerInvariant()\n';

/** Text of a file on the host. Rejects when the host refuses or the file is longer than a look keeps. */
export async function fileContent(context: ProbeContext, path: string): Promise<string> {
  const seen = await lookWith(context, { linux: cat, macos: cat, windows: windowsCat }, [path]);
  if (seen.code !== 0) throw refused('read', path, seen);
  if (seen.truncated) throw new CannotTell(`"${path}" is too large to be searched`);
  return seen.stdout;
}

/** SHA-256 of a file on the host, 64 lower-case hexadecimal digits. */
export async function fileHash(context: ProbeContext, path: string): Promise<string> {
  const seen = await lookWith(context, { linux: hash, macos: hash, windows: windowsHash }, [path]);
  if (seen.code !== 0) throw refused('hashed', path, seen);
  return parseHash(seen.stdout, path);
}

/** Reads the digest out of the line a hash program prints; GNU puts a backslash before it when it had to quote the name. */
export function parseHash(output: string, path: string): string {
  const digest = /^\\?([0-9a-fA-F]{64})(\s|$)/.exec(output.trim())?.[1];
  if (digest === undefined) throw new CannotTell(`the host gave no SHA-256 of "${path}"`);
  return digest.toLowerCase();
}

function refused(what: string, path: string, seen: Seen): CannotTell {
  const why = oneLine(seen.stderr);
  return new CannotTell(`"${path}" cannot be ${what}: ${why === '' ? `exit code ${String(seen.code)}` : why}`);
}
