import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Client, SFTPWrapper } from 'ssh2';
import { sha256OfFile } from '../hash.js';
import { TransportError } from '../transport.js';
import type { Transfer } from '../transport.js';

type Progress = (bytes: number, total: number) => void;

/** Files over one SSH connection. `sha256` reads a file back on the host. */
export class SftpFiles {
  #sftp: Promise<SFTPWrapper> | undefined;

  constructor(
    private readonly host: string,
    private readonly client: Client,
    private readonly sha256: (path: string) => Promise<string>,
  ) {}

  /** Copies to a name of its own beside the target, compares the sums, then renames: nobody ever sees half a file. */
  async upload(file: string, to: string, progress: Progress): Promise<Transfer> {
    const local = await stat(file).catch((error: Error) => {
      throw new TransportError('transfer', `the file ${file} cannot be read: ${error.message}`, 'See that it is there.');
    });
    const sum = await sha256OfFile(file);
    const sftp = await this.#open();
    const path = await this.#absolute(sftp, to.endsWith('/') ? `${to}${basename(file)}` : to);
    const part = partName(path);
    try {
      // The exclusive open makes sure that nobody has put a link there.
      const handle = await this.#call<Buffer>(`${path} cannot be written`, (done) =>
        sftp.open(part, 'wx', { mode: local.mode & 0o777 }, done),
      );
      await this.#call<void>(`${path} cannot be written`, (done) => sftp.close(handle, done));
      await this.#call<void>(`${path} was not copied`, (done) => {
        sftp.fastPut(
          file,
          part,
          {
            step: (total, _chunk, size) => {
              progress(total, size);
            },
          },
          done,
        );
      });
      const seen = await this.sha256(part);
      if (seen !== sum)
        throw new TransportError(
          'transfer',
          `${path} arrived on ${this.host} changed: its SHA-256 is ${seen}, not ${sum}`,
          'Look at the free space there, then try again.',
        );
      await this.#replace(sftp, part, path);
    } catch (error) {
      await this.#call<void>('', (done) => sftp.unlink(part, done)).catch(() => undefined);
      throw error;
    }
    return { path, bytes: local.size, sha256: sum };
  }

  /** Copies to a name of its own beside the target, compares the sums, then renames. The name here is the caller's, never the host's. */
  async download(from: string, file: string, progress: Progress): Promise<Transfer> {
    const sftp = await this.#open();
    const path = await this.#absolute(sftp, from);
    const part = partName(file);
    try {
      await this.#call<void>(`${path} was not copied`, (done) => {
        sftp.fastGet(
          path,
          part,
          {
            step: (total, _chunk, size) => {
              progress(total, size);
            },
          },
          done,
        );
      });
      const [sum, there, { size }] = await Promise.all([sha256OfFile(part), this.sha256(path), stat(part)]);
      if (sum !== there)
        throw new TransportError(
          'transfer',
          `${path} of ${this.host} arrived changed: its SHA-256 is ${sum}, not ${there}`,
          'Perhaps it is being written; try again.',
        );
      await rename(part, file);
      return { path: file, bytes: size, sha256: sum };
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async #replace(sftp: SFTPWrapper, part: string, path: string): Promise<void> {
    try {
      await this.#call<void>('', (done) => {
        sftp.ext_openssh_rename(part, path, done);
      });
    } catch {
      // Without the extension a rename does not replace.
      await this.#call<void>('', (done) => sftp.unlink(path, done)).catch(() => undefined);
      await this.#call<void>(`${path} cannot be written`, (done) => sftp.rename(part, path, done));
    }
  }

  /** Relative paths, and those below `~/`, begin where the file service begins; commands may begin elsewhere. */
  async #absolute(sftp: SFTPWrapper, path: string): Promise<string> {
    if (path === '' || path.includes('\0')) throw new TransportError('transfer', `${JSON.stringify(path)} cannot be the path of a file`);
    if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return path;
    const start = await this.#call<string>('the home directory cannot be found', (done) => {
      sftp.realpath('.', done);
    });
    return `${start.replace(/\/$/, '')}/${path.replace(/^(?:~\/|\.\/)/, '')}`;
  }

  #open(): Promise<SFTPWrapper> {
    this.#sftp ??= this.#call<SFTPWrapper>('files cannot be copied', (done) => this.client.sftp(done));
    return this.#sftp;
  }

  #call<T>(what: string, call: (done: (error?: Error | null, result?: T) => void) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const lost = (): void => {
        reject(new TransportError('connection_lost', `the connection to ${this.host} broke while a file was copied`));
      };
      this.client.once('close', lost);
      const done = (error?: Error | null, result?: T): void => {
        this.client.removeListener('close', lost);
        if (error)
          reject(
            new TransportError(
              'transfer',
              `${what} on ${this.host}: ${error.message}`,
              'See that the directory is there and that the login user may write in it.',
            ),
          );
        else resolve(result as T);
      };
      try {
        call(done);
      } catch (error) {
        done(error as Error);
      }
    });
  }
}

function partName(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}.runbook-studio-${randomBytes(8).toString('hex')}.part`;
}
