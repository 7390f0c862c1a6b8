import { roleLineage, roleNames } from '../../expressions/index.js';
import type { Range } from '../../text/range.js';
import { rememberByText } from '../../text/remembered.js';
import { sourceMap } from '../../text/scalarSource.js';
import type { Declarations, StepContext } from '../rule.js';
import type { TextPlace } from '../walk.js';
import { commandsOf } from './commands.js';
import type { Command } from './commands.js';
import { commandsOnly } from './scan.js';
import type { Dialect } from './scan.js';

/** What a script stands in, with all that reaches it: a step, a way of one, an undo, a remedy, a probe or a reboot. */
export interface ScriptOwner {
  readonly run?: unknown;
  readonly args?: readonly unknown[];
  readonly env?: Readonly<Record<string, unknown>>;
  readonly shell?: Dialect;
  readonly terminal?: boolean;
  readonly answers?: readonly unknown[];
  readonly become?: unknown;
  readonly timeout?: string;
}

/** A script with what is known of it. */
export interface ScriptPlace {
  readonly text: string;
  readonly place: TextPlace;
  /** Undefined where hosts with different shells would read it. */
  readonly dialect: Dialect | undefined;
  readonly owner: ScriptOwner;
  /** It answers a question, and is asked as often as anybody likes to know. */
  readonly asks: boolean;
  /** Its commands; none where nobody can say which shell reads them. */
  readonly commands: readonly Command[];
  /** Without comments; with quotes. */
  readonly code: string;
  /** Without comments and without what stands in quotes. */
  readonly bare: string;
  /** Source range of a part of it. */
  rangeOf(part: Range): Range;
}

interface Held {
  readonly owner: ScriptOwner;
  readonly asks: boolean;
}

/** A script without its comments, with and without what stands in quotes. */
type Stripped = (text: string) => Pick<ScriptPlace, 'code' | 'bare'>;

const strippedBy = (dialect: Dialect): Stripped =>
  rememberByText((text) => ({
    code: commandsOnly(text, dialect, { quotes: 'keep' }),
    bare: commandsOnly(text, dialect, { quotes: 'blank' }),
  }));
const STRIPPED: Readonly<Record<Dialect, Stripped>> = {
  sh: strippedBy('sh'),
  bash: strippedBy('bash'),
  powershell: strippedBy('powershell'),
};
const commandsBy = (dialect: Dialect): ((text: string) => readonly Command[]) => rememberByText((text) => commandsOf(text, dialect));
const COMMANDS: Readonly<Record<Dialect, (text: string) => readonly Command[]>> = {
  sh: commandsBy('sh'),
  bash: commandsBy('bash'),
  powershell: commandsBy('powershell'),
};

/** What is needed to find the scripts of a runbook. */
type Searched = Pick<StepContext, 'document' | 'runbook' | 'texts' | 'parts'>;

const remembered = new WeakMap<Searched, readonly ScriptPlace[]>();
const rememberedOwners = new WeakMap<Searched, ReadonlyMap<object, Held>>();

/** Every script of a runbook, in every surrounding it is used in. */
export function scriptsIn(context: Searched): readonly ScriptPlace[] {
  let scripts = remembered.get(context);
  if (scripts === undefined) {
    const owners = ownersIn(context);
    scripts = context.texts.flatMap((place) => {
      const held = place.script ? owners.get(place.container) : undefined;
      return held === undefined ? [] : [scriptAt(place, held, context)];
    });
    remembered.set(context, scripts);
  }
  return scripts;
}

/** Everything in a runbook that a script stands in, each once. */
export function scriptOwners(context: Searched): ReadonlySet<ScriptOwner> {
  return new Set([...ownersIn(context).values()].map(({ owner }) => owner));
}

function scriptAt(place: TextPlace, { owner, asks }: Held, { runbook, document }: Searched): ScriptPlace {
  const { text } = place;
  const dialect = dialectOf(place, owner, runbook);
  const { code, bare } = STRIPPED[dialect ?? 'sh'](text);
  let map: ((part: Range) => Range) | undefined;
  return {
    text,
    place,
    dialect,
    owner,
    asks,
    commands: dialect === undefined ? [] : COMMANDS[dialect](text),
    code,
    bare,
    rangeOf: (part) => (map ??= sourceMap(document.text, place.range, text))(part),
  };
}

/** By what directly holds the text of a script: the owner itself, or the mapping of platforms in it. */
function ownersIn(context: Searched): ReadonlyMap<object, Held> {
  let owners = rememberedOwners.get(context);
  if (owners === undefined) {
    const found = new Map<object, Held>();
    const { within, without } = context.parts;
    const seen = new Set<object>(without);
    for (const part of within) visit(part, '', found, seen);
    owners = found;
    rememberedOwners.set(context, owners);
  }
  return owners;
}

function visit(value: unknown, key: string, found: Map<object, Held>, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const { run, command } = value as { run?: unknown; command?: unknown };
  const script = run ?? (key === 'reboot' ? command : undefined);
  if (script !== undefined) {
    const held: Held = { owner: value, asks: key === 'command' && run !== undefined };
    found.set(typeof script === 'object' && script !== null ? script : value, held);
  }
  for (const [name, member] of Object.entries(value)) visit(member, name, found, seen);
}

function dialectOf({ key, around }: TextPlace, { shell }: ScriptOwner, runbook: Declarations): Dialect | undefined {
  if (key === 'windows') return 'powershell';
  if (shell !== undefined || key === 'linux' || key === 'macos') return shell ?? 'sh';
  if (around.from === 'local' || !speaksOfWindows(runbook)) return 'sh';
  const ofHosts = around.once ? roleNames(around.owner?.step.on) : (around.hostRoles ?? []);
  const roles = around.from === undefined ? ofHosts : [around.from];
  // Once for all hosts, or for whoever uses a procedure: any of them may be meant.
  const meant = roles.length > 0 || !(around.once || around.hostRoles === undefined) ? roles : Object.keys(runbook.roles ?? {});
  const platforms = new Set(meant.flatMap((role) => platformsOf(runbook, role)));
  if (!platforms.has('windows')) return 'sh';
  return platforms.size === 1 ? 'powershell' : undefined;
}

const rememberedWindows = new WeakMap<Declarations, boolean>();

/** Whether any role may have hosts with Windows. */
function speaksOfWindows(runbook: Declarations): boolean {
  let windows = rememberedWindows.get(runbook);
  if (windows === undefined) {
    windows = Object.values(runbook.roles ?? {}).some(({ platforms }) => platforms?.includes('windows') === true);
    rememberedWindows.set(runbook, windows);
  }
  return windows;
}

/** The platforms that a role may have hosts of: its own, or those of the role it is derived from. */
export function platformsOf(runbook: Declarations, role: string): readonly string[] {
  const declared = roleLineage(runbook, role).flatMap((ancestor) => runbook.roles?.[ancestor]?.platforms ?? []);
  return declared.length > 0 ? [...new Set(declared)] : ['linux'];
}
