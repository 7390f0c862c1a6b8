import type { Fix } from '../../diagnostic.js';
import type { StepContext, Rule } from '../rule.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';
import { lineStart } from '../../text/lines.js';

const SUDO = /(?:^|\s)sudo\s/;
/** It fails at once where it would have to ask. */
const ASKS_NOBODY = /\ssudo(?:\s+-\S+)*\s+(?:-\w*n\w*|--non-interactive)\s/;

export const sudoInScript: Rule = {
  id: 'sudo-in-script',
  scope: 'step',
  family: 'correctness',
  severity: 'warning',
  rationale:
    'Where sudo wants a password it asks at a terminal that is not there, in the middle of the script; "become" asks for it before the run.',
  cites: ['capability 50'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      if (script.owner.terminal === true || script.owner.answers !== undefined) continue;
      const command = script.commands.find(({ prefix }) => SUDO.test(prefix) && !ASKS_NOBODY.test(` ${prefix}`));
      if (command === undefined) continue;
      const start = command.range.start - command.prefix.length + command.prefix.search(/\bsudo\s/);
      const fix = script.commands.length === 1 ? asBecome(script, command.prefix, context) : undefined;
      yield {
        range: script.rangeOf({ start, end: start + 'sudo'.length }),
        message: /\s-\w*S/.test(command.prefix)
          ? 'the password is fed to "sudo" by the script; declare it under "secrets", and use "become" with "password"'
          : '"sudo" may ask for a password, and nobody answers; run the step with "become: true"',
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};

/** `sudo app reload` becomes `app reload` with `become: true` on the line before it. */
function asBecome({ owner, text, rangeOf }: ScriptPlace, prefix: string, { document }: StepContext): Fix | undefined {
  const key = document.positions.key(owner, 'run');
  if (key === undefined || owner.become !== undefined || owner.run !== text || prefix.trim() !== 'sudo' || !text.startsWith(prefix))
    return undefined;
  const before = document.text.slice(lineStart(document.text, key.start), key.start);
  const separator = /^[\s-]*$/.test(before) ? `\n${before.replaceAll('-', ' ')}` : ', ';
  return {
    title: 'Run it with "become"',
    edits: [
      { range: { start: key.start, end: key.start }, text: `become: true${separator}` },
      { range: rangeOf({ start: 0, end: prefix.length }), text: '' },
    ],
  };
}
