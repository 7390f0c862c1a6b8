import { LabClient } from '../core/sshClient.js';
import type { Ran } from '../core/sshClient.js';

/** Questions of the installer and what a person would type. */
const answers = (data: string): readonly (readonly [RegExp, string])[] => [
  [/installation directory[^:]*: $/, '/opt/ucd'],
  [/upgrade the current installation\?[^:]*: $/, 'yes'],
  [/store application data[^?]*\? $/, data],
  [/upgrade the database now\?[^:]*: $/, 'yes'],
];

/** Runs the installer on a server over a terminal and answers its questions. `hangUpAt` ends the connection where the screen says so. */
export async function installOn(
  address: string,
  identity: string,
  options: { readonly command?: string; readonly data?: string; readonly hangUpAt?: RegExp } = {},
): Promise<Ran> {
  const client = await LabClient.open(address, identity);
  const channel = await client.start(`cd ucd-install && ${options.command ?? 'sudo ./install-server.sh'}`, {
    term: 'xterm',
    rows: 24,
    cols: 200,
  });
  return new Promise((resolve) => {
    let [screen, from] = ['', 0];
    let code: number | undefined;
    channel.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
      const answer = answers(options.data ?? '/mnt/ucd/app_data').find(([question]) => question.test(screen.slice(from)));
      if (options.hangUpAt?.test(screen) === true) client.close();
      if (answer === undefined) return;
      from = screen.length;
      channel.write(`${answer[1]}\n`);
    });
    channel.on('exit', (exit: number | null) => (code = exit ?? undefined));
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      client.close();
      resolve({ code, stdout: screen, stderr: '' });
    };
    channel.once('close', end);
    void client.closed.then(end);
  });
}
