import type { Range } from '../../text/range.js';
import { rememberByText } from '../../text/remembered.js';
import type { Fix } from '../../diagnostic.js';
import type { StepContext, Rule } from '../rule.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';
import { lineStart } from '../../text/lines.js';

/** Where a shell takes the next word for a program: elsewhere it is an argument of another one. */
const AT_COMMAND = String.raw`(?<=^[^\S\n]*|[;&|({\x60][^\S\n]*|(?:^|[\s;])(?:while|until|if|elif|then|do|else|!)[^\S\n]+|\bIFS=(?:\S*|"[^"\n]*"|'[^'\n]*')[^\S\n]+)`;

/** What `bash` knows and `sh` does not, or takes otherwise. In commands, without what stands in quotes. */
const IN_COMMANDS: readonly RegExp[] = [
  /(?<=^|[\s;&|!(])\[\[(?=\s)/g,
  /(?<=\s)[<>]\((?=\s*\w)/g,
  /<<<(?=\s*\S)/g,
  /&>>?(?=\s*\S)/g,
  /\|&(?=\s)/g,
  /(?<=^|[\s;&|])\(\((?=\s*\w)/gm,
  /(?<=^|[\s;])[A-Za-z_]\w*\+?=\((?!\))/gm,
  /(?<=^|[\s;&|])(?:function\s+\w+|declare\s+-\w|typeset\s+-\w|shopt\s+-\w|mapfile\s|readarray\s|pushd\s|popd\b|source\s+\S|select\s+\w+\s+in\b|let\s+\w+=)/gm,
  /(?<=^|[\s;&|])set\s+-(?:o|\w*o)\s+pipefail\b/gm,
  /(?<=^|[\s;&|])trap\s[^\n;]{0,300}\b(?:ERR|DEBUG|RETURN)\b/gm,
  new RegExp(String.raw`${AT_COMMAND}read\s+-\w*[aAdnNptu]\b`, 'gm'),
  /(?<=\s)\{\w+\.\.\w+\}/g,
  /(?<=^|[\s;&|])\[\s[^\n\]]{0,300}\s==\s/gm,
];
/** The same also between double quotes, where a shell replaces things. */
const IN_TEXTS: readonly RegExp[] = [
  /\$\{(?:[A-Za-z_]\w*|\d)(?:,,?|\^\^?|\/\/?[^}\n]{0,300}|:\s*-?\d+(?::-?\d+)?|@[QEPAa])\}/g,
  /\$\{![A-Za-z_]\w*[^}\n]{0,300}\}/g,
  /\$\{[A-Za-z_]\w*\[[^\]\n]{0,300}\][^}\n]{0,300}\}/g,
  /\$(?:RANDOM|BASH_SOURCE|BASHPID|EUID|UID|SECONDS|PIPESTATUS|FUNCNAME|HOSTNAME|OSTYPE)\b|\$\{(?:RANDOM|BASH_SOURCE|PIPESTATUS|FUNCNAME)\b/g,
];

export const bashUnderSh: Rule = {
  id: 'bash-under-sh',
  scope: 'step',
  family: 'portability',
  severity: 'warning',
  rationale:
    'On many systems "sh" is not bash: a script that worked in the rehearsal stops in the middle, or takes a condition the other way.',
  cites: ['capability 87'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      const part = script.dialect === 'sh' ? firstIn(script) : undefined;
      if (part === undefined) continue;
      const fix = withShell(script, context);
      yield {
        range: script.rangeOf(part),
        message: `"${script.text.slice(part.start, part.end).trim()}" is known to bash and not to every "sh", which this is written for; add "shell: bash", or write it as "sh" knows it`,
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};

/** Most scripts have nothing of it, and are done with at once: each pattern above finds only what has one of these. */
const ANY_COMMAND =
  /\[\[|[<>(=]\(|<<<|&>|\|&|\{\w+\.\.|==|\b(?:function|declare|typeset|shopt|mapfile|readarray|pushd|popd|source|select|let|pipefail|trap|read)\b/;
const ANY_TEXT = /\$\{|\$(?:RANDOM|BASH|EUID|UID|SECONDS|PIPESTATUS|FUNCNAME|HOSTNAME|OSTYPE)/;

function firstIn({ bare, code }: ScriptPlace): Range | undefined {
  const found = [inCommands(bare), inTexts(code)].flatMap((part) => part ?? []);
  return found.sort((one, other) => one.start - other.start)[0];
}

const inCommands = rememberByText((bare) => (ANY_COMMAND.test(bare) ? firstOf(IN_COMMANDS, bare) : undefined));
// What stands in single quotes is text to a shell.
const inTexts = rememberByText((code) =>
  ANY_TEXT.test(code)
    ? firstOf(
        IN_TEXTS,
        code.replace(/'[^']*'/g, (text) => ' '.repeat(text.length)),
      )
    : undefined,
);

function firstOf(patterns: readonly RegExp[], text: string): Range | undefined {
  const [first] = patterns.flatMap((pattern) => [...text.matchAll(pattern)]).sort((one, other) => one.index - other.index);
  return first === undefined ? undefined : { start: first.index, end: first.index + first[0].length };
}

/** Names the shell on a line before the script, in the way the mapping is written. */
function withShell({ owner, place }: ScriptPlace, { document }: StepContext): Fix | undefined {
  const key = document.positions.key(owner, 'run');
  // One shell for all platforms, and a script of Windows has none of these.
  if (key === undefined || (place.container !== owner && Object.hasOwn(place.container, 'windows'))) return undefined;
  const before = document.text.slice(lineStart(document.text, key.start), key.start);
  const separator = /^[\s-]*$/.test(before) ? `\n${before.replaceAll('-', ' ')}` : ', ';
  const at = { start: key.start, end: key.start };
  return { title: 'Run it with bash', edits: [{ range: at, text: `shell: bash${separator}` }] };
}
