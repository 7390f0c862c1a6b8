import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of a file of this machine, in hex. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const SUM = `
sum() {
  if command -v sha256sum >/dev/null; then found=$(sha256sum -- "$@")
  elif command -v shasum >/dev/null; then found=$(shasum -a 256 -- "$@")
  else found=$(openssl dgst -sha256 -r -- "$@")
  fi
  # A name with a backslash is told by one in front of the sum.
  found=\${found#\\\\}
  printf '%s\\n' "\${found%% *}"
}`;

/** Script that prints the SHA-256 of the file named by its argument, with whichever program the host has. */
export const SHA256_SCRIPT = `${SUM}
sum "$1"`;

/** Script that prints the SHA-256 of so many first bytes (second argument) of the file named by its first argument. */
export const SHA256_OF_BEGINNING_SCRIPT = `${SUM}
head -c "$2" <"$1" | sum`;

/** Script that prints size and SHA-256 of the file named by its argument, if it is a plain one of the login user; else nothing. */
export const OWN_FILE_SCRIPT = `${SUM}
[ -f "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || exit 0
size=$(wc -c <"$1")
printf '%s ' "$((size))"
sum <"$1"`;
