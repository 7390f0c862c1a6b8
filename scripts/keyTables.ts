import type { JsonSchema, TextFormat } from '../src/language/schema/jsonSchema.js';

/** One table of keys. `at`: path of the definition in the schema; `without`: keys that another table explains. */
interface Section {
  readonly title: string;
  readonly schema: JsonSchema;
  readonly without?: readonly string[];
  readonly remark?: string;
}

/** Markdown tables of every key of runbooks and inventories, with kinds, defaults and meaning. */
export function keyTables(runbook: JsonSchema, inventory: JsonSchema): string {
  const definitions = runbook.definitions ?? {};
  const definition = (name: string): JsonSchema => definitions[name] ?? {};
  const probe = definition('probe');
  const stepKeys = Object.keys(definition('step').properties ?? {});
  const sections: Section[] = [
    { title: 'Runbook', schema: runbook },
    { title: 'Input', schema: definition('input') },
    { title: 'Role', schema: definition('role') },
    { title: 'Fact', schema: definition('fact') },
    { title: 'Note', schema: definition('note') },
    { title: 'Step', schema: definition('step') },
    ...['Method', 'Undo', 'Remedy'].map((title) => ({
      title,
      schema: definition(title.toLowerCase()),
      without: stepKeys.filter((key) => key !== 'title'),
      remark: `Besides these, with the meaning they have in a step: ${code(Object.keys(definition(title.toLowerCase()).properties ?? {}).filter((key) => stepKeys.includes(key) && key !== 'title'))}.`,
    })),
    { title: 'Answer', schema: definition('answer') },
    { title: 'Evidence', schema: definition('evidence') },
    { title: 'Argument', schema: { ...definition('args').items?.anyOf?.[1], description: 'An item of `args` is a value, or this.' } },
    { title: 'Become', schema: { ...definition('become').anyOf?.[1], description: 'The value of `become` is `true`, or this.' } },
    { title: 'Probe', schema: probe },
    ...Object.entries(probe.properties ?? {}).flatMap(([kind, schema]) =>
      schema.properties === undefined ? [] : [{ title: `Probe \`${kind}\``, schema }],
    ),
    { title: 'Inventory', schema: inventory },
  ];
  const types = definition('value_type').enum ?? [];
  return [...sections.map((section) => table(section, definitions)), `### Value types\n\n${code(types)}\n`].join('\n');
}

function table(section: Section, definitions: Readonly<Record<string, JsonSchema>>): string {
  const rows = rowsOf(section.schema, '', definitions, section.without ?? []);
  return [
    `### ${section.title}`,
    '',
    ...[section.schema.description, section.remark, choiceSentence(section.schema)].flatMap((text) =>
      text === undefined ? [] : [text, ''],
    ),
    ...(rows.length === 0 ? [] : ['| key | value | meaning |', '|--|--|--|', ...rows, '']),
  ].join('\n');
}

/** A row for each key; mappings without a table of their own follow with dotted keys. */
function rowsOf(
  schema: JsonSchema,
  prefix: string,
  definitions: Readonly<Record<string, JsonSchema>>,
  without: readonly string[],
): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    if (prefix === '' && without.includes(key)) return [];
    const whole = resolve(property, definitions);
    const required = schema.required?.includes(key) === true ? ' **Required.**' : '';
    const fallback = whole.default === undefined || required !== '' ? '' : ` Default: \`${String(whole.default)}\`.`;
    const meaning =
      `${property.description ?? whole.description ?? (whole.anyOf ?? []).map((branch) => branch.description).join(' Or: ')}${fallback}${required}`.trim();
    const row = `| \`${prefix}${key}\` | ${cell(kindOf(property, definitions))} | ${cell(meaning)} |`;
    return [row, ...(hasOwnTable(property) ? [] : below(whole, `${prefix}${key}`, definitions))];
  });
}

function below(schema: JsonSchema, path: string, definitions: Readonly<Record<string, JsonSchema>>): string[] {
  if (schema.properties !== undefined) return rowsOf(schema, `${path}.`, definitions, []);
  if (schema.items?.properties !== undefined) return rowsOf(schema.items, `${path}[].`, definitions, []);
  const values = schema.additionalProperties;
  if (typeof values === 'object' && values.properties !== undefined) return rowsOf(values, `${path}.NAME.`, definitions, []);
  return [];
}

const TABLES: Readonly<Record<string, string>> = {
  step: 'step',
  probe: 'probe',
  note: 'note',
  input: 'input',
  role: 'role',
  fact: 'fact',
  answer: 'answer',
  evidence: 'evidence',
  method: 'method',
  undo: 'undo',
  remedy: 'remedy',
  become: 'become',
};

const MEANINGS: Readonly<Record<TextFormat, string>> = {
  id: 'id',
  template: 'template',
  markdown: 'Markdown',
  cel: 'CEL',
  regex: 'pattern',
  duration: 'duration',
  role: 'role',
  host: 'host',
  contact: 'contact',
  secret: 'secret',
  fact: 'fact',
  use: 'reference',
  source: 'citation',
  file: 'file',
  step: 'step',
  version: 'version',
  version_range: 'version range',
  lead_time: 'lead time',
};

function kindOf(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): string {
  const name = schema.$ref?.replace('#/definitions/', '');
  if (name !== undefined && TABLES[name] !== undefined)
    return name === 'become' ? `\`true\` or [become](#become)` : `[${TABLES[name]}](#${TABLES[name]})`;
  if (name === 'args') return 'list of values and [arguments](#argument)';
  if (name === 'value_type') return '[value type](#value-types)';
  const whole = resolve(schema, definitions);
  if (whole.const !== undefined) return `\`${whole.const}\``;
  if (whole.enum !== undefined) return whole.enum.map((value) => `\`${value}\``).join(', ');
  if (whole.anyOf !== undefined) return [...new Set(whole.anyOf.map((branch) => kindOf(branch, definitions)))].join(', or ');
  if (whole.format !== undefined)
    return types(whole).includes('integer') ? `${MEANINGS[whole.format]} or ${scalars(whole)}` : MEANINGS[whole.format];
  if (whole.type === 'array')
    return whole.items?.properties === undefined ? `list of ${several(kindOf(whole.items ?? {}, definitions))}` : 'list of mappings';
  if (whole.type !== 'object') return scalars(whole);
  if (typeof whole.additionalProperties !== 'object') return 'mapping';
  return whole.additionalProperties.properties === undefined
    ? `names to ${several(kindOf(whole.additionalProperties, definitions))}`
    : 'names to mappings';
}

/** More than one of a kind that is a single word. */
function several(kind: string): string {
  return /^(role|step|template)$/.test(kind) ? `${kind}s` : kind;
}

function types(schema: JsonSchema): readonly string[] {
  return typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
}

function scalars(schema: JsonSchema): string {
  const spoken: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', number: 'number', boolean: 'boolean' };
  const wanted = types(schema).filter((type) => schema.format === undefined || type !== 'string');
  if (wanted.includes('number') && wanted.includes('boolean'))
    return schema.format === undefined ? 'text, number or boolean' : 'number or boolean';
  return wanted.map((type) => spoken[type] ?? type).join(' or ');
}

function hasOwnTable(schema: JsonSchema): boolean {
  const inner =
    schema.$ref ?? schema.items?.$ref ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties.$ref : undefined);
  return inner !== undefined && TABLES[inner.replace('#/definitions/', '')] !== undefined;
}

function choiceSentence(schema: JsonSchema): string | undefined {
  const one = schema.oneOf?.map(({ required: [key] }) => key);
  const most = [...new Set(schema.not?.anyOf.flatMap(({ required }) => required) ?? [])];
  const sentences = [
    ...(one === undefined ? [] : [`Exactly one of ${code(one)}.`]),
    ...(most.length === 0 ? [] : [`At most one of ${code(most)}.`]),
    ...(schema.minProperties === 1 && one === undefined ? ['At least one key.'] : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function resolve(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const target = schema.$ref === undefined ? undefined : definitions[schema.$ref.replace('#/definitions/', '')];
  return target === undefined ? schema : { ...target, ...(schema.description === undefined ? {} : { description: schema.description }) };
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
