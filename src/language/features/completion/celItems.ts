import { typeInWords } from '../../expressions/index.js';
import type { CelFunction, CelOutlook } from '../../expressions/index.js';
import type { Range } from '../../text/range.js';
import type { Declarations } from '../declared/declared.js';
import { builtInMember, declaredMember, isFormOf, signatureOf } from '../cel/celDocs.js';
import { celWritingAt } from '../cel/celWriting.js';
import type { CelWriting } from '../cel/celWriting.js';
import { operatorsFor } from '../cel/operators.js';
import { CEL_WORDS, FUNCTION_DOCS, ROOT_DOCS } from '../cel/functionDocs.js';
import { inSnippet, rank } from './item.js';
import type { CompletionItem } from './item.js';

/** An expression that is being written. */
export interface CelPlace {
  readonly cel: string;
  readonly at: number;
  /** The word under the cursor in the file. */
  readonly word: Range;
  /** Offset of the cursor in the file. */
  readonly offset: number;
  /** Whether the word is followed by `(` already. */
  readonly isCalled: boolean;
  readonly outlook: CelOutlook;
  readonly declarations: Declarations;
  /** Versions the file speaks of. */
  readonly versions: readonly string[];
}

/** Functions that stand by themselves and are of no use in runbooks. */
const HIDDEN = new Set(['type', 'dyn', 'bytes', 'uint']);
const HIDDEN_ROOTS = new Set(['google', 'optional']);
/** Those that runbooks need most come first. */
const DOCUMENTED = Object.keys(FUNCTION_DOCS);
const TAKES_VERSION = new Set(['version', 'crosses']);

/** What may stand in an expression: names and functions, members of what is before the dot, texts that fit a comparison. */
export function celItems(place: CelPlace): readonly CompletionItem[] {
  const writing = celWritingAt(place.cel, place.at);
  switch (writing.what.kind) {
    case 'member':
      return memberItems(place, writing.what.receiver);
    case 'name':
      return nameItems(place, writing);
    case 'text':
      return textItems(place, writing, writing.what.compared);
    case 'operator':
      return operatorItems(place, writing.what.left);
    case 'nothing':
      return [];
  }
}

function memberItems(place: CelPlace, receiver: string): readonly CompletionItem[] {
  const { outlook, declarations } = place;
  const type = outlook.typeOf(receiver);
  if (type === undefined) return [];
  const fields = Object.entries(outlook.fieldsOf(type)).map(([name, fieldType], index): CompletionItem => {
    const declared = declaredMember(type, name, declarations);
    const documentation = declared?.title ?? builtInMember(type, name);
    const isSpace = /^(?:HostOfRole|ValuesOfStep)\d+$/.test(fieldType);
    return {
      ...itemFor(place, name, index),
      detail: declared === undefined ? typeInWords(fieldType) : `${declared.thing}, ${declared.type ?? typeInWords(fieldType)}`,
      ...(documentation === undefined ? {} : { documentation }),
      ...(isSpace ? { retrigger: true } : {}),
    };
  });
  const forms = outlook.functions().filter((form) => isFormOf(form, type));
  return [...fields, ...functionItems(place, forms, 2)];
}

function nameItems(place: CelPlace, { locals }: CelWriting): readonly CompletionItem[] {
  const roots = place.outlook.variables().filter(({ name }) => !HIDDEN_ROOTS.has(name));
  const order = Object.keys(ROOT_DOCS);
  return [
    ...locals.map(({ name, like, macro }, index): CompletionItem => ({
      ...itemFor(place, name, index),
      detail: typeInWords(place.outlook.typeOf(like) ?? 'dyn'),
      documentation: macro === 'bind' ? 'The value that is named here.' : `Each item in turn, in \`${macro}\`.`,
    })),
    ...roots.map(({ name, type }): CompletionItem => {
      const documentation = ROOT_DOCS[name];
      const isScalar = /^(?:bool|string|int|dyn)$/.test(type);
      return {
        ...itemFor(place, name, order.indexOf(name), 1),
        ...(isScalar ? { detail: typeInWords(type) } : {}),
        ...(documentation === undefined ? {} : { documentation }),
      };
    }),
    ...functionItems(
      place,
      place.outlook.functions().filter(({ receiver, name }) => receiver === undefined && !HIDDEN.has(name)),
      2,
    ),
    ...Object.entries(CEL_WORDS).map(([word, documentation], index) => ({ ...itemFor(place, word, index, 3), documentation })),
  ];
}

function textItems(place: CelPlace, { word, calls }: CelWriting, compared: string | undefined): readonly CompletionItem[] {
  const call = calls[0];
  const { declarations } = place;
  const made = (text: string, detail: string, documentation: string | undefined, index: number): CompletionItem => ({
    label: text,
    kind: 'value',
    detail,
    ...(documentation === undefined ? {} : { documentation }),
    edit: { range: { start: place.offset - (place.at - word.start), end: place.offset + (word.end - place.at) }, text },
    format: 'plain',
    sortText: rank(0, index),
  });
  if (call?.name === 'is') return declarations.roles.map(({ name, title }, index) => made(name, 'role', title, index));
  if (call !== undefined && TAKES_VERSION.has(call.name))
    return place.versions.map((text, index) => made(text, 'version', undefined, index));
  const name = compared?.split('.').at(-1);
  if (compared === undefined || name === undefined) return [];
  if (compared.endsWith('.platform')) return ['linux', 'macos', 'windows'].map((text, index) => made(text, 'platform', undefined, index));
  const declared = [...declarations.inputs, ...declarations.facts, ...declarations.hostFacts, ...declarations.variables].find(
    (candidate) => candidate.name === name && candidate.options !== undefined,
  );
  return (declared?.options ?? []).map((text, index) => made(text, 'option', declared?.title, index));
}

function operatorItems(place: CelPlace, left: string): readonly CompletionItem[] {
  const type = place.outlook.typeOf(left);
  if (type === undefined) return [];
  return Object.entries(operatorsFor(type)).map(([operator, documentation], index) => ({
    ...itemFor(place, operator, index),
    kind: 'value',
    detail: 'operator',
    documentation,
    edit: { range: place.word, text: `${operator} ` },
    retrigger: true,
  }));
}

/** Each function once, with all its forms in its description. */
function functionItems(place: CelPlace, forms: readonly CelFunction[], group: number): readonly CompletionItem[] {
  const names = [...new Set(forms.map(({ name }) => name))];
  return names.map((name): CompletionItem => {
    const doc = FUNCTION_DOCS[name];
    const same = forms.filter((form) => form.name === name);
    const signatures = same.map((form) => signatureOf(form).label);
    const [first] = same;
    const takes = (first?.parameters.length ?? 0) > 0;
    const isMacro = first?.parameters[0] === 'ast' && first.parameters.length > 1;
    const inside = isMacro ? '${1:item}, $2' : takes ? '$1' : '';
    const call = place.isCalled ? name : `${inSnippet(name)}(${inside})`;
    return {
      ...itemFor(place, name, DOCUMENTED.indexOf(name), group),
      kind: 'function',
      detail: signatures[0] ?? name,
      documentation: [doc?.text ?? '', ...(signatures.length > 1 ? [signatures.map((label) => `- \`${label}\``).join('\n')] : [])].join(
        '\n\n',
      ),
      edit: { range: place.word, text: call },
      format: call.includes('$') ? 'snippet' : 'plain',
    };
  });
}

function itemFor({ word }: CelPlace, name: string, index: number, group = 0): CompletionItem {
  return { label: name, kind: 'reference', edit: { range: word, text: name }, format: 'plain', sortText: rank(group, index) };
}
