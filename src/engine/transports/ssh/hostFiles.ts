import { OWN_FILE_SCRIPT, SHA256_OF_BEGINNING_SCRIPT, SHA256_SCRIPT } from '../hash.js';
import type { PosixSession } from '../posix/session.js';
import type { WindowsSession } from '../windows/session.js';

/** What a host says about its files itself, since its file service cannot. */
export interface HostFiles {
  /** SHA-256 in hex. */
  sha256(path: string): Promise<string>;
  /** SHA-256 of so many first bytes; undefined where the host cannot tell. */
  beginning(path: string, bytes: number): Promise<string | undefined>;
  /** Size and SHA-256 of a plain file that belongs to the login user; undefined for anything else, and where the host cannot tell. */
  own(path: string): Promise<{ readonly size: number; readonly sha256: string } | undefined>;
}

/** Files of a POSIX host. */
export function posixFiles(session: PosixSession): HostFiles {
  return {
    sha256: async (path) => (await session.text(SHA256_SCRIPT, [path])).trim(),
    beginning: async (path, bytes) => (await session.text(SHA256_OF_BEGINNING_SCRIPT, [path, String(bytes)])).trim(),
    own: async (path) => {
      const [size, sha256] = (await session.text(OWN_FILE_SCRIPT, [path])).trim().split(' ');
      return size === undefined || sha256 === undefined ? undefined : { size: Number(size), sha256 };
    },
  };
}

/** Files of a Windows host, where a cut copy begins anew. */
export function windowsFiles(session: WindowsSession): HostFiles {
  return {
    sha256: (path) => session.sha256(path.replace(/^\/(?=[A-Za-z]:)/, '')),
    beginning: () => Promise.resolve(undefined),
    own: () => Promise.resolve(undefined),
  };
}
