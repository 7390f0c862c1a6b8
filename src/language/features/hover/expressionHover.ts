import { typeInWords } from '../../expressions/index.js';
import type { CelFunction, CelOutlook } from '../../expressions/index.js';
import type { TextFormat } from '../../schema/jsonSchema.js';
import type { Range } from '../../text/range.js';
import { sourceMap } from '../../text/scalarSource.js';
import type { ScalarNode } from '../../text/syntaxNode.js';
import { celAt } from '../cel/celAt.js';
import { builtInMember, declaredMember, isFormOf, signatureOf } from '../cel/celDocs.js';
import { celWritingAt } from '../cel/celWriting.js';
import { CEL_WORDS, FUNCTION_DOCS, ROOT_DOCS } from '../cel/functionDocs.js';
import type { Declarations, Declared } from '../declared/declared.js';
import type { Found } from './hoverSubject.js';
import { ownValue } from '../../ownValue.js';

/** A scalar that may hold an expression, and what is known around it. */
export interface ExpressionPlace {
  readonly text: string;
  readonly node: ScalarNode;
  readonly offset: number;
  readonly format: TextFormat | undefined;
  outlook(): CelOutlook;
  readonly declarations: Declarations;
  describe(declared: Declared): string;
}

/** Markdown about the name, member or function at an offset of an expression; undefined where there is none. */
export function expressionHover(place: ExpressionPlace): Found | undefined {
  const { text, node, offset, format } = place;
  if (typeof node.value !== 'string') return undefined;
  const map = sourceMap(text, node, node.value);
  const at = indexAt(map, node.value, offset);
  const found = at === undefined ? undefined : celAt(node.value, at, format);
  if (found === undefined) return undefined;
  // Before a word is on it.
  const isBefore = /^\w/.test(found.cel.slice(found.at)) && !/\w$/.test(found.cel.slice(0, found.at));
  const writing = celWritingAt(found.cel, isBefore ? found.at + 1 : found.at);
  const { word, what, locals } = writing;
  const name = found.cel.slice(word.start, word.end);
  if (name === '') return undefined;
  const range = map({ start: found.start + word.start, end: found.start + word.end });
  const isCalled = /^\s*\(/.test(found.cel.slice(word.end));
  if (what.kind === 'text') return writing.calls[0]?.name === 'is' ? roleHover(place, name, range) : undefined;
  if (what.kind === 'member') return memberHover(place, what.receiver, name, isCalled, range);
  if (what.kind !== 'name') return undefined;
  const local = locals.find((candidate) => candidate.name === name);
  if (local !== undefined) {
    const type = typeInWords(place.outlook().typeOf(local.like) ?? 'dyn');
    return { range, markdown: `**${name}**: ${type}\n\nIs named in \`${local.macro}\`.`, subject: { kind: 'name', name } };
  }
  if (isCalled)
    return functionHover(
      place
        .outlook()
        .functions()
        .filter((form) => form.name === name && form.receiver === undefined),
      name,
      range,
    );
  return nameHover(place, name, range);
}

function nameHover({ outlook }: ExpressionPlace, name: string, range: Range): Found | undefined {
  const words = ownValue(CEL_WORDS, name);
  if (words !== undefined) return { range, markdown: `**${name}**\n\n${words}`, subject: { kind: 'name', name } };
  const variable = outlook()
    .variables()
    .find((candidate) => candidate.name === name);
  const doc = ownValue(ROOT_DOCS, name);
  if (variable === undefined || doc === undefined) return undefined;
  const type = /^(?:bool|string|int|dyn)$/.test(variable.type) ? `: ${typeInWords(variable.type)}` : '';
  return { range, markdown: `**${name}**${type}\n\n${doc}`, subject: { kind: 'name', name }, page: 'language.md#expressions' };
}

function memberHover(place: ExpressionPlace, receiver: string, name: string, isCalled: boolean, range: Range): Found | undefined {
  const outlook = place.outlook();
  const type = outlook.typeOf(receiver);
  if (type === undefined) return undefined;
  if (isCalled)
    return functionHover(
      outlook.functions().filter((form) => form.name === name && isFormOf(form, type)),
      name,
      range,
    );
  const field = ownValue(outlook.fieldsOf(type), name);
  if (field === undefined) return undefined;
  const declared = declaredMember(type, name, place.declarations);
  if (declared !== undefined)
    return {
      range,
      markdown: place.describe(declared),
      subject: { kind: declared.thing, name, ...(declared.owner === undefined ? {} : { owner: declared.owner }) },
    };
  return {
    range,
    markdown: `**${name}**: ${typeInWords(field)}\n\n${builtInMember(type, name) ?? ''}`.trimEnd(),
    subject: { kind: 'name', name },
  };
}

function roleHover({ declarations, describe }: ExpressionPlace, name: string, range: Range): Found | undefined {
  const role = declarations.roles.find((candidate) => candidate.name === name);
  return role === undefined ? undefined : { range, markdown: describe(role), subject: { kind: 'role', name } };
}

function functionHover(forms: readonly CelFunction[], name: string, range: Range): Found | undefined {
  if (forms.length === 0) return undefined;
  const signatures = forms.map((form) => signatureOf(form).label).join('\n');
  const doc = ownValue(FUNCTION_DOCS, name)?.text ?? '';
  return {
    range,
    markdown: `\`\`\`\n${signatures}\n\`\`\`\n\n${doc}`,
    subject: { kind: 'function', name },
    page: 'language.md#expressions',
  };
}

/** The place in a value whose source stands at an offset. */
function indexAt(map: (part: Range) => Range, value: string, offset: number): number | undefined {
  for (let index = 0; index <= value.length; index++) {
    const { start, end } = map({ start: index, end: index + 1 });
    if (offset < end || index === value.length) return offset >= start ? index : undefined;
  }
  return undefined;
}
