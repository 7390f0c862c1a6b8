/** Programs of the machine that look at nothing but their arguments and streams: a host gets them as they are. */
// prettier-ignore
export const LINKED_PROGRAMS = [
  'sh', 'bash', 'awk', 'sed', 'printf', 'echo', 'tr', 'cut', 'sleep', 'kill', 'setsid', 'env', 'expr', 'nohup', 'sync', 'date', 'basename', 'dirname',
  'true', 'false', 'seq', 'tee', 'od', 'base64', 'xargs', 'mkfifo', 'stty', 'tty', 'timeout', 'yes', 'clear', 'cmp', 'pwd',
] as const;

/** Programs that take paths: an absolute path means one under the root of the host. */
// prettier-ignore
export const PATH_PROGRAMS = [
  'cat', 'stat', 'ls', 'sha256sum', 'touch', 'cp', 'mv', 'rm', 'rmdir', 'mkdir', 'chmod', 'head', 'tail', 'wc', 'dd', 'ln', 'readlink', 'find', 'sort',
  'mktemp', 'test', 'tar', 'gzip', 'du', 'df', 'diff', 'chown', 'realpath',
] as const;

/** The same, but the first argument that is no option is a pattern and stays as it is. */
export const PATTERN_PROGRAMS = ['grep', 'egrep'] as const;
