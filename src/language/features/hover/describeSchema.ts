import type { JsonSchema, TextFormat } from '../../schema/jsonSchema.js';
import { branchesOf, resolveSchema, wantedInWords } from '../../schema/lookup.js';
import { asText } from '../declared/authorText.js';
import { wordDoc } from '../../schema/wordDocs.js';

const FORMAT_WORDS: Readonly<Partial<Record<TextFormat, string>>> = {
  template: 'text; `${{ }}` is replaced',
  markdown: 'Markdown; `${{ }}` is replaced',
  cel: 'condition or expression in CEL, without `${{ }}`',
  regex: 'pattern',
  duration: 'duration, such as `90s` or `1h30m`',
  lead_time: 'time it takes, such as `2 working days` or `36h`',
  version: 'version',
  version_range: 'version range, such as `>= 7.1 < 8`',
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
  const branches = branchesOf(root, schema);
  const lines = [`**${asText(name)}**: ${kindOf(root, schema)}`];
  const description = resolved.description ?? branches.find((branch) => branch.description !== undefined)?.description;
  if (description !== undefined) lines.push(description);
  const words = branches.flatMap((branch) => branch.enum ?? branch.items?.enum ?? []);
  if (words.length > 0) lines.push(describeWords(words));
  const preset = branches.find((branch) => branch.default !== undefined)?.default ?? resolved.default;
  if (preset !== undefined) lines.push(`Default: \`${String(preset)}\`.`);
  const choices = branches.flatMap((branch) => (branch.oneOf ?? []).map(({ required: [key] }) => key));
  if (choices.length > 0) lines.push(`Exactly one of ${listed(choices)}.`);
  return lines.join('\n\n');
}

/** One word of an enumeration; undefined where there is nothing to say. */
export function describeWord(word: string, key: string, among: readonly string[]): string | undefined {
  const doc = wordDoc(word, among);
  return doc === undefined ? undefined : `**${word}**: value of \`${key}\`\n\n${doc}`;
}

function describeWords(words: readonly string[]): string {
  const docs = words.map((word) => [word, wordDoc(word, words)] as const);
  if (docs.some(([, doc]) => doc === undefined)) return `One of ${listed(words)}.`;
  return docs.map(([word, doc]) => `- \`${word}\`: ${doc ?? ''}`).join('\n');
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function kindOf(root: JsonSchema, schema: JsonSchema): string {
  const [only, ...more] = branchesOf(root, schema);
  const words = only?.format !== undefined && more.length === 0 ? FORMAT_WORDS[only.format] : undefined;
  return words ?? wantedInWords(root, schema);
}
