import type { JsonSchema } from '../schema/jsonSchema.js';
import { branchFor, memberSchema } from '../schema/lookup.js';
import type { MappingNode, MemberNode, ScalarNode, SyntaxNode } from '../text/syntaxNode.js';
import { kindOfNode } from './symbols/nodes.js';

/** A part of a file with what the schema says of its place. */
export type SchemaPlace =
  | { readonly kind: 'scalar'; readonly node: ScalarNode; readonly schema: JsonSchema; readonly key: string }
  | { readonly kind: 'mapping'; readonly node: MappingNode; readonly isStep: boolean; readonly member: MemberNode | undefined };

/** Deeper nesting is none that the language reads. */
const DEEPEST = 100;

/**
 * Every mapping and scalar whose place the schema knows, in order of place. `key` is that of the nearest mapping, `member` that of a mapping which is
 * the value of a key. Aliases are not followed: what they stand for is met where it stands.
 */
export function* schemaWalk(node: SyntaxNode | undefined, root: JsonSchema): Generator<SchemaPlace> {
  yield* walk(node, { root, schema: root, key: '', member: undefined, depth: 0 });
}

interface Around {
  readonly root: JsonSchema;
  readonly schema: JsonSchema;
  readonly key: string;
  readonly member: MemberNode | undefined;
  readonly depth: number;
}

function* walk(node: SyntaxNode | undefined, around: Around): Generator<SchemaPlace> {
  const { root, schema, depth } = around;
  if (node === undefined || node.kind === 'alias' || depth > DEEPEST) return;
  const branch = branchFor(root, schema, kindOfNode(node));
  if (branch === undefined) return;
  if (node.kind === 'scalar') {
    yield { kind: 'scalar', node, schema: branch, key: around.key };
  } else if (node.kind === 'list') {
    for (const item of node.items) yield* walk(item, { ...around, schema: branch.items ?? {}, member: undefined, depth: depth + 1 });
  } else {
    yield { kind: 'mapping', node, isStep: schema.$ref === '#/definitions/step', member: around.member };
    for (const member of node.members) {
      const inner = memberSchema(branch, member.key.text);
      if (inner !== undefined) yield* walk(member.value, { root, schema: inner, key: member.key.text, member, depth: depth + 1 });
    }
  }
}
