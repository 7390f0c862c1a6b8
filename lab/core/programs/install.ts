import { accessSync, constants } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HOSTNAME, ID, NETSTAT, pathLauncher, psLauncher, SERVICE, SS, SUDO, SYSTEMCTL, UNAME, WHOAMI } from './launchers.js';
import { LINKED_PROGRAMS, PATH_PROGRAMS, PATTERN_PROGRAMS } from './linked.js';

const PLACES = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/** Where the machine has a program, or undefined. */
function find(program: string): string | undefined {
  return PLACES.map((place) => path.join(place, program)).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Fills a directory with the programs every host has. A program that this machine lacks is left out. */
export async function installPrograms(bin: string): Promise<void> {
  const script = (name: string, text: string): Promise<void> => writeFile(path.join(bin, name), text, { mode: 0o755 });
  const links = LINKED_PROGRAMS.map(async (name) => {
    const real = find(name);
    if (real !== undefined) await symlink(real, path.join(bin, name));
  });
  const launchers = [...PATH_PROGRAMS.map((name) => [name, false] as const), ...PATTERN_PROGRAMS.map((name) => [name, true] as const)].map(
    async ([name, patternFirst]) => {
      const real = find(name);
      if (real !== undefined) await script(name, pathLauncher(real, patternFirst));
    },
  );
  const own = {
    sudo: SUDO,
    id: ID,
    whoami: WHOAMI,
    hostname: HOSTNAME,
    uname: UNAME,
    ss: SS,
    netstat: NETSTAT,
    systemctl: SYSTEMCTL,
    service: SERVICE,
  };
  const realPs = find('ps') ?? '/bin/ps';
  await Promise.all([
    ...links,
    ...launchers,
    ...Object.entries(own).map(([name, text]) => script(name, text)),
    script('ps', psLauncher(realPs)),
  ]);
}
