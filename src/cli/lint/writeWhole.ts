import { lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that whoever reads it sees the old text or the new one, never a part. A symbolic link of that name is replaced, not followed;
 * pipes and devices are written to. `mode`: of the new file; without it, that of the old one, or what is usual. Rejects when it cannot be written.
 */
export async function writeWhole(file: string, text: string, mode?: number): Promise<void> {
  const old = await lstat(file).catch(() => undefined);
  if (old !== undefined && !old.isFile() && !old.isSymbolicLink()) return writeFile(file, text);
  const draft = join(dirname(file), `.runbook-${crypto.randomUUID()}.tmp`);
  const wanted = mode ?? (old?.isFile() === true ? old.mode : undefined);
  try {
    const handle = await open(draft, 'wx', wanted === undefined ? 0o666 : wanted & 0o777);
    try {
      if (wanted !== undefined) await handle.chmod(wanted & 0o777);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
