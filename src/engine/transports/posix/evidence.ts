import type { AttemptEvidence, AttemptName, OutputPosition } from '../transport.js';
import { sayFunction } from '../marker.js';
import { watchText } from './follow.js';
import { attemptDirectory, DESCRIBE } from './wrapper.js';
import type { EvidencePlace } from './wrapper.js';

/**
 * `enter` goes to the directory of an attempt, or says `void` or `cannot WHY`; `judge` sets `verdict` to one of `running`, `rc CODE`,
 * `died`, `rebooted`.
 * An attempt that has not begun is sealed, so that a start that is still on its way is refused when it arrives.
 */
function judgement(attempt: AttemptName, place: EvidencePlace): string {
  const directory = attemptDirectory(place, attempt);
  return `${DESCRIBE}
unset CDPATH
umask 077
enter() {
  ${place.enter} 2>/dev/null || { say cannot "there is no home directory"; exit 0; }
  [ -d ${directory} ] || why=$(mkdir -p ${directory} 2>&1) || { say cannot "$why"; exit 0; }
  cd ${directory} 2>/dev/null || { say cannot "its directory cannot be entered"; exit 0; }
  set -C
  { printf 'void\\n' > go; } 2>/dev/null && { rm -f input; say void; exit 0; }
  set +C
  IFS= read -r went < go || { sleep 1; IFS= read -r went < go; }
  [ "$went" = void ] && { say void; exit 0; }
  [ -r meta ] || { say cannot "its process id is not there"; exit 0; }
  IFS=' ' read -r pid began booted < meta
}
code() {
  rc=
  { read -r rc < rc || read -r rc < rc.tmp; } 2>/dev/null
  verdict="rc $rc"
  [ -n "$rc" ]
}
judge() {
  code && return 0
  boot_id
  [ "$boot" = "$booted" ] || { verdict=rebooted; return 0; }
  verdict=running
  if describe "$pid" && { [ "$began" = - ] || [ "$started" = "$began" ]; }; then return 0; fi
  code || verdict=died
}`;
}

/** Program that asks once. */
export function collectProgram(attempt: AttemptName, place: EvidencePlace, nonce: string): string {
  return [
    sayFunction(nonce),
    judgement(attempt, place),
    'enter',
    'judge',
    '[ "$verdict" != running ] || verdict="running $pid"',
    'say $verdict',
  ].join('\n');
}

/** Program that says `following PID START`, and then shows an attempt that has begun to its end, in frames. */
export function attachProgram(attempt: AttemptName, place: EvidencePlace, nonce: string, from: OutputPosition): string {
  return [sayFunction(nonce), judgement(attempt, place), 'enter', 'say following "$pid" "$began"', watchText(nonce, from)].join('\n');
}

/** What the words of a verdict mean; undefined for `cannot` and anything unknown. */
export function evidenceOf(words: readonly string[]): AttemptEvidence | undefined {
  const [verdict, detail] = words;
  const number = /^\d+$/.test(detail ?? '') ? Number(detail) : Number.NaN;
  switch (verdict) {
    case 'void':
      return { kind: 'not_started' };
    case 'rc':
      return Number.isInteger(number) ? { kind: 'finished', code: number } : undefined;
    case 'running':
    case 'following':
      return Number.isInteger(number) ? { kind: 'running', pid: number } : undefined;
    case 'died':
    case 'rebooted':
      return { kind: 'gone', why: verdict };
    default:
      return undefined;
  }
}
