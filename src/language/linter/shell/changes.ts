import { commandsOf } from './commands.js';
import type { Command } from './commands.js';

const CHANGES =
  /^(?:rm|rmdir|mv|mkdir|touch|tee|truncate|chmod|chown|chgrp|ln|install|kill|pkill|killall|reboot|poweroff|halt|shutdown|mkfs\S*|useradd|userdel|usermod|groupadd|passwd|chpasswd|umount|mount|swapoff)$/;
const CHANGES_IN_POWERSHELL =
  /^(?:(?:Remove|Stop|Restart|Install|Uninstall|Enable|Disable|Register|Unregister|Clear|Rename|Move|Copy|Add|Suspend|Resume)-\w+|Set-(?!Location|StrictMode|Variable|PSDebug|Alias)\w+|Start-(?!Sleep|Transcript|Job)\w+|New-(?!Object|TimeSpan|Variable|Guid|Alias|CimSession|PSSession|WebServiceProxy)\w+|Out-File|del|rm|ren)$/i;

/** A program that asks or acts, by its words: when it acts, and what keeps it from that. */
interface Acting {
  readonly acts: RegExp;
  readonly asks?: RegExp;
}

const APT: Acting = {
  acts: /\s(?:install|remove|purge|upgrade|dist-upgrade|full-upgrade|update|clean)\b/,
  asks: /\s(?:-[a-zA-Z]*s[a-zA-Z]*|--simulate|--just-print|--dry-run|--recon|--no-act|--print-uris)(?=\s|$)/,
};
const DNF: Acting = { acts: /\s(?:install|remove|update|upgrade|erase)(?=\s|$)/, asks: /\s--assumeno(?=\s|$)/ };
/** A statement that changes data or what holds it, at its beginning. */
const SQL: Acting = {
  acts: /(?<=["';]\s*)(?:DELETE\s+FROM|DROP\s+\w+|UPDATE\s+\S+\s+SET|INSERT\s+INTO|TRUNCATE|ALTER\s+\w+|CREATE\s+(?!TEMP)\w+|GRANT|REVOKE|VACUUM|REINDEX)(?=\s)/i,
};
const FIREWALL: Acting = {
  acts: /\s(?:-[ADIRFXPZEN]|--(?:append|delete|insert|replace|flush|policy|zero|new-chain|delete-chain|rename-chain))(?=\s|$)/,
};
const ACTING: Readonly<Record<string, Acting>> = {
  systemctl: { acts: /(?:^|\s)(?:start|stop|restart|reload|try-restart|enable|disable|mask|unmask|kill|daemon-reload|isolate)(?=\s|$)/ },
  service: { acts: /\s(?:start|stop|restart|reload)\s*$/ },
  'apt-get': APT,
  apt: APT,
  yum: DNF,
  dnf: DNF,
  psql: SQL,
  mysql: SQL,
  mariadb: SQL,
  sqlite3: SQL,
  sqlcmd: SQL,
  iptables: FIREWALL,
  ip6tables: FIREWALL,
  sed: { acts: /\s(?:-[a-zA-Z]*i|--in-place)/ },
  dd: { acts: /\sof=(?!\/dev\/null)/ },
  find: { acts: /\s-delete(?=\s|$)|\s-(?:exec|execdir|ok)\s+(?:\S*\/)?(?:rm|rmdir|mv|chmod|chown|truncate|touch|sed\s+-i)(?=\s)/ },
  curl: {
    acts: /\s(?:(?:-X\s*|--request[= ])["']?(?:POST|PUT|PATCH|DELETE)\b|-[fsSLkiv]*[dFT]|--(?:data|form|upload-file|json)[\w-]*)/,
    asks: /\s(?:-G|--get)(?=\s|$)|\s(?:-X\s*|--request[= ])["']?GET\b/,
  },
  crontab: { acts: /\s-r(?=\s|$)|^\s+(?:-u\s+\S+\s+)?(?:-|[^-\s<>]\S*)(?=\s|$)/ },
  git: {
    acts: /^(?:\s+-[cC]\s+\S+|\s+--\S+)*\s+(?:pull|clone|checkout|switch|reset|clean|commit|push|merge|rebase|apply|am|rm|mv|init|restore|cherry-pick|revert)(?=\s|$)/,
    asks: /\s(?:--dry-run|-n|--check|--stat)(?=\s|$)/,
  },
  // With one place only, it lists what is there.
  rsync: {
    acts: /\s[^-\s<>]\S*(?=\s+(?!\d?>)[^-\s<>])/,
    asks: /\s(?:-[a-zA-Z]*n[a-zA-Z]*|--dry-run|--list-only)(?=\s|$)/,
  },
  sysctl: { acts: /\s(?:-w|--write|-p|--load|--system)(?=[\s=]|$)|\s[\w./]+=\S/ },
  ip: {
    acts: /^(?:\s+-\S+)*\s+(?:addr|address|a|link|l|route|r|rule|neigh|netns|tunnel)\s+(?:add|del|delete|change|replace|set|flush|append)(?=\s|$)/,
  },
  docker: { acts: /^\s*(?:rm|stop|start|restart|run|kill|pull|rmi)\b/ },
  kubectl: {
    acts: /^(?:\s+(?:-n|--namespace|--context|--kubeconfig)\s+[^-\s]\S*|\s+-\S+)*\s+(?:apply|delete|create|patch|scale|drain|cordon|uncordon|replace|edit|rollout\s+(?:restart|undo))(?=\s)/,
    asks: /\s--dry-run(?:=(?:server|client|true))?(?=\s|$)/,
  },
};
/** What is handed to a shell in quotes. */
const INNER = /^(?:\s+-\w+)*\s+-\w*c\s+(?:'([^']*)'|"((?:\\[\s\S]|[^"\\])*)")/;
/** Shells within shells are followed this far. */
const DEEPEST = 3;

/** The word or two by which a command changes something; undefined where it only asks, as far as that can be told. */
export function changeIn(command: Command, powershell: boolean): string | undefined {
  const { program, rest } = command;
  if (powershell) return CHANGES_IN_POWERSHELL.test(program) && !/\s-WhatIf\b/i.test(rest) ? program : undefined;
  return inShell(command, DEEPEST);
}

function inShell({ program, rest, bareRest }: Command, depth: number): string | undefined {
  // In double brackets, ">" compares.
  if (program === '[[' || /^\s+--(?:help|version)\b/.test(rest)) return undefined;
  if (CHANGES.test(program)) return asksOnly(program, rest) ? undefined : program;
  const acting = Object.hasOwn(ACTING, program) ? ACTING[program] : undefined;
  const act = acting?.asks?.test(rest) === true ? undefined : acting?.acts.exec(rest)?.[0];
  if (act !== undefined) return `${program} ${act.trim()}`;
  const inner = /^(?:ba|da|z|k)?sh$/.test(program) && depth > 0 ? INNER.exec(rest) : null;
  for (const within of commandsOf(inner?.[1] ?? inner?.[2] ?? '', 'sh')) {
    const change = inShell(within, depth - 1);
    if (change !== undefined) return change;
  }
  return /(?:^|[^<>&0-9=\\-])[12]?>>?\s*(?!&|\/dev\/(?:null|stderr|stdout)|["']?\/dev\/)(?=["'\w$/.~])/.test(bareRest) ? '>' : undefined;
}

/** `kill -0` looks whether a process is there; `mount` alone, or with `-l`, lists. */
function asksOnly(program: string, rest: string): boolean {
  return (
    (program === 'kill' && /^\s+-(?:0|s\s+0|l|L)\b/.test(rest)) ||
    ((program === 'pkill' || program === 'killall') && /^\s+-0\b/.test(rest)) ||
    (program === 'passwd' && /\s-S\b/.test(rest)) ||
    (program === 'mount' && /^\s+-[lv]\b/.test(rest)) ||
    ((program === 'mount' || program === 'umount') && rest.trim() === '')
  );
}
