import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { UsageError } from './usage.js';

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  format: { type: 'string' },
  inventory: { type: 'string', short: 'i' },
  set: { type: 'string', multiple: true },
  fact: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  at: { type: 'string' },
  variants: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  production: { type: 'string' },
  headless: { type: 'boolean' },
  evidence: { type: 'string' },
  'outside-window': { type: 'string' },
  unrehearsed: { type: 'string' },
  only: { type: 'string' },
  from: { type: 'string' },
  'known-hosts': { type: 'string', multiple: true },
  identity: { type: 'string', multiple: true },
  'no-ssh-config': { type: 'boolean' },
  'state-dir': { type: 'string' },
  'on-unknown': { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

type OptionName = keyof typeof OPTIONS;

const PLANNING: readonly OptionName[] = ['inventory', 'set', 'fact', 'state-dir'];
const RUNNING: readonly OptionName[] = [
  'yes',
  'production',
  'headless',
  'evidence',
  'outside-window',
  'unrehearsed',
  'known-hosts',
  'identity',
  'no-ssh-config',
  'state-dir',
];

/** Options each command takes; any other is an error, never ignored. */
const TAKES: Readonly<Record<string, readonly OptionName[]>> = {
  lint: ['format'],
  plan: [...PLANNING, 'json', 'at', 'variants'],
  run: [...PLANNING, ...RUNNING, 'only', 'from'],
  resume: [...RUNNING, 'on-unknown'],
  runs: ['json', 'state-dir'],
};

/** The words of a command line, taken apart and checked. */
export interface Arguments {
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  text(name: OptionName): string | undefined;
  list(name: OptionName): readonly string[];
  flag(name: OptionName): boolean;
}

/** Throws {@link UsageError} for anything that is not exactly right. */
export function parseArguments(words: readonly string[]): Arguments {
  const parsed = parsedOrUsage(words);
  const [command, ...operands] = parsed.positionals;
  const values = parsed.values as Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  const help = values['help'] === true;
  const version = values['version'] === true;
  if (command !== undefined && !help) {
    const takes = TAKES[command];
    if (takes === undefined) throw new UsageError(`There is no command "${command}".`);
    for (const name of Object.keys(values)) {
      if (!(takes as readonly string[]).includes(name)) throw new UsageError(`"runbook ${command}" takes no --${name}.`);
    }
  }
  return {
    command,
    operands,
    help,
    version,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    list: (name) => (Array.isArray(values[name]) ? (values[name] as readonly string[]) : []),
    flag: (name) => values[name] === true,
  };
}

function parsedOrUsage(words: readonly string[]): { positionals: string[]; values: object } {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? 'Wrong usage.');
  }
}

/** `NAME=VALUE`. */
export function assignment(text: string, option: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--${option} takes NAME=VALUE, not "${text}".`);
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
