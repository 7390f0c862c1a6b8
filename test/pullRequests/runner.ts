import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { execute, plainEnvironment, root } from './processes.js';

/** `action.yml`, as far as the tests look into it. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly id: string; readonly run: string; readonly shell: string; readonly env: Record<string, string> }[];
  };
}

export function actionFile(): ActionFile {
  return parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionFile;
}

/** A command that the runner takes from the log. */
export interface LogCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What is left of a step when it has ended. */
export interface StepEnd {
  readonly code: number;
  readonly commands: readonly LogCommand[];
  /** Every line of the log, as it came. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** What a runner knows of the run. */
export interface Occasion {
  readonly workspace: string;
  /** Folder for the files of the runner. */
  readonly temporary: string;
  readonly event?: object;
  readonly env?: Readonly<Record<string, string>>;
}

/** Does the one step of the composite action as a runner does it: inputs into its environment, its text into a file for bash. */
export async function runAction(inputs: Readonly<Record<string, string>>, occasion: Occasion): Promise<StepEnd> {
  const action = actionFile();
  const [step] = action.runs.steps;
  if (step === undefined || action.runs.steps.length !== 1) throw new Error('the action has another number of steps');
  const own = await mkdtemp(join(occasion.temporary, 'step-'));
  const at = (name: string): string => join(own, name);
  const given = (name: string): string => inputs[name] ?? action.inputs[name]?.default ?? '';
  const env = Object.entries(step.env).map(([name, value]) => [
    name,
    value.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => given(input)),
  ]);
  for (const name of ['event.json', 'output', 'summary'])
    await writeFile(at(name), name === 'event.json' ? JSON.stringify(occasion.event ?? {}) : '');
  await writeFile(at('script.sh'), step.run);
  const { code, out, err } = await execute('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', at('script.sh')], {
    cwd: occasion.workspace,
    env: plainEnvironment({
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: occasion.workspace,
      GITHUB_ACTION_PATH: root,
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary'),
      RUNNER_TEMP: own,
      ...Object.fromEntries(env),
      ...occasion.env,
    }),
  });
  const log = out + err;
  const summary = await readFile(at('summary'), 'utf8');
  return { code, log, summary, commands: commandsIn(log), outputs: outputsIn(await readFile(at('output'), 'utf8')) };
}

const REGISTERED = new Set([
  'error',
  'warning',
  'notice',
  'group',
  'endgroup',
  'stop-commands',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'debug',
  'echo',
  'set-output',
  'set-env',
  'add-path',
  'save-state',
]);

/** What the runner takes for commands, by the rules of its `ActionCommand`: `::name props::data` at the start, `##[name]` anywhere. */
export function commandsIn(log: string): readonly LogCommand[] {
  const found: LogCommand[] = [];
  let resume: string | undefined;
  for (const line of log.split(/\r\n|\n|\r/)) {
    const command = commandOf(line, resume);
    if (command === undefined || (resume !== undefined && command.name !== resume)) continue;
    if (command.name === resume) resume = undefined;
    else if (command.name === 'stop-commands') resume = command.data;
    else found.push(command);
  }
  return found;
}

function commandOf(line: string, resume: string | undefined): LogCommand | undefined {
  const known = (name: string | undefined): boolean => name !== undefined && (REGISTERED.has(name.toLowerCase()) || name === resume);
  const [, name, properties = '', data = ''] = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  if (known(name)) {
    const pairs = properties
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), property(pair.slice(pair.indexOf('=') + 1))]);
    return { name: String(name), properties: Object.fromEntries(pairs), data: unescaped(data) };
  }
  const [, old] = /##\[([^ \]]+)[^\]]*\]/.exec(line) ?? [];
  return known(old) ? { name: String(old), properties: {}, data: line } : undefined;
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function property(text: string): string {
  return unescaped(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]));
}
