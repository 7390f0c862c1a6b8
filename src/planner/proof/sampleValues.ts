import { matchWhole } from '../../language/index.js';
import type { ValueType } from '../../language/index.js';
import type { PlainValue, ValueDeclaration } from '../plan.js';
import { atomsOf } from './celTexts.js';
import { shapeOf } from './unknowns.js';
import { versionPool } from './versionPool.js';

const SAMPLES: Readonly<Record<Exclude<ValueType, 'choice' | 'version'>, PlainValue>> = {
  string: 'sample',
  boolean: false,
  integer: 1,
  version_range: '>= 0',
  url: 'https://sample.example.com',
  address: 'sample.example.com',
  path: '/sample',
  port: 8080,
  file: 'sample',
  duration: '1m',
};

/** Some value of a declared type. Where a pattern asks for more than can be made up, it may not fit. */
export function sampleValue(declared: ValueDeclaration & { readonly suffix?: string }): PlainValue {
  switch (declared.type) {
    case 'choice':
      return declared.options?.[0] ?? 'sample';
    case 'version':
      return versionPool([], declared.schemePattern)[0] ?? '1.0';
    default: {
      const sample = declared.suffix === undefined ? SAMPLES[declared.type] : `sample${declared.suffix}`;
      const { pattern } = declared;
      return pattern === undefined ? sample : ([sample, 'a', 'a1', '1', 'A'].find((one) => matchWhole(pattern, String(one))) ?? sample);
    }
  }
}

/** Values of a name that conditions tell apart: each that they compare it with, and one more where others are possible. */
export function toldApart(name: string, declared: ValueDeclaration, conditions: readonly string[]): readonly PlainValue[] {
  if (declared.type === 'boolean') return [false, true];
  if (declared.options !== undefined) return declared.options;
  const shapes = atomsOf(conditions).map(shapeOf);
  if (declared.type === 'version') {
    const bounds = shapes.flatMap((shape) => (shape.kind === 'version' && shape.name === name ? [shape.version] : []));
    return bounds.length === 0 ? [] : versionPool(bounds, declared.schemePattern);
  }
  const options = shapes.flatMap((shape) => (shape.kind === 'choice' && shape.name === name ? shape.options : []));
  const typed = declared.type === 'integer' || declared.type === 'port' ? options.map(Number) : options;
  return options.length === 0 ? [] : [...new Set([...typed, sampleValue(declared)])];
}

/** A value of a host's name (`host.NAME`) with which it is, or is not, the host that a derived role looks for. */
export function valueForRole(name: string, declared: ValueDeclaration, where: string, wanted: boolean): PlainValue {
  if (declared.type === 'boolean') {
    const inverted = new RegExp(`!\\s*host\\.${name}\\b|host\\.${name}\\s*==\\s*false|host\\.${name}\\s*!=\\s*true`).test(where);
    return wanted !== inverted;
  }
  const shape = atomsOf([where])
    .map(shapeOf)
    .find((one) => one.kind === 'choice' && one.name === `host.${name}`);
  if (shape?.kind !== 'choice') return sampleValue(declared);
  const matching = wanted !== shape.negated;
  const found = matching ? shape.options[0] : (declared.options ?? []).find((option) => !shape.options.includes(option));
  const value = found ?? `not ${shape.options[0] ?? ''}`;
  return declared.type === 'integer' ? (matching ? Number(value) : -1) : value;
}
