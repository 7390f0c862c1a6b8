import { symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from '../core/host.js';
import { versionOrder } from '../core/versionOrder.js';
import { APP_DATA, DATA_FOLDERS, NEW_FOLDERS_SINCE, STORAGE } from './releases.js';

/** The network storage that all servers of a cluster mount. Its files lie on the first host; the others see the same ones. */
export class Storage {
  #owner: Host | undefined;

  /** Makes the folders as a server of the given release expects them, and mounts them on all hosts. */
  async setUp(hosts: readonly [Host, ...Host[]], version: string): Promise<void> {
    const [owner, ...others] = hosts;
    this.#owner = owner;
    const base = versionOrder(version, NEW_FOLDERS_SINCE) < 0 ? STORAGE : APP_DATA;
    for (const folder of DATA_FOLDERS) await owner.write(`${base}/${folder}/present.txt`, `${folder} of the cluster\n`);
    for (const host of others) {
      await host.write('/mnt/.mounts', `${STORAGE}\n`);
      await symlink(path.join(owner.root, STORAGE), path.join(host.root, STORAGE));
    }
  }

  /** True when every folder and its content stand where a server of the new release looks. */
  matched(): boolean {
    return DATA_FOLDERS.every((folder) => this.#owner?.list(`${APP_DATA}/${folder}`).includes('present.txt') === true);
  }
}
