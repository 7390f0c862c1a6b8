import { overlap, union } from './charSet.js';
import type { CharSet } from './charSet.js';
import type { Alternatives, Piece } from './syntax.js';

/** Repetitions up to this number cannot multiply into anything slow. */
const FEW = 20;

/**
 * The first repetition that a backtracking matcher may try in exponentially many ways, such as `(a+)+` or `(a|a)*`; undefined when there is none.
 * A repeated group is accepted when each of its alternatives begins with a character that no other part of the group can take over:
 * `(\.\d+)*` is.
 */
export function ambiguousRepetition(alternatives: Alternatives): Piece | undefined {
  for (const piece of alternatives.flat()) {
    if (piece.atom.kind !== 'group') continue;
    const inner = ambiguousRepetition(piece.atom.body);
    if (inner !== undefined) return inner;
    if (piece.max > FEW && isAmbiguous(piece.atom.body)) return piece;
  }
  return undefined;
}

function isAmbiguous(body: Alternatives): boolean {
  if (body.length === 1 && !repeats(body) && body[0]?.every((piece) => piece.min === piece.max) === true) return false;
  const starts: CharSet[] = [];
  for (const sequence of body) {
    const start = firstSet(sequence);
    if (start === undefined || starts.some((other) => overlap(other, start))) return true;
    starts.push(start);
  }
  const repeated = union(repeatedSets(body));
  return starts.some((start) => overlap(start, repeated));
}

/** What a sequence must begin with; undefined when that is not one mandatory character. */
function firstSet(sequence: readonly Piece[]): CharSet | undefined {
  const first = sequence.find((piece) => piece.atom.kind !== 'edge');
  if (first === undefined || first.min === 0) return undefined;
  if (first.atom.kind === 'set') return first.max === 1 || first.max === first.min ? first.atom.set : undefined;
  if (first.atom.kind === 'edge') return undefined;
  const starts = first.atom.body.map(firstSet);
  return starts.includes(undefined) ? undefined : union(starts as CharSet[]);
}

function repeats(body: Alternatives): boolean {
  return body.flat().some((piece) => piece.max > 1 || (piece.atom.kind === 'group' && repeats(piece.atom.body)));
}

/** Everything in the group that may be taken a varying number of times. */
function repeatedSets(body: Alternatives): readonly CharSet[] {
  return body.flat().flatMap((piece): readonly CharSet[] => {
    const varies = piece.max !== piece.min;
    if (piece.atom.kind === 'set') return varies ? [piece.atom.set] : [];
    if (piece.atom.kind === 'edge') return [];
    return varies ? allSets(piece.atom.body) : repeatedSets(piece.atom.body);
  });
}

function allSets(body: Alternatives): readonly CharSet[] {
  return body
    .flat()
    .flatMap((piece) => (piece.atom.kind === 'set' ? [piece.atom.set] : piece.atom.kind === 'group' ? allSets(piece.atom.body) : []));
}
