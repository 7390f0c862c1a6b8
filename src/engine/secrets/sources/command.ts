import { spawn } from 'node:child_process';
import { HumanError } from '../../../events/index.js';
import { plainText } from '../../terminal/escapeFilter.js';
import { Masker } from '../masker.js';
import { SECRET_VARIABLES } from './environment.js';
import { withoutLineEnd } from './source.js';
import type { SecretPlace, SecretSource } from './source.js';

/** Time a person needs to touch a key or unlock a store. In ms. */
const TIME_LIMIT_MS = 60_000;
/** More is a file and no secret. In bytes. */
const LIMIT = 64 * 1024;
/** What a command says of its trouble, at most. In characters. */
const COMPLAINT = 500;

/** A program that gives secrets out. */
export interface SecretCommand {
  /**
   * The program and its arguments. No shell reads them; `{name}`, `{runbook}` and `{environment}` in an argument stand for what is wanted.
   * The environment has them, too: `RUNBOOK_SECRET_NAME`, `RUNBOOK_ID`, `RUNBOOK_ENVIRONMENT`.
   */
  readonly argv: readonly string[];
  readonly timeoutMs?: number;
  /** Throws where nothing may be started. */
  readonly assertMayAct: () => void;
  /** Told what the program said on its standard error, masked. */
  readonly tell?: (text: string) => void;
}

/**
 * Secrets from a program of the operator. What it prints, without one line end, is the secret; nothing at all means that it does not know it.
 * Any other end than exit code 0 is an error, never "not known".
 */
export function commandSource(command: SecretCommand): SecretSource {
  const [program = ''] = command.argv;
  return {
    atHand: false,
    find: async (name, _declared, place) => {
      command.assertMayAct();
      const said = await outputOf(command, { name, ...place });
      const value = withoutLineEnd(said.stdout);
      const complaint = masked(said.stderr, [value, ...value.split('\n')]);
      if (complaint !== '') command.tell?.(complaint);
      if (said.trouble !== undefined)
        throw new HumanError(
          `The command for secrets (${program}) did not give "${name}": ${said.trouble}.${complaint === '' ? '' : ` It said: ${complaint}.`}`,
          'Try the command by hand, then go on.',
        );
      return value === '' ? undefined : { value, from: `the command ${program}` };
    },
  };
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly trouble?: string;
}

function outputOf({ argv, timeoutMs = TIME_LIMIT_MS }: SecretCommand, wanted: SecretPlace & { readonly name: string }): Promise<Said> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const child = spawn(
      program,
      args.map((argument) => argument.replaceAll(/\{(name|runbook|environment)\}/g, (_, key: keyof typeof wanted) => wanted[key])),
      {
        env: {
          ...withoutSecrets(process.env),
          RUNBOOK_SECRET_NAME: wanted.name,
          RUNBOOK_ID: wanted.runbook,
          RUNBOOK_ENVIRONMENT: wanted.environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: false,
        windowsHide: true,
        signal,
        killSignal: 'SIGKILL',
      },
    );
    const stdout: Buffer[] = [];
    let stderr = Buffer.alloc(0);
    let size = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      size += bytes.length;
      if (size <= LIMIT) stdout.push(bytes);
      else child.kill('SIGKILL');
    });
    child.stderr.on('data', (bytes: Buffer) => {
      stderr = Buffer.concat([stderr, bytes]).subarray(0, LIMIT);
    });
    const end = (trouble?: string): void => {
      // Whatever it has left running may hold its ends of the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
      const texts = { stdout: Buffer.concat(stdout).toString('utf8'), stderr: stderr.toString('utf8') };
      resolve(trouble === undefined ? texts : { ...texts, trouble });
    };
    child.once('error', (error) => {
      end(signal.aborted ? `it did not end within ${String(Math.round(timeoutMs / 1000))} s` : error.message);
    });
    child.once('close', (code, killedBy) => {
      if (size > LIMIT) end(`it printed more than ${String(LIMIT)} bytes`);
      else if (code === 0) end();
      else end(code === null ? `it was ended by ${String(killedBy)}` : `it ended with exit code ${String(code)}`);
    });
  });
}

/** The program gets one secret out; the others are none of its business. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([variable]) => !variable.startsWith(SECRET_VARIABLES)));
}

/** What the program said, in one line, without the secret it may have said there as well. */
function masked(text: string, secrets: readonly string[]): string {
  const masker = new Masker();
  for (const secret of secrets) masker.register(secret);
  const all = masker.maskText(plainText(text)).replaceAll(/\s+/g, ' ').trim();
  return all.length > COMPLAINT ? `${all.slice(0, COMPLAINT)}…` : all;
}
