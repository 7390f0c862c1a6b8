import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What OpenSSH's own reader of `known_hosts` makes of a key. */
export interface OracleVerdict {
  readonly accepted: boolean;
  readonly revoked: boolean;
  /** The lines it finds for the name. */
  readonly lines: readonly number[];
}

/**
 * Asks `ssh-keygen -F` which lines of a file are about a name, and judges a key (`TYPE BASE64`) by them as sshd(8) says: a revoked key
 * never, otherwise one that a line without a marker holds.
 */
export async function oracle(file: string, name: string, key: string): Promise<OracleVerdict> {
  const printed = await new Promise<string>((resolve) => {
    // It ends with an error when it finds nothing.
    execFile('ssh-keygen', ['-F', name, '-f', file], { maxBuffer: 4 * 1024 * 1024 }, (_error, stdout) => {
      resolve(stdout);
    });
  });
  const lines = [...printed.matchAll(/^# Host .* found: line (\d+)/gm)].map((match) => Number(match[1]));
  const text = readFileSync(file, 'utf8').split('\n');
  // It prints lines whose type is not that of the key, which OpenSSH does not take when it connects.
  const holding = lines.filter((line) => ` ${(text[line - 1] ?? '').replaceAll(/[ \t\r]+/g, ' ')} `.includes(` ${key} `));
  const marked = (marker: string): readonly number[] => holding.filter((line) => (text[line - 1] ?? '').trimStart().startsWith(marker));
  const revoked = marked('@revoked').length > 0;
  return { accepted: !revoked && holding.length > marked('@').length, revoked, lines };
}
