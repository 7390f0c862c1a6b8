import { sayFunction } from '../marker.js';
import type { AttemptName, Command } from '../transport.js';
import { FOLLOW, followFunctions, SHOWN } from './follow.js';
import { task } from './task.js';
import { begin, IDENTIFY, makeDirectory, WRITE_CODE } from './wrapper.js';
import type { EvidencePlace } from './wrapper.js';

/** A segment of output that has grown beyond this is followed by a new one, in bytes. */
const SEGMENT_BYTES = 2 * 1024 * 1024;
/** Reads into one file before it is looked at again; each is at most one block. A segment never exceeds {@link SEGMENT_BYTES} and so many blocks. */
const READS = 256;
const BLOCK_BYTES = 16 * 1024;
/** Segments that are kept besides the first one: the beginning and the end of the output, 30 MiB at most. */
const RECENT_SEGMENTS = 4;

/**
 * Writes one stream of the command to segment files, the first and the latest of which are kept. Runs until nobody can print any more,
 * whatever signals come, and rings. When the disk takes no more it goes on reading, so that the command never waits for it.
 */
const WRITER = `
writer() {
  trap '' HUP INT TERM
  from=0 recent= count=0
  while :; do
    [ -f o.0 ] || exec cat >/dev/null
    if ! read=$(dd bs=${String(BLOCK_BYTES)} count=${String(READS)} 2>&1 >> "$1.$from"); then
      read=$(wc -c)
      printf '%s\\n' "$((read))" > "$1.lost"
      break
    fi
    whole=\${read%%+*}
    part=\${read#*+}
    [ $((\${whole##*[!0-9]} + \${part%%[!0-9]*})) -eq ${String(READS)} ] || break
    size=$(wc -c < "$1.$from")
    [ "$size" -ge ${String(SEGMENT_BYTES)} ] || continue
    from=$((from + size))
    recent="$recent$from "
    count=$((count + 1))
    : > "$1.$from"
    [ "$count" -le ${String(RECENT_SEGMENTS)} ] || { rm -f "$1.\${recent%% *}"; recent=\${recent#* } count=${String(RECENT_SEGMENTS)}; }
  done
  : > "$1.done"
  printf '%s\\n' "$1" >&6
}`;

/**
 * The program of a shell that waits on the host and starts one act after the other, each in a session of its own: it is not a part of any.
 * Says \`ready\`, or \`refused WHY\`. From then on a shell reads the channel for the program of an act; the next one does when that has ended
 * with {@link SHOWN}.again. It leaves nothing behind. Where nothing can make sessions, it becomes the shell of the first act itself.
 */
export function readyProgram(place: EvidencePlace, nonce: string): string {
  const stage = stageOf(place, nonce);
  return `${sayFunction(nonce)}
fail() { say refused "$*"; exit 0; }
unset CDPATH
begin='setsid sh'
command -v setsid >/dev/null || begin='exec sh -s alone'
${place.enter} 2>/dev/null || fail "there is no home directory"
stage=$PWD/${stage}
trap 'rm -f "$stage".*' EXIT
[ -d ${place.runs} ] || why=$(umask 077; mkdir -p ${place.runs} 2>&1) || fail "$why"
why=$(mkfifo -m 600 ${stage}.bell ${stage}.o ${stage}.e 2>&1) || fail "its output cannot be kept: $why"
say ready
while $begin; [ $? -eq ${String(SHOWN.again)} ]; do :; done`;
}

/** What the program of an act needs besides the act itself: it is made ready as soon as the shell is, while there is nothing else to do. */
export function preparation(nonce: string): string {
  return `${sayFunction(nonce)}
alone=\${1-}
${IDENTIFY}
${WRITER}
${followFunctions(nonce)}`;
}

/**
 * The program of an act that goes on without its connection, for a shell that {@link readyProgram} of \`shell\` has started and that has done
 * its {@link preparation}: what it prints goes to files of its directory, and whoever is connected is shown them. Where nobody was shown the
 * end, the exit code is put on the disk itself at once. Says \`started PID START FOLLOWER\`; what follows are frames.
 */
export function detachedProgram(command: Command, attempt: AttemptName, place: EvidencePlace, shell: string): string {
  return `${makeDirectory(command, attempt, place)}
{ true > o.0 && true > e.0; } 2>/dev/null || { why=$({ : > o.0 && : > e.0; } 2>&1); undo; fail "its output cannot be kept: $why"; }
${begin()}
stage=$top/${stageOf(place, shell)}
exec 3<&0 </dev/null 6<>"$stage.bell"
(
${FOLLOW}
) <&3 &
follower=$!
say started $$ "$started" "$follower"
exec >/dev/null 2>&1 3<&-
writer o < "$stage.o" &
writer e < "$stage.e" &
( ${task(command)}
) > "$stage.o" 2> "$stage.e" 6>&-
rc=$?
${WRITE_CODE}
printf '%s\\n' "end $rc" >&6
mv rc.tmp rc &
moving=$!
wait "$follower"
shown=$?
case $shown in ${String(SHOWN.again)} | ${String(SHOWN.once)}) ;; *) wait "$moving"; sync rc; rm -f "$stage".* ;; esac
exit "$shown"`;
}

function stageOf(place: EvidencePlace, nonce: string): string {
  return `${place.runs}/.ready-${nonce}`;
}
