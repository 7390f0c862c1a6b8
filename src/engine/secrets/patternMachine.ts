/**
 * Finds many patterns in bytes at once (Aho and Corasick, "Efficient string matching", 1975), as one dense table:
 * one look-up a byte, however many patterns there are. States are numbers; 0 is the beginning.
 */
export interface PatternMachine {
  /** The state after `byte`. */
  step(state: number, byte: number): number;
  /** Length of the longest pattern that ends in this state; 0 when none does. A shorter one that ends here too lies inside it. */
  matched(state: number): number;
  /** How many of the last bytes may be the beginning of a pattern. */
  depth(state: number): number;
}

/** Builds the machine for some patterns; empty ones are ignored. */
export function patternMachine(patterns: readonly Uint8Array[]): PatternMachine {
  const { classes, width } = byteClasses(patterns);
  const size = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
  const next = new Int32Array(size * width);
  const match = new Int32Array(size);
  const depth = new Int32Array(size);
  let states = 1;
  for (const pattern of patterns) {
    let state = 0;
    for (const byte of pattern) {
      const edge = state * width + (classes[byte] as number);
      if (next[edge] === 0) {
        depth[states] = (depth[state] as number) + 1;
        next[edge] = states++;
      }
      state = next[edge] as number;
    }
    match[state] = pattern.length;
  }
  linkFailures(next, match, width, states);
  return {
    step: (state, byte) => next[state * width + (classes[byte] as number)] as number,
    matched: (state) => match[state] as number,
    depth: (state) => depth[state] as number,
  };
}

/** Bytes that stand in no pattern share class 0, which leads to the beginning from everywhere. */
function byteClasses(patterns: readonly Uint8Array[]): { readonly classes: Uint16Array; readonly width: number } {
  const classes = new Uint16Array(256);
  let width = 1;
  for (const pattern of patterns) {
    for (const byte of pattern) if (classes[byte] === 0) classes[byte] = width++;
  }
  return { classes, width };
}

/** Completes the table: where a pattern breaks off, go on with its longest end that begins another one. Breadth first. */
function linkFailures(next: Int32Array, match: Int32Array, width: number, states: number): void {
  const failure = new Int32Array(states);
  const queue = new Int32Array(states);
  let head = 0;
  let tail = 1;
  while (head < tail) {
    const state = queue[head++] as number;
    const back = failure[state] as number;
    match[state] = Math.max(match[state] as number, match[back] as number);
    for (let edge = 1; edge < width; edge++) {
      const child = next[state * width + edge] as number;
      const other = state === 0 ? 0 : (next[back * width + edge] as number);
      if (child === 0) {
        next[state * width + edge] = other;
        continue;
      }
      failure[child] = other;
      queue[tail++] = child;
    }
  }
}
