import { comparisonHolds, matchWhole } from '../../language/index.js';
import type { ValueType } from '../../language/index.js';
import type { PlainValue, ValueDeclaration } from '../plan.js';
import { atomsOf } from './celTexts.js';
import { shapeOf } from './shapes.js';
import type { Comparison } from './shapes.js';
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

/** Values of a name, however it is spelt, that conditions tell apart: each that they compare it with, and one more where others are possible. */
export function toldApart(names: readonly string[], declared: ValueDeclaration, conditions: readonly string[]): readonly PlainValue[] {
  if (declared.type === 'boolean') return [false, true];
  if (declared.options !== undefined) return declared.options;
  const shapes = atomsOf(conditions).map(shapeOf);
  if (declared.type === 'version') {
    const bounds = shapes.flatMap((shape) => (shape.kind === 'version' && names.includes(shape.name) ? boundsOf(shape.alternatives) : []));
    return bounds.length === 0 ? [] : versionPool(bounds, declared.schemePattern);
  }
  const numbers = shapes.flatMap((shape) => (shape.kind === 'number' && names.includes(shape.name) ? boundsOf(shape.alternatives) : []));
  const options = shapes.flatMap((shape) => (shape.kind === 'choice' && names.includes(shape.name) ? shape.options : []));
  const values: readonly PlainValue[] = [...numbers.flatMap((bound) => [bound - 1, bound, bound + 1]), ...options];
  return values.length === 0 ? [] : [...new Set([...values, sampleValue(declared)])];
}

function boundsOf<Bound>(alternatives: readonly (readonly { readonly bound: Bound }[])[]): readonly Bound[] {
  return alternatives.flatMap((all) => all.map(({ bound }) => bound));
}

/** A value of a host's name (`host.NAME`) with which it is, or is not, the host that a derived role looks for. */
export function valueForRole(name: string, declared: ValueDeclaration, where: string, wanted: boolean): PlainValue {
  if (declared.type === 'boolean') {
    const inverted = new RegExp(`!\\s*host\\.${name}\\b|host\\.${name}\\s*==\\s*false|host\\.${name}\\s*!=\\s*true`).test(where);
    return wanted !== inverted;
  }
  const shape = atomsOf([where])
    .map(shapeOf)
    .find((one) => one.kind !== 'opaque' && one.name === `host.${name}`);
  if (shape?.kind === 'number') return numberFor(shape.alternatives, wanted) ?? sampleValue(declared);
  if (shape?.kind !== 'choice') return sampleValue(declared);
  const matching = wanted !== shape.negated;
  const found = matching ? shape.options[0] : (declared.options ?? []).find((option) => !shape.options.includes(option));
  return found ?? `not ${shape.options[0] ?? ''}`;
}

function numberFor(alternatives: readonly (readonly Comparison<number>[])[], wanted: boolean): number | undefined {
  const samples = boundsOf(alternatives).flatMap((bound) => [bound, bound + 1, bound - 1]);
  const fits = (sample: number): boolean =>
    alternatives.some((all) => all.every(({ operator, bound }) => comparisonHolds(sample - bound, operator)));
  return samples.find((sample) => fits(sample) === wanted);
}
