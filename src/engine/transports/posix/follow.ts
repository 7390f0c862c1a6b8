/** The two streams of a detached command, by the letters of their files. */
const STREAMS = [
  { letter: 'o', fd: 7 },
  { letter: 'e', fd: 8 },
] as const;

/** Most bytes of one frame. */
const FRAME_BYTES = 1024 * 1024;
/** Time between two looks from outside; the second for hosts whose `sleep` counts whole seconds only. */
const PAUSE = '{ sleep 0.2 2>/dev/null || sleep 1; }';
/** So many looks without output after the end, and a program in the background is left behind with what it may still print. */
const SILENT_LOOKS = 3;

/**
 * Shell functions `drain_o` and `drain_e`: they print what the segment files hold beyond what was printed before, as frames
 * (`NONCE o LENGTH`, then the bytes; `NONCE s o COUNT` for bytes that are gone), and set `grew`. `place_o AT` begins at an offset.
 * A segment is named by the offset of its first byte, and is complete once there is a later one.
 */
function drain(nonce: string, { letter, fd }: (typeof STREAMS)[number]): string {
  return `
place_${letter}() {
  from_${letter}=-1 at_${letter}=$1
  for f in ${letter}.[0-9]*; do
    n=\${f#*.}
    case $n in *[!0-9]*) ;; *) if [ "$n" -le "$1" ] && [ "$n" -gt "$from_${letter}" ]; then from_${letter}=$n; fi ;; esac
  done
  [ "$from_${letter}" -ge 0 ] || return 0
  exec ${String(fd)}< "${letter}.$from_${letter}"
  [ "$1" -eq "$from_${letter}" ] || dd bs=$(($1 - from_${letter})) count=1 <&${String(fd)} >/dev/null
}
drain_${letter}() {
  while :; do
    next=
    for f in ${letter}.[0-9]*; do
      n=\${f#*.}
      case $n in *[!0-9]*) ;; *) if [ "$n" -gt "$from_${letter}" ] && [ "\${next:-$n}" -ge "$n" ]; then next=$n; fi ;; esac
    done
    left=0
    if [ -s "${letter}.$from_${letter}" ]; then
      left=$(wc -c < "${letter}.$from_${letter}") || left=0
      left=$((from_${letter} + left - at_${letter}))
    fi
    if [ "$left" -gt 0 ]; then
      [ "$left" -le ${String(FRAME_BYTES)} ] || left=${String(FRAME_BYTES)}
      printf '%s\\n' "${nonce} ${letter} $left" && dd bs="$left" count=1 <&${String(fd)} || exit 1
      at_${letter}=$((at_${letter} + left)) grew=1
      continue
    fi
    [ -n "$next" ] || return 0
    [ "$next" -eq "$at_${letter}" ] || printf '%s\\n' "${nonce} s ${letter} $((next - at_${letter}))" || exit 1
    from_${letter}=$next at_${letter}=$next
    exec ${String(fd)}< "${letter}.$next"
  done
}`;
}

/**
 * Exit codes of a follower when somebody has seen the end: what the act was started with can serve the next one (`again`), or not. A shell that
 * ends for want of a program ends with another one.
 */
export const SHOWN = { again: 7, once: 8 } as const;

/**
 * The shell functions of a follower: `drain_o` and `drain_e` with their `place_o` and `place_e`, and `finish VERDICT`, which calls
 * `discard` once the end was seen.
 */
export function followFunctions(nonce: string): string {
  return `${STREAMS.map((stream) => drain(nonce, stream)).join('')}
finish() {
  for f in o e; do
    n=
    [ ! -f "$f.lost" ] || IFS= read -r n < "$f.lost" || :
    [ "\${n:-0}" -eq 0 ] || printf '%s\\n' "${nonce} s $f $n"
  done
  printf '%s\\n' "${nonce} end $1" || exit 1
  while read -r word line; do
    case $word in
      got) discard ;;
      cut) exit 1 ;;
    esac
  done
  exit 1
}`;
}

/**
 * Follows the command that the shell around it starts: as a subshell in the directory of the attempt, with the channel as its input (fd 3)
 * and output. It is woken through `bell` (fd 6): by the command (`end CODE`), by the writers of its output (`o`, `e`), and by the lines
 * of the channel: `t` asks for what there is by now. After the last frame it waits for `got`, and then removes the output from the host.
 * A file that is emptied costs no program; what is behind `got` on the channel is not read. When both writers have seen the end of their
 * stream, nobody holds the pipes any more, and the last frame says `again`.
 */
export const FOLLOW = `exec 2>/dev/null
( while IFS= read -r line; do printf '%s\\n' "$line"; [ "$line" != got ] || exit 0; done; printf 'cut\\n' ) <&3 >&6 &
again=
discard() {
  set -- o.[0-9l]* e.[0-9l]*
  if [ -n "$again" ] && [ "$*" = 'o.0 e.0' ]; then
    true > o.0
    true > e.0
  else
    rm -f o.* e.*
  fi
  [ -z "$again" ] || exit ${String(SHOWN.again)}
  rm -f "$stage".*
  exit ${String(SHOWN.once)}
}
place_o 0
place_e 0
rc= ended= still=0
while read -r word code; do
  case $word in
    end) rc=$code ;;
    o | e) ended=$ended$word ;;
    t) kill -s 0 $$ || exit 1 ;;
    cut) exit 1 ;;
  esac
  case $rc,$ended in
    ?*,oe | ?*,eo) still=${String(SILENT_LOOKS)}; [ -n "$alone" ] || again=again ;;
    *) [ "$word" = t ] || continue ;;
  esac
  grew=
  drain_o
  drain_e
  [ -n "$rc" ] || continue
  [ "$still" -lt ${String(SILENT_LOOKS)} ] || finish "rc $rc $again"
  still=$((still + 1))
  [ -z "$grew" ] || still=0
done <&6`;

/**
 * Follows a command from outside, by looking: \`judge\` of the evidence sets \`verdict\`. Ends with the verdict when that is no longer
 * \`running\` and all output was printed.
 */
export function watchText(nonce: string, from: { readonly stdout: number; readonly stderr: number }): string {
  return `exec 2>/dev/null
${followFunctions(nonce)}
discard() { rm -f o.* e.*; exit 0; }
place_o ${String(from.stdout)}
place_e ${String(from.stderr)}
still=0
while :; do
  judge
  whole=
  { [ -f o.done ] && [ -f e.done ] || [ ! -f o.0 ]; } && whole=1
  grew=
  drain_o
  drain_e
  if [ "$verdict" != running ]; then
    [ -z "$whole" ] || break
    [ -z "$grew" ] || still=0
    [ "$still" -lt ${String(SILENT_LOOKS)} ] || break
    still=$((still + 1))
  fi
  ${PAUSE}
done
finish "$verdict"`;
}
