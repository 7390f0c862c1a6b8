import type { ValueType } from '../schema/runbookSchema.js';
import { parseDuration } from './duration.js';
import { checkRegex, matchWhole } from './regex.js';
import { isPlainVersion, versionFields } from './version.js';
import { parseVersionRange, versionsOfRange } from './versionRange.js';

/** What a value was declared to be. */
export interface DeclaredValue {
  readonly type: ValueType;
  /** With `version`: the pattern of its scheme, already looked up. */
  readonly schemePattern?: string;
  /** With `choice`: what can be chosen. */
  readonly options?: readonly string[];
  /** The whole value must match. */
  readonly pattern?: string;
}

/**
 * What is wrong with a value, as a phrase that follows the value in a sentence ("is not a port; …"); undefined when it fits.
 * A value that is still a template fits: what it becomes is checked when it is known.
 */
export function checkValue(declared: DeclaredValue, value: string | number | boolean): string | undefined {
  if (typeof value === 'string' && value.includes('${{')) return undefined;
  return wrongType(declared, value) ?? wrongPattern(declared, value);
}

function wrongType(declared: DeclaredValue, value: string | number | boolean): string | undefined {
  const text = String(value);
  switch (declared.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'is not a boolean; write true or false';
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : 'is not a whole number; write digits without quotes';
    case 'port':
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
        ? undefined
        : 'is not a port; write a number from 1 to 65535';
    case 'string':
    case 'path':
    case 'file':
      return notText(value) ?? (text.includes('\0') ? 'contains a NUL character; remove it' : undefined);
    case 'version':
      return notText(value) ?? wrongVersion(declared.schemePattern, text);
    case 'version_range':
      return notText(value) ?? wrongRange(declared.schemePattern, text);
    case 'url':
      return notText(value) ?? (isUrl(text) ? undefined : 'is not a web address; write it with http:// or https:// in front');
    case 'address':
      return notText(value) ?? (isAddress(text) ? undefined : 'is not a host name or IP address; write one without a scheme, port or path');
    case 'duration':
      return notText(value) ?? (parseDuration(text) === undefined ? 'is not a duration; write for example 90s, 5m or 1h30m' : undefined);
    case 'choice': {
      const options = declared.options ?? [];
      return options.length === 0 || options.includes(text)
        ? undefined
        : `is not one of the options; choose ${options.map((option) => `"${option}"`).join(', ')}`;
    }
  }
}

function notText(value: string | number | boolean): string | undefined {
  return typeof value === 'string' ? undefined : `is a ${typeof value}, not text; put it in quotes`;
}

function wrongVersion(schemePattern: string | undefined, text: string): string | undefined {
  if (schemePattern === undefined) return isPlainVersion(text) ? undefined : 'is not a version; write dotted numbers such as "11.6.0"';
  return versionFields(schemePattern, text) === undefined ? `is not a version of the form ${schemePattern}; write one that is` : undefined;
}

function wrongRange(schemePattern: string | undefined, text: string): string | undefined {
  const range = parseVersionRange(text);
  if (range === undefined) return 'is not a version range; write for example ">= 7.1" or ">= 10.0 < 10.6"';
  return versionsOfRange(range)
    .map((version) => wrongVersion(schemePattern, version))
    .find((wrong) => wrong !== undefined);
}

function wrongPattern(declared: DeclaredValue, value: string | number | boolean): string | undefined {
  if (declared.pattern === undefined || checkRegex(declared.pattern) !== undefined) return undefined;
  return matchWhole(declared.pattern, String(value)) !== undefined
    ? undefined
    : `does not have the form ${declared.pattern}; write one that has`;
}

function isUrl(text: string): boolean {
  return /^https?:\/\/(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?$/.test(text);
}

function isAddress(text: string): boolean {
  return /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+\]?)$/.test(text);
}
