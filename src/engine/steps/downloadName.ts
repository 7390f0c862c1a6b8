import { realpath } from 'node:fs/promises';
import { dirname, relative, isAbsolute } from 'node:path';

/** Names that are devices on Windows, with or without an extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** What is wrong with the name a download is kept under, as the end of a sentence; the same on all systems. */
export function troubleWithName(name: string): string | undefined {
  const parts = name.replace(/^(?:\.\/)+/, '').split('/');
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name) || parts.includes('..')) return 'leaves the folder of the run';
  if (/[\p{C}\\:]/u.test(name)) return 'has characters that are no part of a file name';
  if (parts.some((part) => DEVICE.test(part))) return 'is the name of a device on Windows';
  if (parts.some((part) => part === '' || part === '.' || /[. ]$/.test(part))) return 'is no name of a file';
  return undefined;
}

/** Whether a file would lie in a directory once links on the way to it are followed. What is not there yet cannot lead out of it. */
export async function staysInside(directory: string, file: string): Promise<boolean> {
  const root = await realpath(directory).catch(() => undefined);
  if (root === undefined) return true;
  const inside = (path: string): boolean => {
    const way = relative(root, path);
    return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
  };
  for (let place = dirname(file); place !== dirname(place); place = dirname(place)) {
    const real = await realpath(place).catch(() => undefined);
    if (real !== undefined) return inside(real);
  }
  return false;
}
