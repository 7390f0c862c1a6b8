import type { AttemptName, Command } from '../transport.js';
import { SAY_STARTED_ON_BOTH, sayFunction } from '../marker.js';
import { isPlainName, quote } from './quote.js';
import { OUTLIVE, task } from './task.js';

/**
 * Where a host keeps the evidence of attempts: `enter` is shell text that changes to a directory of the user's own,
 * `runs` the path below it. Fixed text only, since it stands in command lines.
 */
export interface EvidencePlace {
  readonly enter: string;
  readonly runs: string;
  /** Whether an act without a terminal goes on there when the connection is cut, and its output waits for whoever comes next. */
  readonly detached: boolean;
  /** Whether the directory of an attempt is made before its program is carried there. */
  readonly madeAhead: boolean;
}

/** On a host that is reached by a login: below the home directory. */
export const LOGIN_EVIDENCE: EvidencePlace = { enter: 'cd', runs: '.cache/runbook-studio/runs', detached: true, madeAhead: false };

/** On the machine of the operator: below the directory the shell is started in. */
export const LOCAL_EVIDENCE: EvidencePlace = { enter: ':', runs: 'attempts', detached: false, madeAhead: true };

/**
 * The command line that starts every program: a shell that reads it from standard input. Any login shell (fish and csh too) understands it,
 * and no value stands in it. The second one starts it in a session of its own, see {@link OWN_SESSION}.
 */
export const BOOTSTRAP = 'exec sh';
export const SESSION_BOOTSTRAP = 'exec setsid sh';

/**
 * What goes into the standard input of {@link BOOTSTRAP}. The braces make the shell read the program to its end before it runs any of
 * it: one that was cut off on its way does nothing. Nothing more may be sent before it speaks, since a shell reads ahead.
 */
export function payload(program: string): Buffer {
  return Buffer.from(`{\n${program}\nexit\n}\n`);
}

/** The same for a program that another one follows. */
export function firstPayload(program: string): Buffer {
  return Buffer.from(`{\n${program}\n}\n`);
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
  { IFS= read -r boot < /proc/sys/kernel/random/boot_id; } 2>/dev/null && return 0
  boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null) || boot=$(who -b 2>/dev/null)
  boot=$(set -f; IFS=' 	
'; set -- $boot; IFS=_; printf '%s' "$*")
}`;

/** The program of a read-only probe: it leaves nothing on the host. */
export function probeProgram(command: Command, nonce: string): string {
  return [
    sayFunction(nonce),
    'unset CDPATH',
    OWN_SESSION,
    DESCRIBE,
    'describe $$',
    `${SAY_STARTED_ON_BOTH} || exit 1`,
    lifelined(command),
    'exit $rc',
  ].join('\n');
}

/**
 * The program of an act: makes the private directory (an existing one refuses it), stores the script, records who it is,
 * and leaves the exit code by rename. Values stay in memory.
 */
export function actProgram(command: Command, attempt: AttemptName, place: EvidencePlace, nonce: string): string {
  return [
    sayFunction(nonce),
    'unset CDPATH',
    OWN_SESSION,
    makeDirectory(command, attempt, place),
    IDENTIFY,
    begin(),
    orVoid(SAY_STARTED_ON_BOTH),
    lifelined(command),
    FINISH,
  ].join('\n');
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
    IDENTIFY,
    begin(),
    orVoid('say started $$ "$started"'),
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

/**
 * A server that starts commands in a group or session of its own would take them with it when it ends: says \`crowded\` there, and has done
 * nothing yet.
 */
export const OWN_SESSION = `
if { IFS= read -r line < /proc/$$/stat; } 2>/dev/null; then
  set -- \${line##*) }
  if { [ "$3" != $$ ] || [ "$4" != $$ ]; } && command -v setsid >/dev/null; then say crowded; exit; fi
  set --
fi`;

/** Not every shell says what is in the way of what is built into it; a program does. */
const SAY_WHY = `why=$( (echo | cat > script) 2>&1 ) || :; undo; fail "its script cannot be stored: \${why:-the disk takes only a part of it}"`;

/**
 * Makes the private directory of an attempt, enters it and stores the script. What exists already is refused. The umask stays as the
 * login has it: the task may make files for others.
 */
export function makeDirectory(command: Command, attempt: AttemptName, place: EvidencePlace): string {
  const directory = attemptDirectory(place, attempt);
  return `fail() { say refused "$*"; exit 0; }
undo() { cd "$top" && rm -rf ${directory}; }
${place.enter} 2>/dev/null || fail "there is no home directory"
top=$PWD${place.madeAhead ? '' : newDirectory(directory)}
cd ${directory} || fail "its directory cannot be entered"
printf '%s\\n' ${quote(command.script)} > script || { ${SAY_WHY}; }`;
}

function newDirectory(directory: string): string {
  const parent = directory.slice(0, directory.lastIndexOf('/'));
  return `
mkdir -m 700 ${directory} 2>/dev/null || {
  [ -d ${directory} ] && fail exists
  why=$(umask 077; mkdir -p ${parent} 2>&1 && mkdir ${directory} 2>&1) || { [ -d ${directory} ] && fail exists; fail "$why"; }
}`;
}

/** Sets `started` and `boot` of the shell itself. */
export const IDENTIFY = `${DESCRIBE}
describe $$ || started=-
boot_id`;

/** Records who it is, as {@link IDENTIFY} has found. `go` can be made only once: by the command that begins, or by somebody who found that it had not (\`collectProgram\`). */
export function begin(): string {
  return `${OUTLIVE}
printf '%s\\n' "$$ $started $boot" > meta && printf '   \\n' > rc.tmp || fail "storing its process id"
set -C
{ true > go; } 2>/dev/null || { [ -e go ] && fail exists; fail "storing that it begins"; }
set +C
{ printf 'begun\\n' > go; } 2>/dev/null || { rm -f go; fail "storing that it begins"; }`;
}

/** Nothing was done where nobody could be told that it begins. */
function orVoid(say: string): string {
  return `${say} || { printf 'void\\n' > go; exit 1; }`;
}

/** Writes the exit code. Its room is taken at the beginning, so that a disk that is full by now does not lose it. */
export const WRITE_CODE = `printf '%3s\\n' "$rc" 1<>rc.tmp`;

const FINISH = `${WRITE_CODE} && mv rc.tmp rc
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
