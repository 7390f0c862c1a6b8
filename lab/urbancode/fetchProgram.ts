import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProgramCall } from '../core/calls.js';
import type { Host } from '../core/host.js';

/** `curl` as far as a download needs it: `curl [-f…] -o FILE URL`. */
export async function fetchProgram(host: Host, call: ProgramCall): Promise<number> {
  const at = call.args.findIndex((item) => /^-\w*o$/.test(item));
  const file = at < 0 ? undefined : call.args[at + 1];
  const url = call.args.at(-1);
  if (file === undefined || url === undefined || url === file) {
    call.complain('usage: curl -fsSL -o FILE URL');
    return 2;
  }
  const answer = await fetch(url).catch(() => undefined);
  if (answer?.ok !== true) {
    call.complain(`curl: ${url} ${answer === undefined ? 'does not answer' : `answers ${String(answer.status)}`}`);
    return answer === undefined ? 7 : 22;
  }
  const target = path.isAbsolute(file) ? path.join(host.root, file) : path.join(call.cwd, file);
  try {
    await writeFile(target, Buffer.from(await answer.arrayBuffer()));
  } catch {
    call.complain(`curl: ${file} cannot be written`);
    return 23;
  }
  return 0;
}
