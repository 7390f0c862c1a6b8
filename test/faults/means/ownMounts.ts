import { spawnSync } from 'node:child_process';

/** A command that carries out another with mounts of its own, which nobody else sees. Somebody who is not root is root of a namespace then. */
export function withOwnMounts(script: string, ...words: readonly string[]): readonly string[] {
  return ['unshare', process.getuid?.() === 0 ? '-m' : '-rm', 'sh', '-c', script, ...words];
}

/** Whether this machine lets its user have mounts of their own, and set limits. */
export function mayMount(): boolean {
  const [program = '', ...words] = withOwnMounts(
    'mount -t tmpfs none "$0" && mount --bind /proc/version /proc/sys/kernel/random/boot_id',
    '/mnt',
  );
  return process.platform === 'linux' && spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}
