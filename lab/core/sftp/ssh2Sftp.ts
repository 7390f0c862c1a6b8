import type { Stats } from 'node:fs';
import type { Attributes, SFTPWrapper } from 'ssh2';
import { longName, SFTP_STATUS, statusOf } from './hostFiles.js';
import type { FileAttributes, HostFiles } from './hostFiles.js';

/** Serves a host's files through the SFTP server of ssh2. */
export function serveSsh2Sftp(sftp: SFTPWrapper, files: HostFiles): void {
  const answer = (id: number, act: () => Promise<void> | void): void => {
    void (async () => {
      try {
        await act();
      } catch (error) {
        sftp.status(id, statusOf(error));
      }
    })();
  };
  const done = (id: number, act: () => Promise<void>): void => {
    answer(id, async () => {
      await act();
      sftp.status(id, SFTP_STATUS.ok);
    });
  };
  const key = (handle: Buffer): number => (handle.length === 4 ? handle.readUInt32BE(0) : 0);
  const handleOf = (number: number): Buffer => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(number, 0);
    return handle;
  };
  sftp.on('OPEN', (id, name, flags, attributes) => {
    answer(id, async () => {
      const mode = (attributes as Partial<Attributes> | undefined)?.mode;
      sftp.handle(id, handleOf(await files.open(name, flags, mode ?? 0o644)));
    });
  });
  sftp.on('READ', (id, handle, offset, length) => {
    answer(id, async () => {
      const data = await files.read(key(handle), offset, length);
      if (data.length === 0) sftp.status(id, SFTP_STATUS.eof);
      else sftp.data(id, data);
    });
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const copy = Buffer.from(data);
    done(id, () => files.write(key(handle), offset, copy));
  });
  sftp.on('CLOSE', (id, handle) => {
    done(id, () => files.close(key(handle)));
  });
  const sendStats = (id: number, read: () => Promise<Stats>): void => {
    answer(id, async () => {
      sftp.attrs(id, attributesOf(await read()));
    });
  };
  sftp.on('STAT', (id, name) => {
    sendStats(id, () => files.stat(name));
  });
  sftp.on('LSTAT', (id, name) => {
    sendStats(id, () => files.lstat(name));
  });
  sftp.on('FSTAT', (id, handle) => {
    sendStats(id, () => files.fstat(key(handle)));
  });
  sftp.on('SETSTAT', (id, name, attributes) => {
    done(id, () => files.setAttributes(name, wanted(attributes)));
  });
  sftp.on('FSETSTAT', (id, handle, attributes) => {
    done(id, () => files.setHandleAttributes(key(handle), wanted(attributes)));
  });
  sftp.on('OPENDIR', (id, name) => {
    answer(id, async () => {
      sftp.handle(id, handleOf(await files.openDirectory(name)));
    });
  });
  sftp.on('READDIR', (id, handle) => {
    answer(id, () => {
      const entries = files.nextEntries(key(handle));
      if (entries === undefined) sftp.status(id, SFTP_STATUS.eof);
      else
        sftp.name(
          id,
          entries.map(({ name, stats }) => ({ filename: name, longname: longName(name, stats), attrs: attributesOf(stats) })),
        );
    });
  });
  sftp.on('REALPATH', (id, name) => {
    answer(id, async () => {
      const canonical = await files.canonical(name);
      sftp.name(id, [{ filename: canonical, longname: canonical, attrs: {} as Attributes }]);
    });
  });
  sftp.on('MKDIR', (id, name) => {
    done(id, () => files.makeDirectory(name));
  });
  sftp.on('RMDIR', (id, name) => {
    done(id, () => files.removeDirectory(name));
  });
  sftp.on('REMOVE', (id, name) => {
    done(id, () => files.remove(name));
  });
  sftp.on('RENAME', (id, from, to) => {
    done(id, () => files.rename(from, to, false));
  });
  sftp.on('EXTENDED', (id: number, name: string, data: Buffer) => {
    if (name !== 'posix-rename@openssh.com') {
      sftp.status(id, SFTP_STATUS.unsupported);
      return;
    }
    const fromLength = data.readUInt32BE(0);
    const from = data.toString('utf8', 4, 4 + fromLength);
    const to = data.toString('utf8', 8 + fromLength);
    done(id, () => files.rename(from, to, true));
  });
  sftp.on('close', () => {
    void files.closeAll();
  });
}

function attributesOf(stats: Stats): Attributes {
  return {
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    atime: Math.floor(stats.atimeMs / 1000),
    mtime: Math.floor(stats.mtimeMs / 1000),
  };
}

function wanted(attributes: Partial<Attributes>): FileAttributes {
  return attributes;
}
