import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SystemCall } from './shim.js';

interface File {
  kind: 'file';
  /** What a reader sees, and what the last sync has kept. */
  seen: Buffer;
  kept: Buffer;
}

interface Directory {
  kind: 'directory';
  readonly seen: Map<string, Node>;
  /** The entries that the last sync of the directory has kept. */
  kept: Map<string, Node>;
}

type Node = File | Directory;

/** What of a thing that was not synced is on the disk after a loss of power. */
export type Survival = 'kept' | 'seen' | 'part' | 'zeros';

/**
 * A disk that only promises what POSIX promises: content is durable after a sync of its file, an entry after a sync of its directory.
 * It is made of the calls a process made, as the shim wrote them down.
 */
export class UnsyncedDisk {
  readonly #root: Directory = { kind: 'directory', seen: new Map(), kept: new Map() };
  readonly #place: string;
  readonly #data: string;

  /** `place`: the directory that counts; `data`: where the shim kept what was written. */
  constructor(place: string, data: string) {
    this.#place = place;
    this.#data = data;
  }

  /** Does what a call did. One that failed did nothing. */
  apply({ number, result, name, detail, path }: SystemCall): void {
    if (result < 0 || !(path === this.#place || path.startsWith(`${this.#place}/`))) return;
    switch (name) {
      case 'mkdir':
        this.#set(path, { kind: 'directory', seen: new Map(), kept: new Map() });
        return;
      case 'open':
        this.#open(path, Number(detail));
        return;
      case 'write':
        this.#write(path, Number(detail), readFileSync(join(this.#data, String(number))).subarray(0, result));
        return;
      case 'truncate':
        this.#truncate(path, Number(detail));
        return;
      case 'sync':
        this.#sync(path);
        return;
      case 'link':
      case 'rename':
        this.#set(path, this.#get(detail));
        if (name === 'rename') this.#set(detail, undefined);
        return;
      case 'unlink':
      case 'rmdir':
        this.#set(path, undefined);
        return;
      default:
        throw new Error(`the disk does not know the call ${name}`);
    }
  }

  /** Writes what is left after a loss of power into a directory. `survives` says it for each thing that was not synced. */
  leave(directory: string, survives: () => Survival): void {
    this.#leave(this.#root, directory, survives);
  }

  #leave(node: Directory, path: string, survives: () => Survival): void {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    for (const name of new Set([...node.kept.keys(), ...node.seen.keys()])) {
      const [kept, seen] = [node.kept.get(name), node.seen.get(name)];
      const entry = kept === seen || survives() === 'kept' ? kept : seen;
      if (entry?.kind === 'directory') this.#leave(entry, join(path, name), survives);
      if (entry?.kind === 'file') writeFileSync(join(path, name), remains(entry, survives), { mode: 0o600 });
    }
  }

  #open(path: string, flags: number): void {
    const found = this.#get(path);
    if (found === undefined && (flags & constants.O_CREAT) !== 0) {
      this.#set(path, { kind: 'file', seen: Buffer.alloc(0), kept: Buffer.alloc(0) });
    } else if (found?.kind === 'file' && (flags & constants.O_TRUNC) !== 0) found.seen = Buffer.alloc(0);
  }

  #write(path: string, offset: number, bytes: Buffer): void {
    const file = this.#file(path);
    if (file === undefined) return;
    const seen = Buffer.alloc(Math.max(file.seen.length, offset + bytes.length));
    file.seen.copy(seen);
    bytes.copy(seen, offset);
    file.seen = seen;
  }

  #truncate(path: string, length: number): void {
    const file = this.#file(path);
    if (file === undefined) return;
    const seen = Buffer.alloc(length);
    file.seen.copy(seen);
    file.seen = seen;
  }

  #sync(path: string): void {
    const node = path === this.#place ? this.#root : this.#get(path);
    if (node?.kind === 'file') node.kept = node.seen;
    if (node?.kind === 'directory') node.kept = new Map(node.seen);
  }

  #file(path: string): File | undefined {
    const node = this.#get(path);
    return node?.kind === 'file' ? node : undefined;
  }

  #get(path: string): Node | undefined {
    if (path === this.#place) return this.#root;
    const parent = this.#get(dirname(path));
    return parent?.kind === 'directory' ? parent.seen.get(nameOf(path)) : undefined;
  }

  #set(path: string, node: Node | undefined): void {
    const parent = this.#get(dirname(path));
    if (parent?.kind !== 'directory') throw new Error(`there is no directory for ${path}`);
    if (node === undefined) parent.seen.delete(nameOf(path));
    else parent.seen.set(nameOf(path), node);
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Blocks reach the disk in any order, and a file can be longer than what was written of it: the rest is zeros then. */
function remains({ seen, kept }: File, survives: () => Survival): Buffer {
  if (seen.equals(kept)) return kept;
  switch (survives()) {
    case 'kept':
      return kept;
    case 'seen':
      return seen;
    case 'part':
      return seen.subarray(0, Math.floor((kept.length + seen.length) / 2));
    case 'zeros':
      return Buffer.concat([kept.subarray(0, seen.length), Buffer.alloc(Math.max(0, seen.length - kept.length))]);
  }
}
