import type { AttemptEvidence, AttemptName } from '../transport.js';
import { sayFunction } from '../marker.js';
import { attemptDirectory, DESCRIBE } from './wrapper.js';
import type { EvidencePlace } from './wrapper.js';

/**
 * Judges an attempt: `say` one of `void`, `rc CODE`, `running PID`, `died`, `rebooted`, `cannot WHY`.
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
judge() {
  if [ -f rc ]; then IFS= read -r rc < rc; say rc "$rc"; exit 0; fi
  boot_id
  [ "$boot" = "$booted" ] || { say rebooted; exit 0; }
  if describe "$pid" && { [ "$began" = - ] || [ "$started" = "$began" ]; }; then return 0; fi
  if [ -f rc ]; then IFS= read -r rc < rc; say rc "$rc"; else say died; fi
  exit 0
}`;
}

/** Program that asks once. */
export function collectProgram(attempt: AttemptName, place: EvidencePlace, nonce: string): string {
  return [sayFunction(nonce), judgement(attempt, place), 'enter', 'judge', 'say running "$pid"'].join('\n');
}

/** Program that asks until the attempt is over; says `following PID START` first when it is not. */
export function attachProgram(attempt: AttemptName, place: EvidencePlace, nonce: string): string {
  return [
    sayFunction(nonce),
    judgement(attempt, place),
    'enter',
    'judge',
    'say following "$pid" "$began"',
    // The verdict is spoken as output after the first marker, since a reader waits for one marker only.
    `say() { printf '%s\\n' "$*"; }`,
    'while judge; do sleep 1 || exit 1; done',
  ].join('\n');
}

/** What the words of a verdict mean; undefined for `cannot` and anything unknown. */
export function evidenceOf(words: readonly string[]): AttemptEvidence | undefined {
  const [verdict, detail] = words;
  const number = Number(detail);
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
