import type { JsonSchema, TextFormat } from '../schema/jsonSchema.js';
import { branchesOf, resolveSchema, wantedInWords } from '../schema/lookup.js';
import type { Declaration, Declarations } from './declarations.js';

const FORMAT_WORDS: Readonly<Partial<Record<TextFormat, string>>> = {
  template: 'text; `${{ }}` is replaced',
  markdown: 'Markdown; `${{ }}` is replaced',
  cel: 'condition or expression in CEL, without `${{ }}`',
  regex: 'pattern',
  duration: 'duration, such as `90s` or `1h30m`',
  role: 'name of a role',
  host: 'name of a host',
  contact: 'name of a contact',
  secret: 'name of a secret',
  fact: 'name of a fact',
  use: 'procedure, step or file',
  source: 'place in a document',
  file: 'file',
  step: 'id of a step',
  id: 'name',
};

/** Description of a key or value, in Markdown. */
export function describeSchema(root: JsonSchema, name: string, schema: JsonSchema): string {
  const resolved = resolveSchema(root, schema);
  const lines = [`**${name}**: ${kindOf(root, schema)}`];
  const description = resolved.description ?? branchesOf(root, schema).find((branch) => branch.description !== undefined)?.description;
  if (description !== undefined) lines.push(description);
  const words = branchesOf(root, schema).flatMap((branch) => branch.enum ?? []);
  if (words.length > 0) lines.push(`One of ${words.map((word) => `\`${word}\``).join(', ')}.`);
  if (resolved.default !== undefined) lines.push(`Default: \`${String(resolved.default)}\`.`);
  return lines.join('\n\n');
}

/** One line about something declared. */
export function describeDeclaration(thing: string, { name, title, type }: Declaration): string {
  const head = `**${name}**: ${thing}${type === undefined ? '' : `, ${type}`}`;
  return title === undefined ? head : `${head}\n\n${title}`;
}

/** What a reference of this format may name, with the word for it. */
export function namedBy(
  format: TextFormat | undefined,
  declarations: Declarations,
): { readonly thing: string; readonly names: readonly Declaration[] } | undefined {
  switch (format) {
    case 'role':
      return { thing: 'role', names: declarations.roles };
    case 'host':
      return { thing: 'host', names: declarations.hosts };
    case 'contact':
      return { thing: 'contact', names: declarations.contacts };
    case 'secret':
      return { thing: 'secret', names: declarations.secrets };
    case 'fact':
      return { thing: 'fact', names: declarations.hostMembers };
    case 'source':
      return { thing: 'document', names: declarations.documents };
    case 'step':
      return { thing: 'step', names: declarations.steps };
    case 'use':
      return {
        thing: 'procedure or step',
        names: [...declarations.procedures, ...declarations.steps].map((declared) => ({ ...declared, name: `#${declared.name}` })),
      };
    default:
      return undefined;
  }
}

/** Members of one of the names expressions begin with. */
export function membersOf(
  space: string,
  declarations: Declarations,
): { readonly thing: string; readonly names: readonly Declaration[] } | undefined {
  switch (space) {
    case 'inputs':
      return { thing: 'input', names: declarations.inputs };
    case 'facts':
      return { thing: 'fact', names: declarations.facts };
    case 'secrets':
      return { thing: 'secret', names: declarations.secrets };
    case 'hosts':
      return { thing: 'role', names: declarations.roles };
    case 'steps':
      return { thing: 'step', names: declarations.steps.filter(({ values }) => values.length > 0) };
    case 'host':
      return { thing: 'of the host', names: [...HOST, ...declarations.hostMembers] };
    case 'run':
      return { thing: 'of the run', names: [{ name: 'failed', title: 'A step has failed.', type: 'boolean' }] };
    default:
      return undefined;
  }
}

const HOST: readonly Declaration[] = [
  { name: 'name', title: 'Name in the inventory.', type: 'string' },
  { name: 'address', title: 'Address in the inventory.', type: 'string' },
  { name: 'platform', title: 'linux, macos or windows.', type: 'string' },
];

function kindOf(root: JsonSchema, schema: JsonSchema): string {
  const [only, ...more] = branchesOf(root, schema);
  const words = only?.format !== undefined && more.length === 0 ? FORMAT_WORDS[only.format] : undefined;
  return words ?? wantedInWords(root, schema);
}
