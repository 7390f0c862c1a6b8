import type { TextFormat } from '../../schema/jsonSchema.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import type { Declarations, Declared, DeclaredStep } from '../declared/declared.js';
import { memberOf, membersOf, textOf, textsOf } from '../symbols/nodes.js';
import type { ValueChoice } from './values.js';

/** What a reference at a place may name. */
export interface ReferencePlace {
  readonly root: SyntaxNode | undefined;
  readonly declarations: Declarations;
  readonly format: TextFormat | undefined;
  readonly steps: readonly (string | number)[];
  /** The step or other mapping the value stands in. */
  readonly container: SyntaxNode | undefined;
}

/** Names that are declared and may stand at a place. */
export function referencesAt({ root, declarations, format, steps, container }: ReferencePlace): readonly ValueChoice[] {
  const key = steps.findLast((step) => typeof step === 'string');
  switch (format) {
    case 'role':
      return [...rolesAt(key, declarations, container), ...(key === 'from' ? [LOCAL] : [])];
    case 'host':
      return declarations.hosts.map(choiceOf);
    case 'contact':
      return declarations.contacts.map(choiceOf);
    case 'secret':
      return declarations.secrets.map(choiceOf);
    case 'fact':
      return key === 'installed'
        ? [...declarations.hostFacts, ...declarations.facts].filter(({ type }) => type === 'version').map(choiceOf)
        : [...declarations.hostFacts, ...declarations.variables].map(choiceOf);
    case 'source':
      return declarations.documents.map((document) => ({ ...choiceOf(document), detail: 'document' }));
    case 'step':
      return [...MOMENTS, ...declarations.steps.map(stepChoice)];
    case 'version':
    case 'version_range':
      return versionsIn(root).map((text) => ({ text, kind: 'value', detail: 'version named in this file' }));
    default:
      break;
  }
  if (key === 'hosts' && steps[0] === 'roles') return COUNTS;
  if (key === 'default') return defaultsOf(container);
  if (key === 'scheme') return declarations.schemes.map(choiceOf);
  if (key === 'to' && steps[0] === 'upgrade' && steps.length === 2)
    return declarations.inputs
      .filter(({ type }) => type === 'version')
      .map(({ name, title }) => ({ text: `\${{ inputs.${name} }}`, kind: 'reference', detail: 'input, version', documentation: title }));
  return [];
}

/** One line about something declared, and what else is said of it. */
export function choiceOf(declared: Declared): ValueChoice {
  const owner = declared.owner === undefined ? '' : ` of ${declared.owner}`;
  const type = declared.type === undefined ? '' : `, ${declared.type}`;
  return { text: declared.name, kind: 'reference', detail: `${declared.thing}${owner}${type}`, documentation: declared.title };
}

/** The same of a step: what it does, and on which hosts. */
export function stepChoice(step: DeclaredStep): ValueChoice {
  const on = step.on.length === 0 ? '' : ` on ${step.on.join(', ')}`;
  return {
    text: step.name,
    kind: 'reference',
    detail: `step${step.action === undefined ? '' : `, ${step.action}`}${on}`,
    documentation: step.title,
  };
}

const LOCAL: ValueChoice = { text: 'local', kind: 'reference', detail: 'role', documentation: 'The machine of the operator.' };
const COUNTS: readonly ValueChoice[] = [
  { text: '1', kind: 'value', detail: 'exactly one', isNumber: true },
  { text: '1..', kind: 'value', detail: 'one or more' },
  { text: '2..', kind: 'value', detail: 'two or more' },
  { text: '0..1', kind: 'value', detail: 'one at most' },
  { text: '0..', kind: 'value', detail: 'any number' },
];
const MOMENTS: readonly ValueChoice[] = [
  { text: 'start', kind: 'reference', detail: 'moment', documentation: 'Before the first step.' },
  { text: 'end', kind: 'reference', detail: 'moment', documentation: 'After the last step.' },
];

/** What a value may be when nothing else gives one. */
function defaultsOf(declared: SyntaxNode | undefined): readonly ValueChoice[] {
  const options = textsOf(memberOf(declared, 'options'));
  const texts = textOf(memberOf(declared, 'type')) === 'boolean' ? ['true', 'false'] : options;
  return texts.map((text) => ({ text, kind: 'value' }));
}

/** A role is not derived from itself, and a list names each of them once. */
function rolesAt(key: string | undefined, { roles }: Declarations, container: SyntaxNode | undefined): readonly ValueChoice[] {
  const named = container?.kind === 'list' ? container.items.flatMap((item) => textOf(item) ?? []) : [];
  const self = key === 'of' || key === 'except' ? roles.find(({ node }) => node === container)?.name : undefined;
  return roles.filter(({ name }) => name !== self && !named.includes(name)).map(choiceOf);
}

/** Versions that the path and the advisories of a runbook speak of. */
export function versionsIn(root: SyntaxNode | undefined): readonly string[] {
  const texts: string[] = [];
  const visit = (node: SyntaxNode | undefined, depth: number): void => {
    if (node === undefined || depth > 8) return;
    if (node.kind === 'mapping') for (const { value } of membersOf(node)) visit(value, depth + 1);
    else if (node.kind === 'list') for (const item of node.items) visit(item, depth + 1);
    else if (node.kind === 'scalar' && typeof node.value === 'string') texts.push(node.value);
  };
  visit(memberOf(root, 'upgrade'), 0);
  visit(memberOf(root, 'advisories'), 0);
  const versions = texts.flatMap((text) => text.match(/(?<![\w.])\d+(?:\.\d+)+(?![\w.])/g) ?? []);
  return [...new Set(versions)];
}
