import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { serviceOver } from '../../support/language/service.js';

const root = join(import.meta.dirname, '../../..');
const keys = [
  'id',
  'run',
  'steps',
  'manual',
  'check',
  'that',
  'on',
  'from',
  'once',
  'title',
  'http',
  'url',
  'status',
  'file',
  'path',
  'all',
  'not',
  'type',
  'default',
  'hosts',
  'of',
  'pick',
  'vars',
  'match',
  'value',
  'nonsense',
  'serial',
  'effects',
];
const values = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'text',
    'started',
    'v1',
    'stop',
    'string',
    '1..',
    0,
    1,
    3,
    70_000,
    true,
    false,
    null,
    [],
    {},
    ['text'],
    [1],
    { run: 'date' },
    { that: 'true' },
    { type: 'string' },
    [{ run: 'date' }],
    [{ that: 'true' }],
    { linux: 'date' },
    { value: 1, when: 'true' },
  ),
  fc.string({ maxLength: 5 }).map((text) => text.replace(/[^a-z_]/g, 'x')),
);

/** Changes one place of plain data: a member is removed, replaced, renamed or added. */
function mutate(data: unknown, path: readonly number[], kind: number, key: string, value: unknown): unknown {
  const copy = structuredClone(data);
  let at = copy as Record<string, unknown>;
  for (const turn of path) {
    const members = Object.values(at).filter((member) => typeof member === 'object' && member !== null);
    if (members.length === 0) break;
    at = members[turn % members.length] as Record<string, unknown>;
  }
  const names = Object.keys(at);
  const name = names[(path[0] ?? 0) % Math.max(1, names.length)];
  if (Array.isArray(at)) {
    if (kind === 0) at.pop();
    else at.push(value);
  } else if (kind === 0 && name !== undefined) delete at[name];
  else if (kind === 1 && name !== undefined) at[name] = value;
  else at[key] = value;
  return copy;
}

for (const kind of ['runbook', 'inventory'] as const) {
  describe(`the ${kind} schema as published`, () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const accepts = ajv.compile(JSON.parse(readFileSync(join(root, `schemas/${kind}.schema.json`), 'utf8')) as object);
    const sample: unknown = parse(readFileSync(join(root, `test/fixtures/language/sample.${kind}.yaml`), 'utf8'));
    const service = serviceOver({});
    const read = (text: string): boolean =>
      (kind === 'runbook' ? service.parseRunbook('/a.runbook.yaml', text) : service.parseInventory('/a.inventory.yaml', text)).value !==
      undefined;

    it('accepts the sample, and so does the walk', () => {
      assert.ok(accepts(sample), JSON.stringify(accepts.errors));
      assert.ok(read(stringify(sample)));
    });

    it('gives the verdict of the walk on any change of it', () => {
      const verdicts = { good: 0, bad: 0 };
      fc.assert(
        fc.property(
          fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }),
          fc.nat(2),
          fc.constantFrom(...keys),
          values,
          (path, change, key, value) => {
            const data = mutate(sample, path, change, key, value);
            const wanted = accepts(data);
            verdicts[wanted ? 'good' : 'bad']++;
            assert.equal(
              read(stringify(data, { aliasDuplicateObjects: false })),
              wanted,
              `${JSON.stringify(accepts.errors)}\n${stringify(data)}`,
            );
          },
        ),
        { numRuns: 300 },
      );
      assert.ok(verdicts.good > 20 && verdicts.bad > 20, JSON.stringify(verdicts));
    }).timeout(60_000);
  });
}
