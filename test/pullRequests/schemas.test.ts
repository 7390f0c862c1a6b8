import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { isUri, isUsableRegex } from './formats.js';
import { root } from './processes.js';

const KINDS = ['runbook', 'inventory'] as const;
const published = (kind: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, `schemas/${kind}.schema.json`), 'utf8')) as Record<string, unknown>;

/** As SchemaStore validates: strict, with the formats of the drafts and no others. */
function validatorOf(schema: object): ValidateFunction {
  const warnings: string[] = [];
  const warn = (...words: unknown[]): number => warnings.push(words.join(' '));
  const ajv = new Ajv({ strict: true, allErrors: true, logger: { log: warn, warn, error: warn } });
  ajv.addFormat('regex', isUsableRegex);
  ajv.addFormat('uri', isUri);
  const validate = ajv.compile(schema);
  assert.deepEqual(warnings, []);
  return validate;
}

/** Samples of a folder with the name of the file. */
function samples(side: 'positive' | 'negative', kind: string): readonly (readonly [file: string, text: string])[] {
  const folder = join(root, 'test/schemastore', side, kind);
  return readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
}

for (const kind of KINDS) {
  describe(`the ${kind} schema for other tools`, () => {
    const validate = validatorOf(published(kind));

    it('is draft-07 that says where it is, what it is called and what it is for', () => {
      const { $schema, $id, title, description } = published(kind);
      assert.equal($schema, 'http://json-schema.org/draft-07/schema#');
      assert.equal($id, `https://unpkg.com/runbook-studio-cli/schemas/${kind}.schema.json`);
      assert.ok(typeof title === 'string' && title !== '' && typeof description === 'string' && description !== '');
    });

    it('uses no keyword younger than draft-07 and no format that only we know', () => {
      const younger =
        /"(\$defs|\$anchor|\$recursiveRef|\$dynamicRef|dependentRequired|dependentSchemas|unevaluated\w+|minContains|maxContains|prefixItems|deprecated)":/;
      assert.doesNotMatch(JSON.stringify(published(kind)), younger);
      const formats = [...JSON.stringify(published(kind)).matchAll(/"format":"([^"]*)"/g)].map(([, format]) => format);
      assert.deepEqual(
        formats.filter((format) => format !== 'regex'),
        [],
      );
    });

    it('describes every property', () => {
      assert.deepEqual(undescribed(published(kind), '#'), []);
    });

    it('accepts every positive sample and every example', () => {
      const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
        .filter((file) => new RegExp(`\\.${kind}\\.ya?ml$`).test(file))
        .map((file) => [file, readFileSync(join(root, 'examples', file), 'utf8')] as const);
      assert.ok(examples.length > 4);
      for (const [file, text] of [...samples('positive', kind), ...examples]) {
        assert.ok(validate(parse(text)), `${file}: ${JSON.stringify(validate.errors)}`);
      }
    });

    it('rejects every negative sample, for the reason that stands in it', () => {
      for (const [file, text] of samples('negative', kind)) {
        const [, place, keyword] = /^# Expected: (\S+) (\w+)$/m.exec(text) ?? [];
        assert.equal(validate(parse(text)), false, `${file} is accepted`);
        const found = (validate.errors ?? []).map((error) => `${error.instancePath === '' ? '/' : error.instancePath} ${error.keyword}`);
        assert.ok(found.includes(`${String(place)} ${String(keyword)}`), `${file}: ${found.join(', ')}`);
      }
    });

    it('has samples whose first line tells editors which schema is theirs', () => {
      for (const side of ['positive', 'negative'] as const) {
        const found = samples(side, kind);
        assert.ok(found.length > 0);
        for (const [file, text] of found) {
          assert.equal(text.split('\n')[0], `# yaml-language-server: $schema=../../../../schemas/${kind}.schema.json`, file);
        }
      }
    });
  });
}

/** Properties that are neither described themselves nor by what they refer to. A branch that only names a key describes it elsewhere. */
function undescribed(node: unknown, at: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {} } = node as { readonly properties?: Record<string, { readonly description?: string; readonly $ref?: string }> };
  const own = Object.entries(properties).filter(
    ([, member]) => Object.keys(member).length > 0 && member.description === undefined && member.$ref === undefined,
  );
  return [
    ...own.map(([name]) => `${at}/properties/${name}`),
    ...Object.entries(node).flatMap(([key, value]) => undescribed(value, `${at}/${key}`)),
  ];
}

describe('the entry for the catalogue of SchemaStore', () => {
  const catalogue = JSON.parse(readFileSync(join(root, 'schemas/catalog.json'), 'utf8'));
  const entries = catalogue.schemas as readonly { name: string; description: string; fileMatch: readonly string[]; url: string }[];

  it('has the shape that SchemaStore asks for', () => {
    const schema = JSON.parse(readFileSync(join(root, 'test/pullRequests/fixtures/schemastore/schema-catalog.json'), 'utf8'));
    const validate = validatorOf(schema);
    assert.ok(validate(catalogue), JSON.stringify(validate.errors));
  });

  it('keeps the rules of SchemaStore about names, descriptions and patterns', () => {
    for (const { name, description, fileMatch } of entries) {
      for (const text of [name, description]) {
        assert.doesNotMatch(text, /[,. \t\n-]$/);
        assert.doesNotMatch(text, /schema/i);
        assert.doesNotMatch(text, /\n/);
      }
      for (const pattern of fileMatch) assert.ok(!pattern.includes('/') || pattern.startsWith('**/'));
    }
    const patterns = entries.flatMap(({ fileMatch }) => fileMatch);
    assert.equal(new Set(patterns).size, patterns.length);
  });

  it('names the published schemas, and the files that the editor takes for runbooks and inventories', () => {
    assert.deepEqual(
      entries.map(({ url }) => url),
      KINDS.map((kind) => published(kind)['$id']),
    );
    const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    assert.deepEqual(
      entries.map(({ fileMatch }) => fileMatch),
      (contributes.languages as readonly { readonly filenamePatterns: readonly string[] }[]).map(
        ({ filenamePatterns }) => filenamePatterns,
      ),
    );
  });
});
