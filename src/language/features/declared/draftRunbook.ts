import { nameTypesOf } from '../../expressions/index.js';
import type { NameTypes } from '../../expressions/index.js';
import type { Runbook } from '../../schema/generated/runbook.js';
import { VALUE_TYPES } from '../../schema/runbookSchema.js';
import type { MemberNode, SyntaxNode } from '../../text/syntaxNode.js';
import { itemsOf, memberOf, membersOf, solid, textOf, textsOf } from '../symbols/nodes.js';
import { declarationsOf } from './declared.js';

/** Names with which expressions can be judged while the text around them is still broken: whatever has not its proper shape yet is left out. */
export function namesOfDraft(root: SyntaxNode | undefined): NameTypes {
  const { advisories } = declarationsOf(root);
  const draft = {
    inputs: record(memberOf(root, 'inputs'), typed),
    secrets: record(memberOf(root, 'secrets'), () => ({})),
    versions: record(memberOf(root, 'versions'), (node) => ({ pattern: textOf(memberOf(node, 'pattern')) ?? '' })),
    roles: record(memberOf(root, 'roles'), roleOf),
    facts: record(memberOf(root, 'facts'), (node) => ({
      ...typed(node),
      ...(memberOf(node, 'on') === undefined ? {} : { on: textsOf(memberOf(node, 'on')) }),
    })),
    advisories: advisories.map(({ name }) => ({ id: name })),
    steps: [...stepsWithValues(root)],
  };
  return nameTypesOf(draft as unknown as Runbook);
}

/** Whether the file has an upgrade path, and whether that may have several hops. */
export function hopsOfDraft(root: SyntaxNode | undefined): 'none' | 'one' | 'several' {
  const upgrade = memberOf(root, 'upgrade');
  if (upgrade === undefined) return 'none';
  return itemsOf(memberOf(upgrade, 'stops')).length > 0 ? 'several' : 'one';
}

function* stepsWithValues(root: SyntaxNode | undefined): Generator<object> {
  for (const { name, values } of declarationsOf(root).steps)
    if (values.length > 0)
      yield { id: name, outputs: Object.fromEntries(values.map((value) => [value.name, { type: typeIn(value.type) }])) };
}

function roleOf(node: SyntaxNode | undefined): object {
  const hosts = solid(memberOf(node, 'hosts'));
  const texts = ['of', 'pick', 'where', 'except'].flatMap((key) => {
    const text = textOf(memberOf(node, key));
    return text === undefined ? [] : [[key, text] as const];
  });
  return {
    ...Object.fromEntries(texts),
    ...(hosts?.kind === 'scalar' ? { hosts: hosts.value } : {}),
    vars: record(memberOf(node, 'vars'), (value) => ({ type: typeIn(textOf(value) ?? textOf(memberOf(value, 'type'))) })),
  };
}

function typed(node: SyntaxNode | undefined): { type: string } {
  return { type: typeIn(textOf(memberOf(node, 'type'))) };
}

function typeIn(written: string | undefined): string {
  return VALUE_TYPES.find((type) => type === written) ?? 'string';
}

/** Names with what they stand for; those that no expression could name are left out. */
function record<Value>(node: SyntaxNode | undefined, valueOf: (node: SyntaxNode | undefined) => Value): Record<string, Value> {
  const named = membersOf(node).filter(({ key }: MemberNode) => /^[a-z]\w*$/.test(key.text) && key.text !== 'constructor');
  return Object.fromEntries(named.map(({ key, value }) => [key.text, valueOf(value)]));
}
