import type { Range } from '../../text/range.js';
import { commandsOnly } from './scan.js';
import type { Dialect } from './scan.js';

/** One command of a script: a program with what is handed to it. */
export interface Command {
  /** Name of the program without the way to it. */
  readonly program: string;
  /** Everything behind the program, as written. */
  readonly rest: string;
  /** The same with what stands in quotes blanked. */
  readonly bareRest: string;
  /** What stands before the program: assignments, `sudo`, `timeout 30` and the like. */
  readonly prefix: string;
  /** What comes behind the command: `|`, `||`, `&&`, `&`, `;` or a new line; empty at the end. */
  readonly next: string;
  /** What came before it. */
  readonly previous: string;
  /** Of the program and everything behind it, within the script. */
  readonly range: Range;
  readonly programRange: Range;
}

const OPERATOR = /\|\||&&|;;|[;\n]|\|&?|(?<![<>&\d])&(?![>&])|[()]/g;
const KEYWORD = /^\s*(?:(?:then|do|else|elif|if|while|until|!|\{|\}|&)(?=\s|$)\s*)*/;
/** In PowerShell, what a command gives is put into a variable. */
const PUT_INTO = /^\$[\w:]+\s*=\s*(?=\S)/;
const ASSIGNED = /^[A-Za-z_]\w*\+?=(?:[^\s"']|"[^"]*"|'[^']*')*\s+(?=\S)/;
/** Programs that run another one, with those of their options that take a value. */
const WRAPPERS: ReadonlyMap<string, RegExp> = new Map([
  ['sudo', /^-[ugCp]$/],
  ['doas', /^-u$/],
  ['env', /^-[uC]$/],
  ['nohup', /^$/],
  ['setsid', /^$/],
  ['time', /^$/],
  ['exec', /^$/],
  ['command', /^$/],
  ['nice', /^-n$/],
  ['ionice', /^-[cn]$/],
  ['timeout', /^-[ks]$/],
  ['xargs', /^-[nIPLd]$/],
]);
const PROGRAM = /^(?:[^\s"']|"[^"]*"|'[^']*')+/;

/** The commands of a script, in order, as far as they can be told by looking: enough to find well-known programs, not a parser of a shell. */
export function commandsOf(text: string, dialect: Dialect): readonly Command[] {
  const bare = commandsOnly(text, dialect, { quotes: 'blank' });
  const kept = commandsOnly(text, dialect, { quotes: 'keep' });
  const commands: Command[] = [];
  let previous = '';
  let start = 0;
  for (const match of [...bare.matchAll(OPERATOR), { 0: '', index: bare.length }]) {
    const end = match.index;
    const command = commandIn(bare.slice(start, end), kept, start, previous, match[0]);
    if (command !== undefined) commands.push(command);
    previous = match[0];
    start = end + match[0].length;
  }
  return commands;
}

function commandIn(bare: string, text: string, offset: number, previous: string, next: string): Command | undefined {
  let at = KEYWORD.exec(bare)?.[0].length ?? 0;
  const from = at;
  for (let inner = prefixLength(bare.slice(at)); inner > 0; inner = prefixLength(bare.slice(at))) at += inner;
  const program = PROGRAM.exec(bare.slice(at))?.[0] ?? '';
  const end = bare.trimEnd().length;
  if (program === '' || end < at) return undefined;
  const begin = offset + at;
  const behind = begin + program.length;
  const written = text.slice(begin, behind).replace(/^["']|["']$/g, '');
  return {
    program: written.replace(/^.*[\\/]/, '').replace(/\.exe$/i, ''),
    rest: text.slice(behind, offset + end),
    bareRest: bare.slice(at + program.length, end),
    prefix: text.slice(offset + from, begin),
    next: next.trim() === '' ? next.slice(0, 1) : next,
    previous,
    range: { start: begin, end: offset + end },
    programRange: { start: begin, end: behind },
  };
}

/** Length of an assignment, or of a program that runs another one with its own options, at the start of a command; 0 where there is neither. */
function prefixLength(bare: string): number {
  const assigned = ASSIGNED.exec(bare) ?? PUT_INTO.exec(bare);
  if (assigned !== null) return assigned[0].length;
  const first = /^\S+\s+/.exec(bare)?.[0] ?? '';
  const withValue = WRAPPERS.get(first.trim());
  if (withValue === undefined) return 0;
  const word = /\S+\s*/y;
  word.lastIndex = first.length;
  let length = first.length;
  for (let match = word.exec(bare); match !== null; match = word.exec(bare)) {
    const [own] = match;
    if (!/^(?:-|\d+(?:\.\d+)?[smhd]?\s|[A-Za-z_]\w*=)/.test(own)) break;
    length += own.length;
    if (!withValue.test(own.trim())) continue;
    length += word.exec(bare)?.[0].length ?? 0;
  }
  return length < bare.trimEnd().length ? length : 0;
}
