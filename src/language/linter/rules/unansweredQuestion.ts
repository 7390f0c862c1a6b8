import type { Fix } from '../../diagnostic.js';
import type { Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

/** Package managers that ask before they do these things, with what keeps them from asking. */
const ASKING: readonly { readonly program: RegExp; readonly acts: RegExp; readonly silent: RegExp; readonly option: string }[] = [
  {
    program: /^(?:apt|apt-get)$/,
    acts: /(?:^|\s)(?:install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove)(?=\s|$)/,
    silent:
      /\s(?:-[a-z]*y[a-z]*|--yes|--assume-yes|-qq|--assume-no|-[a-z]*s[a-z]*|--simulate|--just-print|--dry-run|--recon|--no-act|-d|--download-only)(?=\s|$)/,
    option: '-y',
  },
  {
    program: /^(?:yum|dnf|microdnf|tdnf)$/,
    acts: /(?:^|\s)(?:install|reinstall|update|upgrade|downgrade|remove|erase|autoremove|distro-sync|swap)(?=\s|$)/,
    silent: /\s(?:-[a-z]*y[a-z]*|--assumeyes|--assumeno|--downloadonly)(?=\s|$)/,
    option: '-y',
  },
  {
    program: /^zypper$/,
    acts: /(?:^|\s)(?:install|in|update|up|patch|dup|dist-upgrade|remove|rm)(?=\s|$)/,
    silent: /(?:^|\s)(?:-n|--non-interactive|-y|--no-confirm|--dry-run)(?=\s|$)/,
    option: '-y',
  },
];
const SCREENS = /^(?:vi|vim|nano|emacs|htop|visudo|vipw)$/;

export const unansweredQuestion: Rule = {
  id: 'unanswered-question',
  scope: 'step',
  family: 'correctness',
  severity: 'warning',
  rationale: 'A program that asks where nobody answers stops the run there, or takes the silence for a no.',
  cites: ['capability 90', 'capability 91'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      if (script.owner.answers !== undefined || script.owner.terminal === true) continue;
      for (const [index, command] of script.commands.entries()) {
        const fed = command.previous === '|' || /<(?!\()/.test(command.bareRest) || script.commands[index - 1]?.next === '|';
        const asking = fed ? undefined : (managerIn(command, script) ?? otherIn(command, script));
        if (asking === undefined) continue;
        yield { range: script.rangeOf(command.range), ...asking };
      }
    }
  },
};

interface Asking {
  readonly message: string;
  readonly fix?: Fix;
}

function managerIn({ program, rest, bareRest, programRange }: Command, { rangeOf }: ScriptPlace): Asking | undefined {
  const manager = ASKING.find((one) => one.program.test(program));
  const act = manager?.acts.exec(bareRest);
  if (manager === undefined || act === null || act === undefined || manager.silent.test(rest)) return undefined;
  const end = programRange.end + act.index + act[0].length;
  return {
    message: `"${program}" asks here whether to go on, and nobody answers; add "${manager.option}", or answer under "answers"`,
    fix: { title: `Add "${manager.option}"`, edits: [{ range: rangeOf({ start: end, end }), text: ` ${manager.option}` }] },
  };
}

function otherIn({ program, rest, next }: Command, { dialect }: ScriptPlace): Asking | undefined {
  if (dialect === 'powershell')
    return /^(?:Read-Host|Get-Credential|pause)$/i.test(program)
      ? {
          message: `"${program}" waits for somebody to type, and nobody does; hand the value over with "args" or "env", or ask for it with "manual"`,
        }
      : undefined;
  if (SCREENS.test(program) || (program === 'crontab' && /\s-e\b/.test(rest)) || (program === 'top' && !/\s-\w*b/.test(rest)))
    return next === '|'
      ? undefined
      : {
          message: `"${program}" waits for somebody at a screen, and there is none; let a program change or print it, or make it a "manual" step`,
        };
  if (program === 'read' && /^\s+(?:-\w+\s+)*-\w*p\s/.test(rest))
    return {
      message: '"read" waits for somebody to type, and nobody does; hand the value over with "args" or "env", or ask for it with "manual"',
    };
  return undefined;
}
