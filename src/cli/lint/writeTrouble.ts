const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'writing there is not allowed',
  EPERM: 'writing there is not allowed',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};

/** Why a file could not be written, in words that end a sentence. */
export function writeTrouble(error: unknown): string {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
  return WHY[code] ?? code;
}
