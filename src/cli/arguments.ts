import type { ParseArgsConfig } from 'node:util';
import { UsageError } from './usage.js';

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  format: { type: 'string', multiple: true },
  output: { type: 'string', short: 'o', multiple: true },
  'fail-on': { type: 'string' },
  'changed-since': { type: 'string' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'boolean' },
  fix: { type: 'boolean' },
  explain: { type: 'string' },
  'list-rules': { type: 'boolean' },
  profile: { type: 'string' },
  config: { type: 'string' },
  shellcheck: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  policy: { type: 'string' },
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
  head: { type: 'string' },
  force: { type: 'boolean' },
  follow: { type: 'boolean' },
  'take-over': { type: 'boolean' },
  why: { type: 'string' },
  'allow-take-over': { type: 'boolean' },
  'ignore-host-lock': { type: 'string', multiple: true },
  'secret-fd': { type: 'string', multiple: true },
  'secret-command': { type: 'string' },
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
  'allow-take-over',
  'ignore-host-lock',
  'secret-fd',
  'secret-command',
];

/** Options each command takes; any other is an error, never ignored. */
const TAKES: Readonly<Record<string, readonly OptionName[]>> = {
  lint: [
    'format',
    'output',
    'fail-on',
    'changed-since',
    'baseline',
    'write-baseline',
    'fix',
    'explain',
    'list-rules',
    'profile',
    'config',
    'shellcheck',
    'stdin-filename',
  ],
  diff: ['format', 'output', 'policy', 'inventory'],
  plan: [...PLANNING, 'json', 'at', 'variants'],
  run: [...PLANNING, ...RUNNING, 'only', 'from'],
  resume: [...RUNNING, 'on-unknown', 'take-over', 'why'],
  runs: ['json', 'state-dir', 'follow'],
  journal: ['json', 'state-dir', 'head', 'format', 'output', 'force'],
  lsp: [],
  new: [],
};

/** A format that is asked for, and where it goes: a file, or standard output where there is none. */
export interface AskedFormat {
  /** Undefined where only a file is named: the default of the command. */
  readonly format: string | undefined;
  readonly output: string | undefined;
}

/** The words of a command line, taken apart and checked. */
export interface Arguments {
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  /** Names of all options that are given. */
  readonly given: readonly string[];
  /** Every `--format` with the `-o` that follows it; empty where neither is given. */
  readonly formats: readonly AskedFormat[];
  /** Value of an option; of one that may be given several times, the last. */
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
    const takes = Object.hasOwn(TAKES, command) ? TAKES[command] : undefined;
    if (takes === undefined) throw new UsageError(`There is no command "${command}".`);
    for (const name of Object.keys(values)) {
      if (!(takes as readonly string[]).includes(name)) throw new UsageError(`"runbook ${command}" takes no --${name}.`, command);
    }
  }
  return {
    command,
    operands,
    help,
    version,
    given: Object.keys(values),
    formats: formatsIn(parsed.tokens, command),
    text: (name) => [values[name]].flat().findLast((value) => typeof value === 'string'),
    list: (name) => (Array.isArray(values[name]) ? (values[name] as readonly string[]) : []),
    flag: (name) => values[name] === true,
  };
}

interface OptionToken {
  readonly kind: string;
  readonly name?: string;
  readonly value?: string | boolean | undefined;
}

function parsedOrUsage(words: readonly string[]): { positionals: string[]; values: object; tokens: readonly OptionToken[] } {
  try {
    // An import of the module would run everything it has to offer, which takes longer than all of this.
    const { parseArgs } = process.getBuiltinModule('node:util');
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const command = words.find((word) => !word.startsWith('-'));
    throw new UsageError(
      parseTrouble(error as NodeJS.ErrnoException),
      command !== undefined && Object.hasOwn(TAKES, command) ? command : undefined,
    );
  }
}

/** What is wrong, in our words: those of the parser change with the version of Node. */
function parseTrouble({ code, message }: NodeJS.ErrnoException): string {
  const option = /'(?:-\w, )?(-[^\s']*)[^']*'/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option}; a file of that name comes after "--".`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return /does not take/.test(message)
      ? `${option} takes no value.`
      : `${option} needs a value; write one that begins with "-" as ${option}=VALUE.`;
  return message;
}

/** `--format a -o x --format b`: a file belongs to the format before it. */
function formatsIn(tokens: readonly OptionToken[], command: string | undefined): readonly AskedFormat[] {
  const asked: AskedFormat[] = [];
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || typeof value !== 'string') continue;
    if (name === 'format') asked.push({ format: value, output: undefined });
    if (name !== 'output') continue;
    const last = asked.pop() ?? { format: undefined, output: undefined };
    if (last.output !== undefined) throw new UsageError(`-o ${value} has no --format of its own before it.`, command);
    asked.push({ ...last, output: value });
  }
  return asked;
}

/** `NAME=VALUE`. */
export function assignment(text: string, option: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--${option} takes NAME=VALUE, not "${text}".`);
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
