import type { KeyNode, ListNode, MappingNode, SyntaxNode } from '../text/syntaxNode.js';
import type { Shift } from '../text/shift.js';

/** Places of everything around the steps, by its plain data. */
export type Frame = ReadonlyMap<object, MappingNode | ListNode>;

/** The same after an edit, where some of the data has been made anew. Places within values are kept by those values. */
export function shiftedFrame(frame: Frame, madeAnew: ReadonlyMap<object, object>, shift: Shift): Frame {
  const shifted = new Map<object, MappingNode | ListNode>();
  for (const [value, node] of frame) shifted.set(madeAnew.get(value) ?? value, shiftedNode(node, shift));
  return shifted;
}

function shiftedNode(node: MappingNode | ListNode, shift: Shift): MappingNode | ListNode {
  if (node.kind === 'list') return { kind: 'list', ...shift(node), items: node.items.map((item) => placeOnly(item, shift)) };
  const members = node.members.map(({ key, value }) => ({ key: shiftedKey(key, shift), value: placeOnly(value, shift) }));
  return { kind: 'mapping', ...shift(node), members };
}

function shiftedKey(key: KeyNode, shift: Shift): KeyNode {
  return { ...shift(key), text: key.text };
}

/** Enough of a value to know where it stands. */
function placeOnly(node: SyntaxNode | undefined, shift: Shift): SyntaxNode | undefined {
  return node === undefined ? undefined : { kind: 'list', ...shift(node), items: [] };
}
