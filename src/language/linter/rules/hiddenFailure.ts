import type { Step } from '../../schema/generated/runbook.js';
import type { Finding, Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

/** Programs that fetch or write out data, and those that take whatever comes, also when it is cut short. */
const GIVES =
  /^(?:mysqldump|mariadb-dump|mariabackup|xtrabackup|pg_dump|pg_dumpall|pg_basebackup|mongodump|sqlite3|slapcat|etcdctl|tar|cpio|dd|zfs|btrfs|xfsdump|dump|gunzip|zcat|xzcat|zstdcat|bzcat|gpg|curl|wget|ssh)$/;
const TAKES =
  /^(?:gzip|pigz|bzip2|xz|zstd|lz4|tee|tar|cat|dd|cpio|gpg|split|pv|psql|mysql|mariadb|sqlplus|mongorestore|pg_restore|zfs|btrfs|ssh)$/;
/** Programs that only ask, whatever becomes of the answer. */
const ASKS = /^(?:readlink|realpath|ls|stat|test|\[|pgrep|ps|id|getent|which|type|df|du|uname|hostname|date|pidof)$/;
/** Those that ask as long as what they say is not kept in a file, where it may be the copy that was wanted. */
const READS = /^(?:cat|head|tail|wc|grep|egrep|fgrep|zgrep|diff|cmp|sort|uniq|cut)$/;
/** Where going on with half of it is worst. */
const DECISIVE = new Set(['backup', 'upgrade', 'destroy']);

export const hiddenFailure: Rule = {
  id: 'hidden-failure',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale: 'A dump that broke off looks like a backup until it is needed: a shell tells only how the last command of a pipe has ended.',
  cites: ['capability 38', 'capability 39', 'capability 66'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      if (script.asks || script.dialect === undefined || script.dialect === 'powershell') continue;
      yield* inPipes(script);
      if (isDecisive(script.owner as Step) || isDecisive(script.place.around.owner?.step)) yield* ignored(script);
    }
  },
};

function isDecisive(step: Pick<Step, 'effects' | 'stages'> | undefined): boolean {
  return [...(step?.effects ?? []), ...(step?.stages ?? [])].some((effect) => DECISIVE.has(effect));
}

function* inPipes({ commands, bare, rangeOf }: ScriptPlace): Generator<Finding> {
  if (/\bpipefail\b/.test(bare)) return;
  for (const [index, { program, next, programRange }] of commands.entries()) {
    const taker = next === '|' ? commands[index + 1] : undefined;
    if (taker === undefined || !GIVES.test(program) || !TAKES.test(taker.program)) continue;
    yield {
      range: rangeOf(programRange),
      message: `when "${program}" fails, nobody is told, since only the end of "${taker.program}" counts; write to a file first, or add "shell: bash" and begin with "set -o pipefail"`,
    };
  }
}

function* ignored({ commands, rangeOf }: ScriptPlace): Generator<Finding> {
  for (const [index, command] of commands.entries()) {
    const after = command.next === '||' ? commands[index + 1] : undefined;
    const range =
      after !== undefined && isNothing(after) && !onlyReads(commands, index)
        ? { start: command.range.start, end: after.range.end }
        : undefined;
    const stops = command.program === 'set' && /^\s+\+e\b/.test(command.rest) ? command.range : undefined;
    const hidden = range ?? stops;
    if (hidden === undefined) continue;
    yield {
      range: rangeOf(hidden),
      message:
        'a failure in this step is passed over, and the run goes on as if it had succeeded; let it fail, and say under "on_failure" what to do then',
    };
  }
}

/** A command, with all that has to come before it, only looks at things: that it found nothing is an answer. */
function onlyReads(commands: readonly Command[], last: number): boolean {
  for (let index = last; index >= 0; index--) {
    const command = commands[index];
    if (command === undefined) return false;
    const { program, bareRest, previous } = command;
    const reads = ASKS.test(program) || (READS.test(program) && !/(?<![\d&])>(?!&|\s*\/dev\/null)/.test(bareRest));
    if (!reads) return false;
    if (!/^(?:\|&?|&&|\|\|)$/.test(previous)) return true;
  }
  return true;
}

function isNothing({ program, rest }: Command): boolean {
  return ((program === 'true' || program === ':') && rest.trim() === '') || (program === 'exit' && rest.trim() === '0');
}
