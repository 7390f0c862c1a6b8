import type { Range } from '../../text/range.js';
import { replaceIn } from '../replaceIn.js';
import type { Finding, Rule } from '../rule.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

const RECURSIVE = /\s-(?:-recursive\b|[a-zA-Z]*[rR])/;
/** A variable with only a root, everything in it, or one of its great directories behind it. */
const ROOTED =
  /(?<=[\s"])\$(?:\{([A-Za-z_]\w*|\d+)\}|([A-Za-z_]\w*|\d))"?\/+(?=["*\s]|\.\*|$|(?:bin|boot|data|dev|etc|home|lib\d*|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:["/\s*]|$))/g;
const ROOTED_IN_POWERSHELL = /(?<=[\s"(])\$(?:env:)?\w+(?:\[\d+\])?"?[\\/]+\*/g;

export const unguardedDeletion: Rule = {
  id: 'unguarded-deletion',
  family: 'safety',
  severity: 'warning',
  rationale: 'Where the variable is empty, what is left over is "/": a role variable that nobody filled in deletes the host.',
  cites: ['capability 16'],
  *check(context) {
    for (const script of scriptsIn(context))
      yield* script.dialect === 'powershell' ? inPowerShell(script) : inShell(script, context.document.text);
  },
};

function* inShell({ commands, place, rangeOf }: ScriptPlace, source: string): Generator<Finding> {
  for (const { program, rest, bareRest, programRange } of commands) {
    if (program !== 'rm' || !RECURSIVE.test(bareRest)) continue;
    for (const match of rest.matchAll(ROOTED)) {
      const name = match[1] ?? match[2] ?? '';
      const start = programRange.end + match.index;
      const variable = { start, end: start + (match[1] === undefined ? name.length + 1 : name.length + 3) };
      yield {
        range: rangeOf(variable),
        message: `where "$${name}" is empty, this deletes from "/" on; write "\${${name}:?}", which stops then`,
        fix: { title: `Change to "\${${name}:?}"`, edits: [replaceIn(source, place, variable, `\${${name}:?}`)] },
      };
    }
  }
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
