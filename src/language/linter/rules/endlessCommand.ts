import type { Range } from '../../text/range.js';
import type { Finding, Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

const LOOP = /(?<=^|[\s;&|(])(?:while|until)\s/gm;
const DO = /[;\n][^\S\n]*do\b/g;
const DONE = /[\s;]done\b/g;
/** In a script that stops at the first failure, a comparison by itself ends a loop that counts. */
const COUNTED = /(?:^|[;\n])[^\S\n]*(?:test|\[)[^\S\n][^\n;&|]*\s-(?:lt|le|ne)\s[^\n;&|]*(?=[;\n]|$)/;
/** More loops than anybody writes. */
const MOST_LOOPS = 50;

export const endlessCommand: Rule = {
  id: 'endless-command',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale: 'A command that never ends is a step that never ends: the run stands there until somebody looks, and the window goes by.',
  cites: ['capability 67', 'capability 69'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      for (const command of script.commands) {
        if (command.next === '&' || /\btimeout\b/.test(command.prefix) || !goesOn(command, script)) continue;
        yield {
          range: script.rangeOf(command.range),
          message: `"${command.program}" goes on for ever here; give it an end, or ask for what it should show with "wait"`,
        };
      }
      if (script.dialect !== 'powershell') yield* loops(script);
    }
  },
};

function goesOn({ program, rest, bareRest }: Command, { dialect }: ScriptPlace): boolean {
  if (dialect === 'powershell')
    return (/^(?:Get-Content|gc)$/i.test(program) && /\s-Wait\b/i.test(rest)) || (/^ping$/i.test(program) && /\s[-/]t\b/.test(rest));
  switch (program) {
    case 'tail':
      return /\s(?:-[a-zA-Z0-9]*[fF]|--follow\S*|--retry)(?=\s|$)/.test(bareRest) && !/\s--pid\b/.test(bareRest);
    case 'journalctl':
      return /\s(?:-\w*f\w*|--follow)(?=\s|$)/.test(bareRest);
    case 'ping':
    case 'ping6':
      return bareRest.trim() !== '' && !/\s-\w*[cw]/.test(bareRest);
    case 'watch':
      return !/\s(?:-g|--chgexit|--errexit|-e)\b/.test(bareRest);
    case 'kubectl':
    case 'docker':
      return /^\s+logs\b/.test(bareRest) && /\s(?:-f|--follow)(?=\s|$)/.test(bareRest);
    case 'sleep':
      return /^\s+(?:inf|infinity)\b/.test(rest);
    default:
      return false;
  }
}

/** Loops without any way out, and those that wait for something for as long as it takes. */
function* loops({ bare, owner, place, rangeOf }: ScriptPlace): Generator<Finding> {
  const limited = owner.timeout !== undefined || place.around.owner?.step.timeout !== undefined;
  let count = 0;
  for (const match of bare.matchAll(LOOP)) {
    const begin = indexOf(DO, bare, match.index);
    const end = begin === undefined ? undefined : indexOf(DONE, bare, begin.end);
    if (begin === undefined || end === undefined || ++count > MOST_LOOPS) return;
    const word = match[0].trim();
    const condition = withoutEnd(bare.slice(match.index + match[0].length, begin.start));
    const body = bare.slice(begin.end, end.start + 1);
    if (/\b(?:break|exit|return|kill)\b/.test(body) || /^(?:IFS=\S*\s+)?read\b/.test(condition)) continue;
    const always = word === 'while' ? /^(?:true|:)$/.test(condition) : /^false$/.test(condition);
    const polls = /\bsleep\b/.test(body) && !limited && !COUNTED.test(body) && !/-(?:lt|le|gt|ge|ne)\b|\(\(|\btimeout\b/.test(condition);
    if (!always && !polls) continue;
    yield {
      range: rangeOf({ start: match.index, end: lineEnd(bare, match.index, end.end) }),
      message: always
        ? 'this loop has no way out; give it one, or ask for what it waits for with "wait"'
        : 'this waits for as long as it takes, and shows nobody for what; ask with "wait", which has "every" and "timeout"',
    };
  }
}

/** A condition without the `;` behind it. */
function withoutEnd(condition: string): string {
  const trimmed = condition.trim();
  return trimmed.endsWith(';') ? trimmed.slice(0, -1).trim() : trimmed;
}

function indexOf(pattern: RegExp, text: string, from: number): Range | undefined {
  const search = new RegExp(pattern);
  search.lastIndex = from;
  const match = search.exec(text);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

/** End of the loop, or of its first line. */
function lineEnd(text: string, start: number, end: number): number {
  const line = text.indexOf('\n', start);
  return line < 0 ? end : Math.min(line, end);
}
