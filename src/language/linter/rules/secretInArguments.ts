import type { Rule } from '../rule.js';
import { scriptsIn } from '../shell/scripts.js';

/** What a shell does by itself: no other process is started that could be seen. */
const BUILT_IN = new Set(
  'echo printf test [ [[ export readonly local declare typeset unset set read : true false return exit case for in shift trap cd eval fi done esac'.split(
    ' ',
  ),
);

export const secretInArguments: Rule = {
  id: 'secret-in-arguments',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale: 'Whoever is logged in to a host sees the arguments of every program there, for as long as it runs.',
  cites: ['capability 72', 'threat T12'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      const secrets = Object.entries(script.owner.env ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' && /\$\{\{[^}]*\bsecrets\b/.test(value) ? [name] : [],
      );
      if (secrets.length === 0 || script.dialect === 'powershell') continue;
      const used = new RegExp(String.raw`\$(?:(${secrets.join('|')})\b|\{(${secrets.join('|')})\b[^}]*\})`, 'g');
      for (const { program, rest, programRange } of script.commands) {
        if (BUILT_IN.has(program) || program.endsWith('$') || program.endsWith('=')) continue;
        // What follows "<<<" is standard input.
        const handed = rest.replace(/<<<\s*(?:"[^"]*"|\S+)/g, (input) => ' '.repeat(input.length));
        for (const match of handed.matchAll(used)) {
          const start = programRange.end + match.index;
          yield {
            range: script.rangeOf({ start, end: start + match[0].length }),
            message: `"${program}" gets a secret as an argument, which the list of processes shows; hand it over by standard input, by a file, or let the program read the variable itself`,
          };
        }
      }
    }
  },
};
