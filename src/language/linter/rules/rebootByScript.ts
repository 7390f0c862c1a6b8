import type { Fix } from '../../diagnostic.js';
import type { StepContext, Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

export const rebootByScript: Rule = {
  id: 'reboot-by-script',
  scope: 'step',
  family: 'correctness',
  severity: 'warning',
  rationale: 'A script that reboots its own host cannot say how it ended, and the next step begins while the host is still going down.',
  cites: ['capability 71'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      const { owner, asks, commands, place } = script;
      // With `from`, the host that is rebooted is another one.
      if (asks || owner.run === undefined || place.around.from !== undefined) continue;
      for (const command of commands) {
        if (!reboots(command)) continue;
        const fix = commands.length === 1 ? asAction(script, context) : undefined;
        yield {
          range: script.rangeOf(command.range),
          message: `"${command.program}" ends the connection, and nothing waits until the host is back; use the action "reboot"`,
          ...(fix === undefined ? {} : { fix }),
        };
      }
    }
  },
};

function reboots({ program, rest }: Command): boolean {
  if (/^(?:reboot|Restart-Computer)$/i.test(program)) return !/\s--help\b/.test(rest);
  if (program === 'shutdown') return /\s[-/]r\b|\s--reboot\b/.test(rest);
  return (
    (program === 'systemctl' && /^\s+(?:\S+\s+)*?reboot\b/.test(rest)) ||
    ((program === 'init' || program === 'telinit') && /^\s+6\b/.test(rest))
  );
}

/** The action in place of a script that does nothing else and is handed nothing. */
function asAction({ owner, place, commands }: ScriptPlace, { document }: StepContext): Fix | undefined {
  const [command] = commands;
  const handed = ['args', 'env', 'shell', 'workdir', 'terminal', 'answers', 'outputs'].some((key) => Object.hasOwn(owner, key));
  const key = document.positions.key(owner, 'run');
  if (handed || key === undefined || typeof owner.run !== 'string' || command === undefined || command.prefix !== '') return undefined;
  return { title: 'Use the action "reboot"', edits: [{ range: { start: key.start, end: place.range.end }, text: 'reboot: {}' }] };
}
