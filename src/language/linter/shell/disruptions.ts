import type { EffectName } from '../../schema/steps.js';
import type { Command } from './commands.js';
import type { Dialect } from './scan.js';

/** What a command plainly does to a host or to what is kept on it. */
export interface Disruption {
  /** The words that say so. */
  readonly words: string;
  /** What becomes of it, as a verb with its object. */
  readonly does: string;
  /** The effects it has. */
  readonly effects: readonly EffectName[];
  /** Effects of which each tells a reader as much. */
  readonly toldBy: readonly EffectName[];
}

interface Act {
  readonly kind: keyof typeof KINDS;
  readonly program: RegExp;
  /** What must stand behind the program; its group is what is shown. */
  readonly rest?: RegExp;
  /** What stands in quotes counts, too. */
  readonly quoted?: true;
}

const KINDS = {
  stops: { does: 'stops what runs here', effects: ['stop'], toldBy: ['stop', 'boot', 'isolate', 'upgrade', 'destroy'] },
  isolates: { does: 'takes a host out of service', effects: ['isolate'], toldBy: ['isolate', 'stop', 'boot', 'upgrade', 'destroy'] },
  // What is taken away may be settings, a former version, or a member of a group.
  removes: { does: 'deletes what is kept here', effects: ['destroy'], toldBy: ['destroy', 'upgrade', 'configure', 'isolate', 'stop'] },
  destroys: { does: 'deletes data', effects: ['destroy'], toldBy: ['destroy', 'upgrade'] },
} as const satisfies Readonly<Record<string, Omit<Disruption, 'words'>>>;

/** Where data, programs and settings are kept, or everything; caches, logs and copies are made anew. */
const KEPT =
  /^(?=.*\s-(?:-recursive\b|[a-zA-Z]*[rR])).*?\s["']?\/(?:(?:var\/(?:lib|opt|www|spool|mail)|srv|data|home|opt|etc|usr|boot|mnt|root)(?=[/\s"'*]|$)(?![^\s"']*(?:\/\.?(?:te?mp|caches?|logs?)(?:[/\s"'*]|$)|\.(?:bak|old|tmp)))|\*|["']?(?:\s|$))/;
const KEPT_ON_DRIVE = /^(?=.*\s-r\w*).*?\s["']?[a-z]:\\(?![^\s"']*\\(?:te?mp|caches?|logs?)(?:[\\"'*\s]|$))/i;
const DROPS = /\b(drop\s+(?:database|schema|table|tablespace|keyspace)|truncate\s+table|dropDatabase)\b/i;

const IN_SHELL: readonly Act[] = [
  { kind: 'stops', program: /^systemctl$/, rest: /^(?:\s+-\S+)*\s+(stop|kill|isolate|poweroff|halt|suspend|hibernate)(?=\s|$)/ },
  { kind: 'stops', program: /^(?:service|rc-service|initctl)$/, rest: /\s(stop)\s*$/ },
  { kind: 'stops', program: /^(?:pg_ctl|pg_ctlcluster|apachectl|apache2ctl|rabbitmqctl|mysqladmin)$/, rest: /\s(stop|shutdown)(?=\s|$)/ },
  { kind: 'stops', program: /^redis-cli$/, rest: /\s(shutdown)(?=\s|$)/i },
  { kind: 'destroys', program: /^redis-cli$/, rest: /\s(flush(?:all|db))(?=\s|$)/i },
  { kind: 'stops', program: /^(?:pkill|killall)$/, rest: /^(?!.*\s-(?:[0l1]|(?:SIG)?(?:HUP|USR[12])|s\s+(?:0|HUP)|-version)(?=\s|$))/ },
  { kind: 'stops', program: /^(?:poweroff|halt)$/ },
  { kind: 'stops', program: /^shutdown$/, rest: /^(?!.*\s(?:-[rc]|--reboot)(?=\s|$))/ },
  { kind: 'stops', program: /^(?:init|telinit)$/, rest: /^\s+([01])(?=\s|$)/ },
  {
    kind: 'stops',
    program: /^(?:docker|podman|nerdctl)$/,
    rest: /^(?:\s+(?:container|compose)(?:\s+-\S+(?:\s+[\w./]\S*)?)*?)?\s+(stop|kill|down)(?=\s|$)/,
  },
  { kind: 'stops', program: /^docker-compose$/, rest: /\s(stop|kill|down)(?=\s|$)/ },
  { kind: 'destroys', program: /^(?:docker|podman|nerdctl)$/, rest: /^\s+(volume\s+(?:rm|prune)|system\s+prune)(?=\s|$)/ },
  { kind: 'stops', program: /^virsh$/, rest: /\s(shutdown|destroy|suspend)(?=\s|$)/ },
  { kind: 'destroys', program: /^virsh$/, rest: /\s(undefine|vol-delete|pool-delete)(?=\s|$)/ },
  { kind: 'stops', program: /^(?:kubectl|oc)$/, rest: /\s(scale)\s(?:.*\s)?--replicas[= ]0(?=\s|$)/ },
  { kind: 'isolates', program: /^(?:kubectl|oc)$/, rest: /^\s+(drain)(?=\s|$)/ },
  { kind: 'removes', program: /^(?:kubectl|oc)$/, rest: /^(?:\s+-[\w-]+(?:=\S+|\s+(?!delete\s)[\w.]\S*)?)*\s+(delete)(?=\s|$)/ },
  { kind: 'removes', program: /^helm$/, rest: /^\s+(uninstall|delete)(?=\s|$)/ },
  { kind: 'destroys', program: /^(?:terraform|tofu|terragrunt|pulumi|vagrant)$/, rest: /\s(-?destroy)(?=\s|$)/ },
  { kind: 'stops', program: /^aws$/, rest: /^(?:\s+--\S+(?:\s+[^\s-]\S*)?)*?\s+[a-z][\w-]*\s+(stop-[\w-]+)(?=\s|$)/ },
  { kind: 'destroys', program: /^aws$/, rest: /^(?:\s+--\S+(?:\s+[^\s-]\S*)?)*?\s+[a-z][\w-]*\s+((?:delete|terminate)-[\w-]+|rb)(?=\s|$)/ },
  { kind: 'stops', program: /^(?:gcloud|az)$/, rest: /\s(stop|deallocate)(?=\s|$)/ },
  { kind: 'destroys', program: /^(?:gcloud|az)$/, rest: /\s(delete)(?=\s|$)/ },
  { kind: 'removes', program: /^rm$/, rest: KEPT, quoted: true },
  { kind: 'destroys', program: /^(?:mkfs(?:\.\w+)?|wipefs|blkdiscard|lvremove|vgremove|pvremove|dropdb)$/, rest: /^\s+\S/ },
  { kind: 'destroys', program: /^(?:zpool|zfs)$/, rest: /^\s+(destroy)(?=\s|$)/ },
  { kind: 'destroys', program: /^(?:sgdisk|parted|cryptsetup)$/, rest: /\s(--zap-all|-Z|mklabel|luksFormat)(?=\s|$)/ },
  { kind: 'destroys', program: /^dd$/, rest: /\s["']?(of=\/dev\/(?!null|full|std|fd|tty|shm))/, quoted: true },
  { kind: 'destroys', program: /^shred$/, rest: /\s["']?\/dev\/(?!shm)/, quoted: true },
  {
    kind: 'destroys',
    program: /^(?:psql|mysql|mariadb|sqlcmd|sqlite3|mongo|mongosh|cqlsh|sqlplus|clickhouse-client)$/,
    rest: DROPS,
    quoted: true,
  },
  { kind: 'removes', program: /^curl$/, rest: /\s((?:-X\s*|--request[= ])["']?DELETE)\b/, quoted: true },
];
const IN_POWERSHELL: readonly Act[] = [
  { kind: 'stops', program: /^(?:Stop|Suspend)-(?:Service|Computer|VM|Website|WebAppPool|AzVM|Process)$/i },
  { kind: 'stops', program: /^(?:net1?|sc)$/i, rest: /^\s+(stop)(?=\s|$)/i },
  { kind: 'stops', program: /^taskkill$/i },
  { kind: 'stops', program: /^shutdown$/i, rest: /\s([-/][sp])(?=\s|$)/i },
  { kind: 'destroys', program: /^(?:Format-Volume|Clear-Disk|Initialize-Disk|Remove-(?:Partition|VM|VirtualDisk|AD\w+))$/i },
  { kind: 'removes', program: /^(?:Remove-Item|rm|ri|del|rd|rmdir)$/i, rest: KEPT_ON_DRIVE, quoted: true },
  { kind: 'destroys', program: /^(?:psql|mysql|sqlcmd|Invoke-Sqlcmd)$/i, rest: DROPS, quoted: true },
  { kind: 'removes', program: /^(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)$/i, rest: /\s(-Method\s+["']?Delete)\b/i, quoted: true },
];
/** Only says what would be done. */
const REHEARSES = /\s(?:--help|--dry-run(?!=none)|--check|--no-act|-WhatIf)\b/i;
const BY_INIT = /\/init\.d\/[^/\s]+$/;

/**
 * What a command plainly does, as far as its words tell; reboots are left to the rule that knows what to do instead, and
 * after a restart all is as it was before.
 */
export function disruptionOf(command: Command, script: string, dialect: Dialect): Disruption | undefined {
  const { program, rest, bareRest, programRange } = command;
  if (REHEARSES.test(bareRest)) return undefined;
  for (const act of dialect === 'powershell' ? IN_POWERSHELL : IN_SHELL) {
    if (!act.program.test(program)) continue;
    const match = act.rest === undefined ? [''] : act.rest.exec(act.quoted ? rest : bareRest);
    if (match !== null) return { words: [program, match[1] ?? ''].join(' ').trim(), ...KINDS[act.kind] };
  }
  if (!BY_INIT.test(script.slice(programRange.start, programRange.end))) return undefined;
  return /^\s+stop(?=\s|$)/.test(bareRest) ? { words: `${program} stop`, ...KINDS.stops } : undefined;
}
