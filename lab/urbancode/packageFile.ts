import { INSTALLER_BATCH, INSTALLER_SCRIPT } from './installerScript.js';
import { TARGET } from './releases.js';

const BLOCK = 512;

/** One member of an archive in the ustar format; its date is fixed, so that the archive is the same every time. */
function member(name: string, text: string, mode: number): Buffer {
  const content = Buffer.from(text);
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  head.write(name, 0);
  head.write(octal(mode, 8), 100);
  head.write(octal(0, 8), 108);
  head.write(octal(0, 8), 116);
  head.write(octal(content.length, 12), 124);
  head.write(octal(0, 12), 136);
  head.write('        ', 148);
  head.write('0', 156);
  head.write('ustar\x0000', 257, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([head, content, padding]);
}

/** The installation package: one archive for all servers. */
export function packageFile(): Buffer {
  return Buffer.concat([
    member('VERSION', `${TARGET}\n`, 0o644),
    member('install-server.sh', INSTALLER_SCRIPT, 0o755),
    member('install-server.bat', INSTALLER_BATCH, 0o644),
    Buffer.alloc(2 * BLOCK),
  ]);
}
