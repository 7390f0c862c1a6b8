import type { Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';

const CHANGES =
  /^(?:rm|rmdir|mv|mkdir|touch|tee|truncate|chmod|chown|chgrp|ln|install|kill|pkill|killall|reboot|poweroff|halt|shutdown|mkfs\S*|useradd|userdel|usermod|groupadd|passwd|chpasswd|umount|mount|swapoff)$/;
const CHANGES_IN_POWERSHELL =
  /^(?:(?:Remove|Stop|Restart|Install|Uninstall|Enable|Disable|Register|Unregister|Clear|Rename|Move|Copy|Add|Suspend|Resume)-\w+|Set-(?!Location|StrictMode|Variable|PSDebug|Alias)\w+|Start-(?!Sleep|Transcript|Job)\w+|New-(?!Object|TimeSpan|Variable|Guid|Alias|CimSession|PSSession|WebServiceProxy)\w+|Out-File|del|rm|ren)$/i;
/** Programs that ask or act, by their first words. */
const ACTS: Readonly<Record<string, RegExp>> = {
  systemctl: /(?:^|\s)(?:start|stop|restart|reload|try-restart|enable|disable|mask|unmask|kill|daemon-reload|isolate)(?=\s|$)/,
  service: /\s(?:start|stop|restart|reload)\s*$/,
  'apt-get': /\s(?:install|remove|purge|upgrade|dist-upgrade|update|clean)\b(?!.*(?:--dry-run|-s\b|--simulate))/,
  apt: /\s(?:install|remove|purge|upgrade|full-upgrade|update)\b/,
  yum: /\s(?:install|remove|update|upgrade|erase)\b/,
  dnf: /\s(?:install|remove|update|upgrade)\b/,
  sed: /\s(?:-[a-zA-Z]*i|--in-place)/,
  dd: /\sof=(?!\/dev\/null)/,
  curl: /\s(?:-X\s*|--request[= ])["']?(?:POST|PUT|PATCH|DELETE)\b/,
  docker: /^\s*(?:rm|stop|start|restart|run|kill|pull|rmi)\b/,
  kubectl: /^\s*(?:apply|delete|create|patch|scale|drain|cordon|uncordon|replace|edit|rollout\s+(?:restart|undo))\b/,
};

export const changingProbe: Rule = {
  id: 'changing-probe',
  family: 'safety',
  severity: 'warning',
  rationale:
    'A probe is asked again and again, by facts before anything was approved and once more when a run is resumed: it must change nothing.',
  cites: ['threat T33'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      // What a probe writes into a temporary file of its own is gone afterwards.
      if (!script.asks || /\bmktemp\b|New-TemporaryFile/.test(script.bare)) continue;
      for (const command of script.commands) {
        const what = changeIn(command, script.dialect === 'powershell');
        if (what !== undefined)
          yield {
            range: script.rangeOf(command.range),
            message: `"${what}" changes something, and a probe only asks; do it in a step of its own, and ask here whether it is done`,
          };
      }
    }
  },
};

function changeIn({ program, rest, bareRest }: Command, powershell: boolean): string | undefined {
  if (powershell) return CHANGES_IN_POWERSHELL.test(program) && !/\s-WhatIf\b/i.test(rest) ? program : undefined;
  if (CHANGES.test(program))
    return (program === 'mount' || program === 'umount') && rest.trim() === '' ? undefined : asksOnly(program, rest) ? undefined : program;
  const acts = Object.hasOwn(ACTS, program) ? ACTS[program] : undefined;
  const act = acts?.exec(rest)?.[0];
  if (act !== undefined) return `${program} ${act.trim()}`;
  return /(?:^|[^<>&0-9=-])[12]?>>?\s*(?!&|\/dev\/(?:null|stderr|stdout)|["']?\/dev\/)(?=["'\w$/.~])/.test(bareRest) ? '>' : undefined;
}

/** `kill -0` looks whether a process is there; `mount -l` lists. */
function asksOnly(program: string, rest: string): boolean {
  return (
    (program === 'kill' && /^\s+-(?:0|s\s+0|l|L)\b/.test(rest)) ||
    (program === 'pkill' && /^\s+-0\b/.test(rest)) ||
    (program === 'passwd' && /\s-S\b/.test(rest)) ||
    (program === 'mount' && /^\s+-[lv]\b/.test(rest))
  );
}
