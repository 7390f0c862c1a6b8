import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchFor, memberSchema } from '../../schema/lookup.js';
import type { KeyNode, MappingNode, ListNode, SyntaxNode } from '../../text/syntaxNode.js';
import type { Range } from '../../text/range.js';

/** A way from the root of a text to a key or a value. */
export interface NodePath {
  /** Keys and indexes from the root; the last one is the key itself, or leads to the value. */
  readonly steps: readonly (string | number)[];
  /** Mappings and lists on the way, the root first. */
  readonly containers: readonly (MappingNode | ListNode)[];
  readonly hit: { readonly kind: 'key'; readonly node: KeyNode } | { readonly kind: 'value'; readonly node: SyntaxNode };
}

/** The innermost key or value at an offset; undefined between them. Aliases are not followed. */
export function nodePathAt(root: SyntaxNode | undefined, offset: number): NodePath | undefined {
  const steps: (string | number)[] = [];
  const containers: (MappingNode | ListNode)[] = [];
  let node = root;
  while (node !== undefined && holds(node, offset)) {
    if (node.kind === 'mapping') {
      containers.push(node);
      const member = node.members.find(({ key, value }) => holds(key, offset) || (value !== undefined && holds(value, offset)));
      if (member === undefined) return undefined;
      steps.push(member.key.text);
      if (holds(member.key, offset)) return { steps, containers, hit: { kind: 'key', node: member.key } };
      node = member.value;
    } else if (node.kind === 'list') {
      containers.push(node);
      const index = node.items.findIndex((item) => item !== undefined && holds(item, offset));
      if (index < 0) return undefined;
      steps.push(index);
      node = node.items[index];
    } else {
      return { steps, containers, hit: { kind: 'value', node } };
    }
  }
  return undefined;
}

/** Schema of the place that keys and indexes lead to. */
export function schemaOf(root: JsonSchema, steps: readonly (string | number)[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = root;
  for (const step of steps) {
    const branch: JsonSchema | undefined = branchFor(root, schema, typeof step === 'number' ? 'list' : 'mapping');
    schema = branch === undefined ? undefined : typeof step === 'number' ? branch.items : memberSchema(branch, step);
    if (schema === undefined) return undefined;
  }
  return schema;
}

function holds({ start, end }: Range, offset: number): boolean {
  return offset >= start && offset <= end;
}
