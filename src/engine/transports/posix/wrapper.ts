import type { AttemptName, Command } from '../transport.js';
import { sayFunction } from '../marker.js';
import { isPlainName, quote } from './quote.js';

/**
 * Where a host keeps the evidence of attempts: `enter` is shell text that changes to a directory of the user's own,
 * `runs` the path below it. Fixed text only, since it stands in command lines.
 */
export interface EvidencePlace {
  readonly enter: string;
  readonly runs: string;
}

/** On a host that is reached by a login: below the home directory. */
export const LOGIN_EVIDENCE: EvidencePlace = { enter: 'cd', runs: '.cache/runbook-studio/runs' };

/** On the machine of the operator: below the directory the shell is started in. */
export const LOCAL_EVIDENCE: EvidencePlace = { enter: ':', runs: 'attempts' };

/**
 * The command line that starts every program: it reads a length, then the program of that length, from standard input.
 * No quote, backslash, newline or exclamation mark may stand in it, since any login shell (fish and csh too) reads it first.
 */
export const BOOTSTRAP = `exec sh -c 'IFS= read -r n && p=$(head -c "$n") && eval "$p"' runbook-studio`;

/**
 * What goes into the standard input of {@link BOOTSTRAP}. The braces make the shell read the program to its end before it runs any of
 * it: one that was cut off on its way does nothing.
 */
export function payload(program: string): Buffer {
  const bytes = Buffer.from(`{\n${program}\n}`);
  return Buffer.concat([Buffer.from(`${String(bytes.length)}\n`), bytes]);
}

/** The command line for the terminal: runs what {@link storeProgram} has stored, and removes it first, since values stand in it. */
export function terminalBootstrap(place: EvidencePlace, attempt: AttemptName): string {
  const directory = attemptDirectory(place, attempt);
  return `exec sh -c '${place.enter} && cd ${directory} && p=$(cat input) && rm -f input && eval "$p"' runbook-studio`;
}

/** Path of an attempt's directory. Throws on ids that are not plain names: they stand in command lines. */
export function attemptDirectory(place: EvidencePlace, attempt: AttemptName): string {
  if (!isPlainName(attempt.run) || !isPlainName(attempt.attempt))
    throw new Error(`internal error: "${attempt.run}/${attempt.attempt}" cannot name a directory`);
  return `${place.runs}/${attempt.run}/${attempt.attempt}`;
}

/**
 * `describe PID` sets `started` (start time, in whatever unit the system has, without blanks) and `group`; `boot_id` sets `boot`.
 * The loops stand in for systems without /proc.
 */
export const DESCRIBE = `
describe() {
  started= group=
  if { IFS= read -r line < "/proc/$1/stat"; } 2>/dev/null; then
    set -- \${line##*) }
    [ "$1" = Z ] || { group=$3 started=\${20}; }
  elif [ ! -r /proc/self/stat ]; then
    set -- $(ps -o pgid= -o lstart= -p "$1" 2>/dev/null)
    [ $# -gt 1 ] && { group=$1; shift; started=$(IFS=_; printf '%s' "$*"); }
  fi
  [ -n "$started" ]
}
boot_id() {
  boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null) || boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null) || boot=$(who -b 2>/dev/null)
  boot=$(set -f; IFS=' 	
'; set -- $boot; IFS=_; printf '%s' "$*")
}`;

/** The program of a read-only probe: it leaves nothing on the host. */
export function probeProgram(command: Command, nonce: string): string {
  return [
    sayFunction(nonce),
    'unset CDPATH',
    OWN_GROUP,
    DESCRIBE,
    'describe $$',
    'say started $$ "$started" || exit 1',
    lifelined(command),
    'exit $rc',
  ].join('\n');
}

/**
 * The program of an act: makes the private directory (an existing one refuses it), stores the script, records who it is,
 * and leaves the exit code by rename. Values stay in memory.
 */
export function actProgram(command: Command, attempt: AttemptName, place: EvidencePlace, nonce: string): string {
  return [sayFunction(nonce), 'unset CDPATH', OWN_GROUP, makeDirectory(command, attempt, place), begin(), lifelined(command), FINISH].join(
    '\n',
  );
}

/** The first half of an act that wants a terminal: stores the second half, which then runs in the terminal. */
export function storeProgram(
  command: Command,
  attempt: AttemptName,
  place: EvidencePlace,
  nonces: { readonly stored: string; readonly started: string },
): string {
  const second = [
    sayFunction(nonces.started),
    'unset CDPATH',
    `fail() { say refused "$*"; exit 0; }`,
    begin(),
    `( ${task(command)}\n)`,
    'rc=$?',
    FINISH,
  ].join('\n');
  return [
    sayFunction(nonces.stored),
    'unset CDPATH',
    makeDirectory(command, attempt, place),
    `printf '%s\\n' ${quote(second)} > input || { undo; fail "storing the command"; }`,
    'say stored',
  ].join('\n');
}

/** A server that starts commands in a group of its own would be killed with them; \`setsid\` gives the command a group without changing its pid. */
const OWN_GROUP = `
if { IFS= read -r line < /proc/$$/stat; } 2>/dev/null; then
  set -- \${line##*) }
  if [ "$3" != $$ ] && [ -z "\${RUNBOOK_STUDIO_PROGRAM-}" ] && command -v setsid >/dev/null; then
    export RUNBOOK_STUDIO_PROGRAM="$p"
    exec setsid sh -c 'p=$RUNBOOK_STUDIO_PROGRAM; eval "$p"' runbook-studio
  fi
  unset RUNBOOK_STUDIO_PROGRAM
  set --
fi
unset p n`;

function makeDirectory(command: Command, attempt: AttemptName, place: EvidencePlace): string {
  const directory = attemptDirectory(place, attempt);
  const parent = directory.slice(0, directory.lastIndexOf('/'));
  return `umask 077
fail() { say refused "$*"; exit 0; }
undo() { cd "$top" && rm -rf ${directory}; }
${place.enter} 2>/dev/null || fail "there is no home directory"
top=$PWD
mkdir ${directory} 2>/dev/null || {
  [ -d ${directory} ] && fail exists
  why=$(mkdir -p ${parent} 2>&1 && mkdir ${directory} 2>&1) || { [ -d ${directory} ] && fail exists; fail "$why"; }
}
cd ${directory} || fail "its directory cannot be entered"
printf '%s\\n' ${quote(command.script)} > script || { undo; fail "storing the script"; }`;
}

/**
 * Lets a shell of ours outlive a signal to its group, so that it waits for the task and keeps its exit code; programs it starts get the
 * signals as usual. PIPE: shells tell of a child that was killed, perhaps to an operator who is gone.
 */
const OUTLIVE = 'trap : HUP INT TERM PIPE';

/** `go` can be made only once: by the command that begins, or by somebody who found that it had not (\`collectProgram\`). */
function begin(): string {
  return `${OUTLIVE}
${DESCRIBE}
describe $$ || started=-
boot_id
printf '%s\\n' "$$ $started $boot" > meta || fail "storing its process id"
set -C
{ printf 'begun\\n' > go; } 2>/dev/null || fail exists
set +C
say started $$ "$started" || exit 1`;
}

const FINISH = `printf '%s\\n' "$rc" > rc.tmp && mv rc.tmp rc
exit $rc`;

/**
 * Runs the task, and hangs up its group when standard input ends: without a terminal nothing else tells a host that the operator is gone.
 * The watcher is killed, since it may not have put back its traps yet when a short task is over.
 */
function lifelined(command: Command): string {
  return `exec 3<&0 </dev/null
( trap - HUP INT TERM PIPE; while read -r line; do :; done; kill -s HUP -- "-$$" ) <&3 >/dev/null 2>&1 &
watch=$!
exec 3<&-
( ${task(command)}
)
rc=$?
{ kill -KILL "$watch"; wait "$watch"; } 2>/dev/null`;
}

/** The command itself, as text for a subshell whose standard input it may use up. */
function task(command: Command): string {
  const inner = plainTask(command);
  if (command.become === undefined) return inner;
  const { user, password } = command.become;
  const login = quote(user);
  const read = 'eval "$(command -p cat)"';
  if (password === undefined) {
    return `${OUTLIVE}
if [ "$(id -un)" = ${login} ]; then ${inner}
else printf '%s\\n' ${quote(inner)} | sudo -n -H -u ${login} -- sh -c ${quote(read)} runbook-studio
fi`;
  }
  // sudo takes the password line only when it needs one: what it left is skipped up to a line nobody else knows.
  const skip = `while IFS= read -r l; do [ "$l" = "$0" ] && break; done; [ "$l" = "$0" ] || exit 1; ${read}`;
  return `${OUTLIVE}
if [ "$(id -un)" = ${login} ]; then ${inner}
else
word=$(od -An -N16 -tx1 /dev/urandom); word=$(set -- $word; IFS=; printf '%s' "$*")
printf '%s\\n' ${quote(password)} "$word" ${quote(inner)} | sudo -S -p '' -H -u ${login} -- sh -c ${quote(skip)} "$word"
fi`;
}

function plainTask(command: Command): string {
  const body = [
    ['set', '--', ...command.args.map(quote)].join(' '),
    ...(command.terminal === undefined ? [] : ['exec </dev/tty']),
    command.script,
  ].join('\n');
  const shell = command.shell === 'bash' ? 'bash' : 'sh';
  return `${OUTLIVE}
shell=$(command -v ${shell}) || { printf '%s\\n' 'this host has no ${shell}' >&2; exit 127; }
cd 2>/dev/null || cd /
${command.workdir === undefined ? '' : `cd -- ${quote(command.workdir)} || exit 1`}
${Object.entries(command.env)
  .map(([name, value]) => `export ${name}=${quote(value)}`)
  .join('\n')}
printf '%s\\n' ${quote(body)} | "$shell" -eu -c 'eval "$(command -p cat)"' runbook-studio`;
}
