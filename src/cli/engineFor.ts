import { userInfo } from 'node:os';
import { join } from 'node:path';
import { homedir } from 'node:os';
import { createEngine, defaultStateDirectory } from '../engine/index.js';
import type { Engine, HandOverRequest, HostKeyQuestion } from '../engine/index.js';
import type { Arguments } from './arguments.js';
import type { Io } from './io.js';
import type { AskLine } from './questions.js';
import { secretsFor } from './secrets.js';
import { productVersion } from './version.js';

/** The directory runs are kept in. */
export function stateDirectory(args: Arguments): string {
  return args.text('state-dir') ?? defaultStateDirectory();
}

/** The engine as a command line drives it. Relative uploads start at `baseDirectory`. */
export function engineFor(args: Arguments, io: Io, baseDirectory: string, ask: AskLine | undefined): Engine {
  const knownHosts = args.list('known-hosts');
  return createEngine({
    stateDirectory: stateDirectory(args),
    version: productVersion(),
    operator: operatorName(io),
    baseDirectory,
    assertMayAct: () => undefined,
    allowHandOver: (request) => letsGo(request, args, io, ask),
    secret: secretsFor(args, io, ask),
    ssh: {
      knownHosts: knownHosts.length > 0 ? knownHosts : [join(homedir(), '.ssh', 'known_hosts')],
      identities: args.list('identity'),
      useConfig: !args.flag('no-ssh-config'),
      trustUnknownKey: (question) => trusted(question, ask),
      askSecret: async (prompt) => {
        const typed = await ask?.(`${prompt}: `, true);
        return typed === '' ? undefined : typed;
      },
    },
  });
}

async function trusted(question: HostKeyQuestion, ask: AskLine | undefined): Promise<boolean> {
  if (ask === undefined) return false;
  const answer = await ask(
    `The host key of ${question.host} (${question.address}, port ${String(question.port)}) is not known.\n${question.keyType} ${question.fingerprint}\nType "yes" if this is its fingerprint: `,
  );
  return answer.trim() === 'yes';
}

/** Whether the person here lets the run go. Told at once, even while another question is open. */
async function letsGo(request: HandOverRequest, args: Arguments, io: Io, ask: AskLine | undefined): Promise<boolean> {
  const text = `${request.by} on ${request.machine} asks to take this run over: ${request.why}`;
  io.err(`\n${text}\n`);
  if (args.flag('allow-take-over')) return true;
  if (ask === undefined) return false;
  return (await ask(`${text}\nType "yes" to let it go after the steps under way, anything else to keep it: `)).trim() === 'yes';
}

/** Who is at the keyboard, as the journal names them. */
export function operatorName(io: Io): string {
  return io.env['RUNBOOK_OPERATOR'] ?? userInfo().username;
}
