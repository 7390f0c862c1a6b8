/** States up to this depth have a whole row of the table: output that is no secret hardly ever gets further. */
const DENSE_DEPTH = 2;

/**
 * Finds many patterns in bytes at once (Aho and Corasick, "Efficient string matching", 1975): about one look-up a byte, however many patterns
 * there are. The first states are a dense table, the many deep ones a tree with links to where to go on when a pattern breaks off.
 * States are numbers that mean nothing else; 0 is the beginning.
 */
export interface PatternMachine {
  /**
   * Goes over `bytes` from `from` on, beginning in `state`, and tells of every place a pattern ends at: `end` is the index after it, `length`
   * that of the longest one; a shorter one that ends there too lies inside it. Returns the state after the last byte.
   */
  scan(bytes: Uint8Array, from: number, state: number, found: (end: number, length: number) => void): number;
  /** How many of the last bytes may be the beginning of a pattern. */
  depth(state: number): number;
}

/** Builds the machine for some patterns; empty ones are ignored. */
export function patternMachine(patterns: readonly Uint8Array[]): PatternMachine {
  const { classes, width } = byteClasses(patterns);
  const tree = treeOf(patterns, classes);
  const { match, depth } = tree;
  const rows = rowsOf(tree, width);
  const dense = rows.length / width;
  return {
    scan: (bytes, from, start, found) => {
      let state = start;
      for (let at = from; at < bytes.length; at++) {
        const edge = classes[bytes[at] as number] as number;
        let next = 0;
        while (state >= dense && (next = childOf(tree, state, edge)) === 0) state = tree.failure[state] as number;
        state = state < dense ? (rows[state * width + edge] as number) : next;
        if (match[state] !== 0) found(at + 1, match[state] as number);
      }
      return state;
    },
    depth: (state) => depth[state] as number,
  };
}

/** Nodes in the order of their depth, the root first. The children of a node are a list: the first, then each one's sibling; 0 ends it. */
interface Tree {
  readonly size: number;
  readonly child: Int32Array;
  readonly sibling: Int32Array;
  readonly edge: Uint16Array;
  readonly failure: Int32Array;
  readonly match: Int32Array;
  readonly depth: Int32Array;
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

/** One level after the other, so that every link leads to a node that is there already. */
function treeOf(patterns: readonly Uint8Array[], classes: Uint16Array): Tree {
  const most = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
  const numbers = (): Int32Array => new Int32Array(most);
  const [child, sibling, failure, match, depth] = [numbers(), numbers(), numbers(), numbers(), numbers()];
  const tree = { size: 1, child, sibling, edge: new Uint16Array(most), failure, match, depth };
  let growing = patterns.filter((pattern) => pattern.length > 0).map((bytes) => ({ bytes, node: 0 }));
  for (let level = 0; growing.length > 0; level++) {
    for (const branch of growing) {
      const edge = classes[branch.bytes[level] as number] as number;
      const parent = branch.node;
      branch.node = childOf(tree, parent, edge) || addChild(tree, parent, edge);
      if (branch.bytes.length === level + 1) match[branch.node] = level + 1;
    }
    growing = growing.filter(({ bytes }) => bytes.length > level + 1);
  }
  return tree;
}

function childOf(tree: Tree, node: number, edge: number): number {
  let child = tree.child[node] as number;
  while (child !== 0 && tree.edge[child] !== edge) child = tree.sibling[child] as number;
  return child;
}

/** The new node goes on, where its pattern breaks off, with the longest end of it that begins another one. */
function addChild(tree: Tree & { size: number }, parent: number, edge: number): number {
  const node = tree.size++;
  let back = parent;
  let next = 0;
  while (back !== 0 && next === 0) {
    back = tree.failure[back] as number;
    next = childOf(tree, back, edge);
  }
  tree.failure[node] = next;
  tree.match[node] = tree.match[next] as number;
  tree.depth[node] = (tree.depth[parent] as number) + 1;
  tree.edge[node] = edge;
  tree.sibling[node] = tree.child[parent] as number;
  tree.child[parent] = node;
  return node;
}

/** The whole rows of the first states: where each class of bytes leads to. */
function rowsOf(tree: Tree, width: number): Int32Array {
  let dense = 0;
  while (dense < tree.size && (tree.depth[dense] as number) <= DENSE_DEPTH) dense += 1;
  const rows = new Int32Array(dense * width);
  for (let node = 0; node < dense; node++) {
    const back = (tree.failure[node] as number) * width;
    if (node !== 0) rows.copyWithin(node * width, back, back + width);
    for (let child = tree.child[node] as number; child !== 0; child = tree.sibling[child] as number)
      rows[node * width + (tree.edge[child] as number)] = child;
  }
  return rows;
}
