import { sayFunction } from '../marker.js';
import { DESCRIBE } from './wrapper.js';
import type { EvidencePlace } from './wrapper.js';

/** Programs that an act and its evidence need; what is built into every shell is not among them. */
const TOOLS = ['cat', 'dd', 'id', 'mkdir', 'mkfifo', 'mv', 'rm', 'sleep', 'wc'];
/** Least free space for the evidence, in KiB. */
const LEAST_KIB = 1024;

/**
 * Program that says `fit BOOT`, or `unfit CAUSE` where a host cannot carry out an act and keep its evidence. It leaves nothing but the
 * directory that evidence goes to.
 */
export function preflightProgram(place: EvidencePlace, nonce: string): string {
  return `${sayFunction(nonce)}
unset CDPATH
${DESCRIBE}
unfit() { say unfit "$*"; exit 0; }
missing=
for tool in ${TOOLS.join(' ')}; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
[ -z "$missing" ] || unfit "it does not find:$missing"
${place.enter} 2>/dev/null || unfit "there is no home directory"
why=$(umask 077; mkdir -p ${place.runs} 2>&1) || unfit "nothing can be written to the home directory: $why"
[ -w ${place.runs} ] && [ -x ${place.runs} ] || unfit "nothing can be written to $PWD/${place.runs}"
set -- $(df -P -k ${place.runs} 2>/dev/null)
if [ $# -gt 10 ]; then shift 10; else set --; fi
case \${1-} in '' | *[!0-9]*) ;; *) [ "$1" -ge ${String(LEAST_KIB)} ] || unfit "only $1 KiB are free in $PWD/${place.runs}" ;; esac
boot_id
say fit "$boot"`;
}
