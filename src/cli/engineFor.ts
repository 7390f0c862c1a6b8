import { userInfo } from 'node:os';
import { join } from 'node:path';
import { homedir } from 'node:os';
import { createEngine, defaultStateDirectory } from '../engine/index.js';
import type { Engine, HostKeyQuestion } from '../engine/index.js';
import type { Arguments } from './arguments.js';
import type { Io } from './io.js';
import type { AskLine } from './questions.js';
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
    secret: async (name, declared) => {
      const fromEnvironment = io.env[declared.env ?? secretVariable(name)];
      if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
      const typed = await ask?.(`${declared.title} (${name}): `, true);
      return typed === '' ? undefined : typed;
    },
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

/** Environment variable a secret is taken from when the runbook names none. */
export function secretVariable(name: string): string {
  return `RUNBOOK_SECRET_${name.toUpperCase()}`;
}

async function trusted(question: HostKeyQuestion, ask: AskLine | undefined): Promise<boolean> {
  if (ask === undefined) return false;
  const answer = await ask(
    `The host key of ${question.host} (${question.address}, port ${String(question.port)}) is not known.\n${question.keyType} ${question.fingerprint}\nType "yes" if this is its fingerprint: `,
  );
  return answer.trim() === 'yes';
}

/** Who is at the keyboard, as the journal names them. */
export function operatorName(io: Io): string {
  return io.env['RUNBOOK_OPERATOR'] ?? userInfo().username;
}
