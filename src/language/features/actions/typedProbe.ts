import { quoteYaml } from '../../text/quote.js';
import { endOf } from './insertMember.js';
import { memberOf, textOf } from '../../text/asWritten.js';
import { mappingsAround } from './spots.js';
import type { Rewriting, Selected } from './spots.js';

const NAME = String.raw`([\w@.-]*\w)`;
const PATH = String.raw`(?:"(/[\w./-]+)"|'(/[\w./-]+)'|(/[\w./-]+))`;

/** Commands that do nothing but look, and the probe that asks the same. */
const LOOKS: readonly (readonly [RegExp, kind: string, (found: readonly string[]) => string])[] = [
  [new RegExp(`^(?:test -e ${PATH}|\\[ -e ${PATH} \\])$`), 'file', ([path = '']) => `path: ${path}`],
  [new RegExp(`^(?:test ! -e ${PATH}|\\[ ! -e ${PATH} \\])$`), 'file', ([path = '']) => `path: ${path}, state: absent`],
  [
    new RegExp(String.raw`^grep -qF (?:'([\w .,:=@/-]+)'|"([\w .,:=@/-]+)"|([\w.,:=@/-]+)) ${PATH}$`),
    'file',
    ([word = '', path = '']) => `path: ${path}, contains: ${quoteYaml(word.replaceAll('.', String.raw`\.`))}`,
  ],
  [
    new RegExp(String.raw`^grep -qE? (?:'([\w .,:=@/-]+)'|"([\w .,:=@/-]+)"|([\w.,:=@/-]+)) ${PATH}$`),
    'file',
    // A dot is any character here and there.
    ([pattern = '', path = '']) => `path: ${path}, contains: ${quoteYaml(pattern)}`,
  ],
  [new RegExp(`^systemctl is-active (?:-q |--quiet )?${NAME}$`), 'service', ([name = '']) => `name: ${quoteYaml(name)}`],
  [new RegExp(`^pgrep -x ${NAME}(?: >/dev/null)?$`), 'process', ([name = '']) => `name: ${quoteYaml(name)}`],
];

/** Asks with a typed probe what a command of one line asks. */
export function typedProbe({ text, root, range }: Selected): Rewriting | undefined {
  for (const mapping of mappingsAround(root, range)) {
    const member = memberOf(mapping, 'command');
    const command = member?.value;
    const run = memberOf(command, 'run')?.value;
    if (member === undefined || command?.kind !== 'mapping' || command.members.length !== 1) continue;
    const script = textOf(run)?.trim();
    const whole = { start: member.key.start, end: endOf(member) };
    // A comment within it would be lost.
    if (script === undefined || /(?:^|\s)#/m.test(text.slice(whole.start, whole.end))) continue;
    for (const [pattern, kind, asks] of LOOKS) {
      const match = pattern.exec(script);
      if (match === null) continue;
      const found = match.slice(1).filter((part) => part !== undefined);
      return { title: `Ask with the probe "${kind}"`, edits: [{ range: whole, text: `${kind}: { ${asks(found)} }` }] };
    }
  }
  return undefined;
}
