import type { Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';

/** An octal mode whose last digit lets everybody write; with the first digit 1 or more, only owners may delete. */
const OCTAL = /(?:^|[\s=m])0{0,2}([0-7]{2}[2367])(?=\s|$)/;
const SYMBOLIC = /(?:^|[\s,])[ug]*[oa][uoga]*[+=][rxXst]*w/;

export const worldWritable: Rule = {
  id: 'world-writable',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale: 'What everybody on a host may write, somebody else has written by the time it is run with the rights of the administrator.',
  cites: ['threat T20'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      for (const command of script.commands) {
        if (lets(command))
          yield {
            range: script.rangeOf(command.range),
            message: 'after this, everybody on the host may write there; give the rights to the user or group that needs them',
          };
      }
    }
  },
};

function lets({ program, rest }: Command): boolean {
  switch (program.toLowerCase()) {
    case 'chmod':
      return OCTAL.test(rest) || SYMBOLIC.test(rest);
    case 'install':
    case 'mkdir':
      return /\s(?:-\w*m\s*|--mode[= ])0{0,2}[0-7]{2}[2367](?=\s)/.test(rest);
    case 'umask':
      return /^\s*0{1,4}\s*$/.test(rest);
    case 'icacls':
      return /\/grant(?::r)?\s+["']?(?:Everyone|\*S-1-1-0|Users|Authenticated Users):(?:\((?:OI|CI|IO|NP)\))*\(?[FMW]\b/i.test(rest);
    default:
      return false;
  }
}
