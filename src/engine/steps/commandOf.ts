import type { Args, Become, Script, Step } from '../../language/index.js';
import type { Platform } from '../../language/index.js';
import type { PlainValue } from '../../planner/index.js';
import type { Command } from '../transports/transport.js';

/** The keys of a step or probe that make up a command. */
export interface CommandSpec {
  readonly run: Script;
  readonly args?: Args;
  readonly env?: Readonly<Record<string, PlainValue>>;
  readonly shell?: Step['shell'];
  readonly workdir?: string;
  readonly become?: Become;
}

/** How values of a command are found; rejects when one cannot be known. */
export interface CommandValues {
  readonly platform: Platform;
  render(text: PlainValue, options?: { secrets?: boolean }): Promise<PlainValue>;
  condition(cel: string): Promise<boolean>;
  secret(name: string): Promise<string>;
}

/** Text of a script for a platform, or undefined when it has none. */
export function scriptFor(script: Script, platform: Platform): string | undefined {
  return typeof script === 'string' ? script : script[platform];
}

/** Makes a command ready to be carried to a host: every value rendered, none of them in the script. */
export async function commandOf(spec: CommandSpec, values: CommandValues): Promise<Command> {
  const script = scriptFor(spec.run, values.platform);
  if (script === undefined) throw new Error(`internal error: no script for ${values.platform}`);
  const args: string[] = [];
  for (const item of spec.args ?? []) {
    if (typeof item !== 'object') args.push(textOf(await values.render(item)));
    else if (await values.condition(item.when)) args.push(textOf(await values.render(item.value)));
  }
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(spec.env ?? {})) env[name] = textOf(await values.render(value, { secrets: true }));
  const become = await becomeOf(spec.become, values);
  return {
    script,
    shell: spec.shell ?? (values.platform === 'windows' ? 'powershell' : 'sh'),
    args,
    env,
    ...(spec.workdir === undefined ? {} : { workdir: textOf(await values.render(spec.workdir)) }),
    ...(become === undefined ? {} : { become }),
  };
}

async function becomeOf(become: Become | undefined, values: CommandValues): Promise<Command['become'] | undefined> {
  if (become === undefined || become === false) return undefined;
  if (become === true) return { user: 'root' };
  return {
    user: become.user === undefined ? 'root' : textOf(await values.render(become.user)),
    ...(become.password === undefined ? {} : { password: await values.secret(become.password) }),
  };
}

/** A value as a program sees it: booleans are `true` and `false`. */
export function textOf(value: PlainValue): string {
  return String(value);
}
