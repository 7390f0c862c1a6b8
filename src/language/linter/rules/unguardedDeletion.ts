import type { Range } from '../../text/range.js';
import { replaceIn } from '../replaceIn.js';
import type { Finding, Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

const RECURSIVE = /\s-(?:-recursive\b|[a-zA-Z]*[rR])/;
const DELETES_FOUND = /\s-delete(?=\s|$)|\s-exec(?:dir)?\s+(?:\S*\/)?rm\s/;
/** A variable that may be empty: without a default, or with an empty one. */
const VARIABLE = String.raw`(\$(?:\{([A-Za-z_]\w*|\d+)(?::?-)?\}|([A-Za-z_]\w*|\d)))`;
/** A variable with only a root, everything in it, another variable, or one of its great directories behind it. */
const ROOTED = new RegExp(
  String.raw`(?<=[\s"])${VARIABLE}"?\/+(?=["*\s]|\.\*|$|"?\$(?:\{\w+(?::?-)?\}|\w+)(?:["/*\s]|$)|(?:bin|boot|data|dev|etc|home|lib\d*|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:["/\s*]|$))`,
  'g',
);
/** Nothing else is handed to "cd". */
const WAY = new RegExp(String.raw`^\s+(?:--\s+|-P\s+)?"?${VARIABLE}"?\s*$`);
const ALL_THERE = /\s(?:\.\/)?(?:\*|\.\*|\.\[)\S*/;
/** Where "find" begins: without quotes, an empty one is no directory, and it begins where it is called. */
const BEGINNING = new RegExp(String.raw`^\s+(?:-[HLP]\s+)?(?:${VARIABLE}|"${VARIABLE}"?(?=\/+"?\s))`);
/** So many in one script are enough to see what is wrong with it. */
const MOST = 20;
const ROOTED_IN_POWERSHELL = /(?<=[\s"(])\$(?:env:)?\w+(?:\[\d+\])?"?[\\/]+\*/g;

export const unguardedDeletion: Rule = {
  id: 'unguarded-deletion',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale: 'Where the variable is empty, what is left over is "/": a role variable that nobody filled in deletes the host.',
  cites: ['capability 16'],
  *check(context) {
    for (const script of scriptsIn(context))
      yield* script.dialect === 'powershell' ? inPowerShell(script) : inShell(script, context.document.text);
  },
};

/** A variable in a script that something is deleted by. */
interface Variable {
  readonly name: string;
  readonly part: Range;
  /** What is deleted where it is empty. */
  readonly then: string;
}

function* inShell({ commands, place, rangeOf }: ScriptPlace, source: string): Generator<Finding> {
  for (const { name, part, then } of variablesOf(commands).slice(0, MOST))
    yield {
      range: rangeOf(part),
      message: `where "$${name}" is empty, this deletes ${then}; write "\${${name}:?}", which stops then`,
      fix: { title: `Change to "\${${name}:?}"`, edits: [replaceIn(source, place, part, `\${${name}:?}`)] },
    };
}

function variablesOf(commands: readonly Command[]): readonly Variable[] {
  const found: Variable[] = [];
  let way: Variable | undefined;
  for (const command of commands) {
    const { program, rest, bareRest } = command;
    if (program === 'cd') {
      const match = WAY.exec(rest);
      way = match === null ? undefined : variableOf(command, match, 'everything in the directory the script runs in');
    } else if (program === 'rm' && RECURSIVE.test(bareRest)) {
      for (const match of rest.matchAll(ROOTED)) found.push(variableOf(command, match, 'from "/" on'));
      if (way === undefined || !ALL_THERE.test(bareRest)) continue;
      found.push(way);
      way = undefined;
    } else if (program === 'find' && DELETES_FOUND.test(bareRest)) {
      const match = BEGINNING.exec(rest);
      if (match === null) continue;
      const then = rest[match[0].length] === '/' ? 'from "/" on' : 'files of the directory the script runs in';
      if (/[\s/]/.test(rest[match[0].length] ?? '')) found.push(variableOf(command, match, then));
    }
  }
  return found;
}

/** The variable of {@link VARIABLE} that a match in the words of a command has. */
function variableOf({ programRange }: Command, match: RegExpExecArray, then: string): Variable {
  const groups = match.slice(1).filter((group) => group !== undefined);
  const [written = '', name = ''] = groups;
  const start = programRange.end + match.index + match[0].indexOf(written);
  return { name, part: { start, end: start + written.length }, then };
}

function* inPowerShell({ commands, rangeOf }: ScriptPlace): Generator<Finding> {
  for (const { program, rest, programRange } of commands) {
    if (!/^(?:Remove-Item|rm|ri|del|rd|rmdir)$/i.test(program) || !/\s-r\w*/i.test(rest)) continue;
    for (const match of rest.matchAll(ROOTED_IN_POWERSHELL)) {
      const part: Range = { start: programRange.end + match.index, end: programRange.end + match.index + match[0].length };
      yield {
        range: rangeOf(part),
        message:
          'where this variable is empty, everything on the drive is deleted; stop before with "if (-not $NAME) { throw }", or delete the directory itself',
      };
    }
  }
}
