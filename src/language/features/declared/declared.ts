import { HOST_MEMBERS } from '../../expressions/index.js';
import { ACTIONS } from '../../schema/steps.js';
import type { Range } from '../../text/range.js';
import type { MemberNode, SyntaxNode } from '../../text/syntaxNode.js';
import { asText } from './authorText.js';
import { itemsOf, memberOf, membersOf, textOf, textsOf } from '../symbols/nodes.js';

/** What a declared thing is called in sentences. */
export type DeclaredThing =
  | 'input'
  | 'fact'
  | 'variable'
  | 'secret'
  | 'contact'
  | 'document'
  | 'role'
  | 'version scheme'
  | 'procedure'
  | 'step'
  | 'value'
  | 'advisory'
  | 'host';

/** Something a file declares, as far as its text can be read. */
export interface Declared {
  readonly thing: DeclaredThing;
  readonly name: string;
  /** Of the name, where it is declared. */
  readonly range: Range;
  /** In Markdown, which shows it as it was written. */
  readonly title: string | undefined;
  /** In Markdown, like the title. */
  readonly description: string | undefined;
  /** Type of its value. */
  readonly type: string | undefined;
  readonly default: string | undefined;
  /** Of a variable: its role; of a value: its step. */
  readonly owner?: string;
  /** Of a choice. */
  readonly options?: readonly string[];
  readonly node: SyntaxNode | undefined;
}

/** A step with what other places may ask of it. */
export interface DeclaredStep extends Declared {
  readonly thing: 'step';
  /** Position among those of its list. */
  readonly index: number;
  /** Start of its list. */
  readonly list: number;
  readonly action: string | undefined;
  readonly on: readonly string[];
  readonly values: readonly Declared[];
}

/** Everything a runbook or an inventory declares. */
export interface Declarations {
  readonly inputs: readonly Declared[];
  /** Of the run. */
  readonly facts: readonly Declared[];
  /** Facts that are known per host. */
  readonly hostFacts: readonly Declared[];
  readonly variables: readonly Declared[];
  readonly secrets: readonly Declared[];
  readonly contacts: readonly Declared[];
  readonly documents: readonly Declared[];
  readonly roles: readonly Declared[];
  readonly schemes: readonly Declared[];
  readonly procedures: readonly Declared[];
  /** Those with an id. */
  readonly steps: readonly DeclaredStep[];
  readonly advisories: readonly Declared[];
  /** Of an inventory. */
  readonly hosts: readonly Declared[];
}

const known = new WeakMap<SyntaxNode, Declarations>();

/** What a text declares; nothing for one that is empty. */
export function declarationsOf(root: SyntaxNode | undefined): Declarations {
  if (root === undefined) return find(root);
  let found = known.get(root);
  if (found === undefined) known.set(root, (found = find(root)));
  return found;
}

/** Whether a role is derived from another, so that no inventory binds it. */
export function isDerived(role: Declared): boolean {
  return memberOf(role.node, 'of') !== undefined;
}

/** Members every host has, as if they were declared. */
export const HOST_BASICS: readonly Declared[] = (
  [
    ['name', 'Name in the inventory.'],
    ['address', 'Address in the inventory.'],
    ['platform', '`linux`, `macos` or `windows`.'],
  ] as const
).map(([name, title]) => ({
  thing: 'variable',
  name,
  range: { start: 0, end: 0 },
  title,
  description: undefined,
  type: HOST_MEMBERS[name],
  default: undefined,
  node: undefined,
}));

function find(root: SyntaxNode | undefined): Declarations {
  const facts = membersOf(memberOf(root, 'facts'));
  const roles = membersOf(memberOf(root, 'roles'));
  const isPerHost = ({ value }: MemberNode): boolean => memberOf(value, 'on') !== undefined;
  const all = (key: string, thing: DeclaredThing): readonly Declared[] =>
    membersOf(memberOf(root, key)).map((member) => declared(thing, member));
  return {
    inputs: all('inputs', 'input'),
    facts: facts.filter((member) => !isPerHost(member)).map((member) => declared('fact', member)),
    hostFacts: facts.filter(isPerHost).map((member) => declared('fact', member)),
    variables: roles.flatMap(({ key, value }) =>
      membersOf(memberOf(value, 'vars')).map((member) => ({ ...declared('variable', member), owner: key.text })),
    ),
    secrets: all('secrets', 'secret'),
    contacts: all('contacts', 'contact'),
    documents: all('documents', 'document'),
    roles: all('roles', 'role'),
    schemes: all('versions', 'version scheme'),
    procedures: all('procedures', 'procedure'),
    steps: stepLists(root).flatMap((list) => [...stepsIn(list, 0)]),
    advisories: itemsOf(memberOf(root, 'advisories')).flatMap((item) => withId('advisory', item)),
    hosts: all('hosts', 'host'),
  };
}

/** Every list of steps at the top of a runbook. */
export function stepLists(root: SyntaxNode | undefined): readonly (SyntaxNode | undefined)[] {
  return [
    ...['prerequisites', 'steps', 'finally'].map((section) => memberOf(root, section)),
    ...membersOf(memberOf(root, 'procedures')).map(({ value }) => value),
  ];
}

function declared(thing: DeclaredThing, { key, value }: MemberNode): Declared {
  return about(thing, key.text, key, value);
}

function withId(thing: DeclaredThing, node: SyntaxNode | undefined): readonly Declared[] {
  const id = memberOf(node, 'id');
  const name = textOf(id);
  return name === undefined || id === undefined ? [] : [about(thing, name, id, node)];
}

function about(thing: DeclaredThing, name: string, { start, end }: Range, node: SyntaxNode | undefined): Declared {
  const preset = memberOf(node, 'default');
  const options = textsOf(memberOf(node, 'options'));
  return {
    thing,
    name,
    range: { start, end },
    title: wordsOf(node, 'title'),
    description: wordsOf(node, 'description'),
    type: textOf(memberOf(node, 'type')) ?? (thing === 'variable' ? textOf(node) : undefined),
    default: preset?.kind === 'scalar' ? String(preset.value) : undefined,
    ...(options.length === 0 ? {} : { options }),
    node,
  };
}

function wordsOf(node: SyntaxNode | undefined, key: string): string | undefined {
  const text = textOf(memberOf(node, key));
  return text === undefined ? undefined : asText(text);
}

function* stepsIn(list: SyntaxNode | undefined, depth: number): Generator<DeclaredStep> {
  if (depth > 64) return;
  for (const [index, step] of itemsOf(list).entries()) {
    const [named] = withId('step', step);
    if (named !== undefined)
      yield {
        ...named,
        thing: 'step',
        index,
        list: list?.start ?? 0,
        action: actionOf(step),
        on: textsOf(memberOf(step, 'on')),
        values: valuesOf(named.name, step),
      };
    yield* stepsIn(memberOf(step, 'steps'), depth + 1);
  }
}

/** Its outputs, and what people give it. */
function valuesOf(owner: string, step: SyntaxNode | undefined): readonly Declared[] {
  const outputs = membersOf(memberOf(step, 'outputs')).map((member) => ({ ...declared('value', member), owner }));
  const ways = [step, ...membersOf(memberOf(step, 'methods')).map(({ value }) => value)];
  const given = ways
    .flatMap((way) => itemsOf(memberOf(way, 'evidence')))
    .flatMap((evidence) =>
      (['value', 'choice', 'file'] as const).flatMap((key): readonly Declared[] => {
        const id = memberOf(evidence, key);
        const name = textOf(id);
        if (name === undefined || id === undefined) return [];
        const type = key === 'value' ? (textOf(memberOf(evidence, 'type')) ?? 'string') : key;
        return [{ ...about('value', name, id, evidence), type, owner }];
      }),
    );
  return [...outputs.map((output) => ({ ...output, type: output.type ?? 'string' })), ...given];
}

/** Name of the action of a step. */
export function actionOf(step: SyntaxNode | undefined): string | undefined {
  const keys = membersOf(step).map(({ key }) => key.text);
  return ACTIONS.find((action) => keys.includes(action));
}
