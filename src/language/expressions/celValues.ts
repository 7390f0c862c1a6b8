import { versionFields } from '../model/version.js';
import type { ValueType } from '../schema/runbookSchema.js';

/** A version in an expression. */
export class Version {
  /** `schemes`: the patterns whose named groups become members of it; of two that have the same group the first that fits counts. */
  constructor(
    readonly text: string,
    schemes: readonly string[],
  ) {
    for (const scheme of [...schemes].reverse()) Object.assign(this, versionFields(scheme, text));
  }
}

/** A version range in an expression. */
export class VersionRangeValue {
  constructor(readonly text: string) {}
}

/** The type of expressions that values of a declared type have. */
export function celType(type: ValueType): string {
  switch (type) {
    case 'boolean':
      return 'bool';
    case 'integer':
    case 'port':
      return 'int';
    case 'version':
    case 'version_range':
      return type;
    case 'string':
    case 'url':
    case 'address':
    case 'path':
    case 'file':
    case 'duration':
    case 'choice':
      return 'string';
  }
}

/** A value as expressions have it. `schemes`: see {@link Version}. */
export function toCel(value: string | number | boolean, type: ValueType, schemes: readonly string[]): unknown {
  switch (celType(type)) {
    case 'bool':
      return value === true || value === 'true';
    case 'int':
      return BigInt(Math.trunc(Number(value)));
    case 'version_range':
      return new VersionRangeValue(String(value));
    case 'version':
      return new Version(String(value), schemes);
    default:
      return String(value);
  }
}
