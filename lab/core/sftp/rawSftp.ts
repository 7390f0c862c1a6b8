import type { Stats } from 'node:fs';
import type { Duplex } from 'node:stream';
import { longName, SFTP_STATUS, statusOf } from './hostFiles.js';
import type { HostFiles } from './hostFiles.js';
import { PacketReader, PacketWriter } from './packet.js';

// Packet types of draft-ietf-secsh-filexfer-02, which is SFTP version 3.
const INIT = 1;
const VERSION = 2;
const STATUS = 101;
const HANDLE = 102;
const DATA = 103;
const NAME = 104;
const ATTRS = 105;

type Reply = (type: number, fill: (packet: PacketWriter) => void) => void;
type Handler = (files: HostFiles, packet: PacketReader, reply: Reply) => Promise<void>;

const ok = (reply: Reply): void => {
  status(reply, SFTP_STATUS.ok);
};

function status(reply: Reply, code: number): void {
  reply(STATUS, (packet) =>
    packet
      .uint32(code)
      .text(code === 0 ? 'done' : 'refused')
      .text('en'),
  );
}

async function sendStats(reply: Reply, stats: Promise<Stats>): Promise<void> {
  const found = await stats;
  reply(ATTRS, (packet) => packet.stats(found));
}

const HANDLERS: Readonly<Record<number, Handler>> = {
  3: async (files, packet, reply) => {
    const [name, flags, attributes] = [packet.text(), packet.uint32(), packet.attributes()];
    const handle = await files.open(name, flags, attributes.mode ?? 0o644);
    reply(HANDLE, (answer) => answer.handle(handle));
  },
  4: async (files, packet, reply) => {
    await files.close(packet.handle());
    ok(reply);
  },
  5: async (files, packet, reply) => {
    const data = await files.read(packet.handle(), packet.uint64(), packet.uint32());
    if (data.length === 0) status(reply, SFTP_STATUS.eof);
    else reply(DATA, (answer) => answer.bytes(data));
  },
  6: async (files, packet, reply) => {
    await files.write(packet.handle(), packet.uint64(), packet.bytes());
    ok(reply);
  },
  7: (files, packet, reply) => sendStats(reply, files.lstat(packet.text())),
  8: (files, packet, reply) => sendStats(reply, files.fstat(packet.handle())),
  9: async (files, packet, reply) => {
    await files.setAttributes(packet.text(), packet.attributes());
    ok(reply);
  },
  10: async (files, packet, reply) => {
    await files.setHandleAttributes(packet.handle(), packet.attributes());
    ok(reply);
  },
  11: async (files, packet, reply) => {
    const handle = await files.openDirectory(packet.text());
    reply(HANDLE, (answer) => answer.handle(handle));
  },
  12: async (files, packet, reply) => {
    const entries = files.nextEntries(packet.handle());
    if (entries === undefined) status(reply, SFTP_STATUS.eof);
    else {
      reply(NAME, (answer) => {
        answer.uint32(entries.length);
        for (const { name, stats } of entries) answer.text(name).text(longName(name, stats)).stats(stats);
      });
    }
  },
  13: async (files, packet, reply) => {
    await files.remove(packet.text());
    ok(reply);
  },
  14: async (files, packet, reply) => {
    await files.makeDirectory(packet.text());
    ok(reply);
  },
  15: async (files, packet, reply) => {
    await files.removeDirectory(packet.text());
    ok(reply);
  },
  16: async (files, packet, reply) => {
    const canonical = await files.canonical(packet.text());
    reply(NAME, (answer) => answer.uint32(1).text(canonical).text(canonical).uint32(0));
  },
  17: (files, packet, reply) => sendStats(reply, files.stat(packet.text())),
  18: async (files, packet, reply) => {
    await files.rename(packet.text(), packet.text(), false);
    ok(reply);
  },
  200: async (files, packet, reply) => {
    if (packet.text() !== 'posix-rename@openssh.com') {
      status(reply, SFTP_STATUS.unsupported);
      return;
    }
    await files.rename(packet.text(), packet.text(), true);
    ok(reply);
  },
};

/** Serves a host's files over the raw bytes of an SFTP channel, one request after the other. */
export async function serveRawSftp(stream: Duplex, files: HostFiles): Promise<void> {
  let pending = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      pending = Buffer.concat([pending, chunk as Buffer]);
      while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
        const end = 4 + pending.readUInt32BE(0);
        await handle(pending.subarray(4, end), stream, files);
        pending = pending.subarray(end);
      }
    }
  } catch {
    stream.destroy();
  } finally {
    await files.closeAll();
    stream.end();
  }
}

async function handle(body: Buffer, stream: Duplex, files: HostFiles): Promise<void> {
  const type = body.readUInt8(0);
  if (type === INIT) {
    stream.write(new PacketWriter(VERSION).uint32(3).text('posix-rename@openssh.com').text('1').finish());
    return;
  }
  const packet = new PacketReader(body.subarray(1));
  const id = packet.uint32();
  const reply: Reply = (kind, fill) => {
    const answer = new PacketWriter(kind).uint32(id);
    fill(answer);
    stream.write(answer.finish());
  };
  const handler = HANDLERS[type];
  if (handler === undefined) {
    status(reply, SFTP_STATUS.unsupported);
    return;
  }
  try {
    await handler(files, packet, reply);
  } catch (error) {
    status(reply, statusOf(error));
  }
}
