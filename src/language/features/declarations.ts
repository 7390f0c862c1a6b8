import { isMap, isSeq } from 'yaml';
import type { Document, Node } from 'yaml';
import { childOf, keysOf, textOf } from './astPath.js';

/** Something a file declares, as far as its text can be read. */
export interface Declaration {
  readonly name: string;
  readonly title: string | undefined;
  readonly type: string | undefined;
}

/** What a file declares, read off its syntax alone, so that it is there while the rest is still being written. */
export interface Declarations {
  readonly inputs: readonly Declaration[];
  /** Facts of the run. */
  readonly facts: readonly Declaration[];
  /** Facts and variables of hosts. */
  readonly hostMembers: readonly Declaration[];
  readonly secrets: readonly Declaration[];
  readonly contacts: readonly Declaration[];
  readonly documents: readonly Declaration[];
  readonly roles: readonly Declaration[];
  readonly versions: readonly Declaration[];
  readonly procedures: readonly Declaration[];
  readonly steps: readonly (Declaration & { readonly values: readonly string[] })[];
  /** Of an inventory. */
  readonly hosts: readonly Declaration[];
}

export function declarationsOf(document: Document): Declarations {
  const root = document.contents;
  const facts = childOf(root, 'facts');
  const roles = childOf(root, 'roles');
  const perHost = (name: string): boolean => childOf(childOf(facts, name), 'on') !== null;
  const ofFacts = declared(facts);
  return {
    inputs: declared(childOf(root, 'inputs')),
    facts: ofFacts.filter(({ name }) => !perHost(name)),
    hostMembers: [
      ...ofFacts.filter(({ name }) => perHost(name)),
      ...keysOf(roles).flatMap((role) => declared(childOf(childOf(roles, role), 'vars'))),
    ],
    secrets: declared(childOf(root, 'secrets')),
    contacts: declared(childOf(root, 'contacts')),
    documents: declared(childOf(root, 'documents')),
    roles: declared(roles),
    versions: declared(childOf(root, 'versions')),
    procedures: declared(childOf(root, 'procedures')),
    steps: [...stepLists(root)].flatMap((list) => [...stepsIn(list)]),
    hosts: declared(childOf(root, 'hosts')),
  };
}

/** Every list of steps at the top of a runbook. */
export function* stepLists(root: Node | null): Generator<Node | null> {
  for (const section of ['prerequisites', 'steps', 'finally']) yield childOf(root, section);
  const procedures = childOf(root, 'procedures');
  for (const name of keysOf(procedures)) yield childOf(procedures, name);
}

function declared(node: Node | null): Declaration[] {
  return keysOf(node).map((name) => {
    const member = childOf(node, name);
    return { name, title: textOf(childOf(member, 'title')), type: textOf(childOf(member, 'type')) ?? textOf(member) };
  });
}

function* stepsIn(list: Node | null): Generator<Declarations['steps'][number]> {
  if (!isSeq(list)) return;
  for (const item of list.items as (Node | null)[]) {
    if (!isMap(item)) continue;
    const id = textOf(childOf(item, 'id'));
    if (id !== undefined) yield { name: id, title: textOf(childOf(item, 'title')), type: undefined, values: valuesOf(item) };
    yield* stepsIn(childOf(item, 'steps'));
  }
}

function valuesOf(step: Node): readonly string[] {
  const methods = childOf(step, 'methods');
  const ways = [step, ...keysOf(methods).map((name) => childOf(methods, name))];
  const fromEvidence = ways.flatMap((way) => {
    const evidence = childOf(way, 'evidence');
    if (!isSeq(evidence)) return [];
    return (evidence.items as (Node | null)[]).flatMap(
      (item) => textOf(childOf(item, 'value')) ?? textOf(childOf(item, 'choice')) ?? textOf(childOf(item, 'file')) ?? [],
    );
  });
  return [...keysOf(childOf(step, 'outputs')), ...fromEvidence];
}
