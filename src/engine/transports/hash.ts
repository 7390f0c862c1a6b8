import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of a file of this machine, in hex. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Script that prints the SHA-256 of the file named by its argument, with whichever program the host has. */
export const SHA256_SCRIPT = `
if command -v sha256sum >/dev/null; then sum=$(sha256sum -- "$1")
elif command -v shasum >/dev/null; then sum=$(shasum -a 256 -- "$1")
else sum=$(openssl dgst -sha256 -r -- "$1")
fi
sum=\${sum#\\\\}
printf '%s\\n' "\${sum%% *}"`;
