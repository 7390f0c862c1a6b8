import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

/** RFC 3986: what a URI and a relative reference are made of. */
const REFERENCE = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2})*$/i;
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** A checker for a JSON schema of `test/fixtures/schemas`, of the draft 4 or a newer one. */
export function schemaOf(file: string): ValidateFunction {
  const text = readFileSync(new URL(`../../../../fixtures/schemas/${file}`, import.meta.url), 'utf8');
  // Of what these schemas use, draft 4 differs only in how a schema names itself.
  const { id: _id, $schema: _schema, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat('uri-reference', REFERENCE);
  ajv.addFormat('uri', { validate: (uri: string) => REFERENCE.test(uri) && SCHEME.test(uri) });
  ajv.addFormat('date-time', { validate: (time: string) => !Number.isNaN(Date.parse(time)) });
  return ajv.compile(schema);
}
