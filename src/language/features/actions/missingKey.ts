import type { Diagnostic } from '../../diagnostic.js';
import { inventorySchema, runbookSchema } from '../../schema/runbookSchema.js';
import { branchFor } from '../../schema/lookup.js';
import { fileName } from '../../text/fileName.js';
import { quoteYaml } from '../../text/quote.js';
import type { MappingNode } from '../../text/syntaxNode.js';
import { nodePathAt, schemaOf } from '../rough/nodePath.js';
import type { NodePath } from '../rough/nodePath.js';
import { insertMember, lineBreakOf } from './insertMember.js';
import { memberOf, textOf, valueOf } from '../../text/asWritten.js';
import type { Rewriting, Selected } from './spots.js';

/** A mapping that lacks a key, with what is around it. */
interface Lacking extends Selected {
  readonly path: NodePath;
  readonly mapping: MappingNode;
  readonly isInventory: boolean;
}

/** Of the keys of which one is needed, those that stand for themselves before anything else is known. */
const CHOICES = ['manual', 'run', 'check', 'service', 'hosts', 'attest', 'value', 'answer', 'match', 'path', 'name'];
const MOST_CHOICES = 4;

const STEP = 'steps:\n  - id: first\n    title: The first step\n    manual: What is done.';
const HOST = 'hosts:\n  server_1: { address: server-1.example.com }';

/** What is put in first, for the author to look over. Several lines are indented as they stand at the left margin. */
const WRITTEN: Readonly<Record<string, string | ((lacking: Lacking) => string | undefined)>> = {
  runbook: 'runbook: v1',
  inventory: 'inventory: v1',
  id: (lacking) => `id: ${slug(textOf(valueOf(lacking.mapping, 'title')) ?? fileName(lacking.file))}`,
  title: (lacking) => `title: ${words(nameOf(lacking))}`,
  environment: (lacking) => `environment: ${slug(fileName(lacking.file))}`,
  steps: STEP,
  hosts: ({ isInventory }) => (isInventory ? HOST : 'hosts: 1..'),
  roles: ({ isInventory }) => (isInventory ? 'roles: {}' : undefined),
  address: (lacking) => `address: ${nameOf(lacking).replaceAll('_', '-')}.example.com`,
  manual: 'manual: What is done.',
  run: 'run: echo done',
  check: 'check: { host: reachable }',
  service: 'service: { name: service, state: restarted }',
  attest: 'attest: It is done.',
  answer: 'answer: "yes"',
  match: String.raw`match: '(\S+)'`,
  pattern: String.raw`pattern: '\d+(\.\d+)*'`,
  link: 'link: https://docs.example.com/',
  url: 'url: https://server.example.com/',
  open: 'open: https://server.example.com/',
  range: 'range: ">= 1.0"',
  text: 'text: What matters here.',
  because: 'because: Why it matters.',
  path: 'path: /path/of/the/file',
  to: ({ path }) => (path.steps.at(-2) === 'upload' || path.steps.at(-2) === 'download' ? 'to: ./file' : toTarget(path)),
  number: 'number: 8443',
  name: 'name: service',
  severity: 'severity: note',
  state: 'state: restarted',
  type: 'type: string',
  at: 'at: end',
  holds: 'holds: { host: reachable }',
  prompt: 'prompt: "[y/n]"',
};

/** Puts in the keys that a mapping must have and lacks; where one of several is needed, each of the usual ones by itself. */
export function missingKeys(selected: Selected, { message, range }: Diagnostic): readonly Rewriting[] {
  const path = nodePathAt(selected.root, range.start);
  const mapping = path?.containers.at(-1);
  if (path?.hit.kind !== 'key' || mapping?.kind !== 'mapping') return [];
  const lacking = { ...selected, path, mapping, isInventory: /\.inventory\.ya?ml$/.test(selected.file) };
  const needed = /needs the key "(\w+)"/.exec(message)?.[1];
  const keys = needed === undefined ? (/needs exactly one of .*/.test(message) ? choicesOf(lacking) : []) : [needed];
  return keys.flatMap((key) => adding(lacking, key) ?? []);
}

function choicesOf({ path, isInventory }: Lacking): readonly string[] {
  const root = isInventory ? inventorySchema : runbookSchema;
  const schema = schemaOf(root, path.steps.slice(0, -1));
  const branch = schema === undefined ? undefined : branchFor(root, schema, 'mapping');
  const allowed = new Set((branch?.oneOf ?? []).flatMap(({ required }) => required));
  return CHOICES.filter((key) => allowed.has(key)).slice(0, MOST_CHOICES);
}

function adding(lacking: Lacking, key: string): Rewriting | undefined {
  const { text, mapping } = lacking;
  const known = WRITTEN[key];
  const written = typeof known === 'function' ? known(lacking) : known;
  if (written === undefined || memberOf(mapping, key) !== undefined) return undefined;
  const isLong = written.includes('\n');
  if (isLong && (mapping !== lacking.root || text[mapping.start] === '{')) return undefined;
  return { title: `Add "${key}" to look over`, edits: [insertMember(text, mapping, written.replaceAll('\n', lineBreakOf(text)))] };
}

/** What the mapping is called: its own id, the key it stands under, or its file. */
function nameOf({ path, mapping, file }: Lacking): string {
  const key = path.steps.slice(0, -1).findLast((step) => typeof step === 'string');
  return textOf(valueOf(mapping, 'id')) ?? (path.steps.length === 1 || key === undefined ? fileName(file) : key);
}

function toTarget({ steps }: NodePath): string | undefined {
  return steps[0] === 'upgrade' ? 'to: ${{ inputs.target }}' : undefined;
}

function slug(text: string): string {
  const made = text
    .replace(/\.(?:runbook|inventory)\.ya?ml$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return made === '' ? 'sample' : made;
}

function words(name: string): string {
  const plain = name
    .replace(/\.(?:runbook|inventory)\.ya?ml$/, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  const title = plain.charAt(0).toUpperCase() + plain.slice(1);
  return /^[A-Za-z][\w ]*$/.test(title) && !/^(?:null|true|false|yes|no)$/i.test(title) ? title : quoteYaml(title);
}
