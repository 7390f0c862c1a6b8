import type { Range } from '../../text/range.js';
import { rememberByText } from '../../text/remembered.js';
import type { Rule } from '../rule.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

const FETCHES = /^(?:curl|wget|fetch|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)$/i;
const SHELLS = /^(?:sh|bash|dash|zsh|ksh|iex|Invoke-Expression)$/i;
const INTERPRETERS = /^(?:python\d?(?:\.\d+)?|perl|ruby|node|php)$/;
/** `sh -c "$(curl …)"`, `bash <(curl …)`, `iex (irm …)`. */
const INLINE =
  /\b(?:eval|(?:ba|da|z|k)?sh(?:\s+-c)?|source)\s+["']?(?:\$\(|<\(|`)\s*(?:curl|wget)\b|(?:\biex|\bInvoke-Expression)\b[^\n|]{0,200}(?:\bDownloadString\b|\birm\b|\biwr\b|\bInvoke-(?:WebRequest|RestMethod)\b)/gi;
const STRING_TO_SHELL = /\bDownloadString\([^\n]{0,300}?\)+\s*\|\s*(?:iex|Invoke-Expression)\b/gi;

export const pipedInstaller: Rule = {
  id: 'piped-installer',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale:
    'What is run straight from the network was read by nobody, differs from host to host, and when the line breaks, half of it has run.',
  cites: ['capability 66', 'threat T31'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      for (const part of [...inPipes(script), ...inline(script.code)])
        yield {
          range: script.rangeOf(part),
          message:
            'what the network answers is run unread; download it to a file, compare its SHA-256 with "verify", and run the file in a step of its own',
        };
    }
  },
};

function* inPipes({ commands }: ScriptPlace): Generator<Range> {
  let at = -1;
  for (const [index, command] of commands.entries()) {
    // One finding for a pipe, however often it fetches something.
    if (index <= at || !FETCHES.test(command.program)) continue;
    at = index;
    while (commands[at]?.next === '|' && commands[at + 1] !== undefined) at++;
    const last = commands[at];
    if (at === index || last === undefined) continue;
    const reads =
      (SHELLS.test(last.program) && !/(?:^|\s)-c\b/.test(last.bareRest)) ||
      (INTERPRETERS.test(last.program) && /^\s*-?\s*$/.test(last.bareRest));
    if (reads) yield { start: command.range.start, end: last.range.end };
  }
}

const inline = rememberByText((code): readonly Range[] =>
  [INLINE, STRING_TO_SHELL].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  ),
);
