import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execute, need } from './command.mjs';

/** What the tests use beyond Node, by the program that shows it is there; `builds`: the VS Code server is built with it. */
const wanted = [
  { package: 'openssh-server', program: 'sshd' },
  { package: 'openssh-client', program: 'ssh-agent' },
  { package: 'chromium', program: 'chromium' },
  { package: 'procps', program: 'ps' },
  { package: 'shellcheck', program: 'shellcheck' },
  { package: 'iproute2', program: 'ss' },
  { package: 'pre-commit', program: 'pre-commit' },
  { package: 'libxml2-utils', program: 'xmllint' },
  { package: 'strace', program: 'strace' },
  { package: 'sudo', program: 'sudo' },
  { package: 'busybox', program: 'busybox' },
  { package: 'dash', program: 'dash' },
  { package: 'zsh', program: 'zsh' },
  { package: 'tcsh', program: 'tcsh' },
  { package: 'fish', program: 'fish' },
  { package: 'pkg-config', program: 'pkg-config', builds: true },
  { package: 'python3', program: 'python3', builds: true },
  { package: 'make', program: 'make', builds: true },
  { package: 'g++', program: 'g++', builds: true },
  { package: 'libkrb5-dev', program: 'krb5-config', builds: true },
];

const searched = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
const isThere = (/** @type {string} */ program) => searched.some((folder) => existsSync(join(folder, program)));

/**
 * Installs the Debian packages the tests use, where this is a Debian and this user may. Elsewhere it names what is missing and goes on:
 * the tests that need it say so when they fail.
 * @param {{ toBuild?: boolean }} [only] `toBuild`: no more than what builds the VS Code server. Default: everything.
 * @returns {Promise<void>}
 */
export async function installDebianPackages({ toBuild = false } = {}) {
  const missing = wanted.filter(({ program, builds }) => !isThere(program) && (!toBuild || builds === true)).map((entry) => entry.package);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.warn(`Not installed here: ${missing.join(', ')}. On Debian: sudo apt-get install ${missing.join(' ')}`);
    return;
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execute('apt-get', ['update', '-q'], { env, quiet: true });
  await need(`Installing ${missing.join(', ')}`, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], {
    env,
    quiet: true,
  });
}
