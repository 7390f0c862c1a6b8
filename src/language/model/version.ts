import { checkRegex, matchWhole } from './regex.js';

/**
 * Orders two versions by their numeric parts, left to right; a part that is missing counts as 0.
 * Words do not count, so `11.6.0 LTS` equals `11.6`. Leading zeros mean nothing: `9.1.000001` equals `9.1.1`.
 */
export function compareVersions(a: string, b: string): number {
  const left = numericParts(a);
  const right = numericParts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = compareDigits(left[i] ?? '0', right[i] ?? '0');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Named groups of a version scheme as they stand in one version; undefined when it does not have the shape of the scheme. */
export function versionFields(pattern: string, version: string): Readonly<Record<string, string>> | undefined {
  const match = checkRegex(pattern) === undefined ? matchWhole(pattern, version) : undefined;
  if (match === undefined) return undefined;
  return Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, text]) => [name, text ?? '']));
}

/** Names of the named groups of a version scheme. */
export function namedGroups(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((match) => match[1] ?? '');
}

/** Whether a version scheme lets a word end in a number (`SP\d+`, `rc[0-9]`), which no comparison would see. A `v` in front is no word. */
export function hasNumberedLabel(pattern: string): boolean {
  const plain = pattern
    .replaceAll('\\d', '#')
    .replace(/\\./g, '.')
    .replace(/\(\?(?:<[A-Za-z_]\w*>|[:=!])/g, '(')
    .replace(/\{[^}]*\}/g, '')
    .replace(/^\^?\(*v\??/, '');
  return /(?:[A-Za-z]|\[[^\]#]*[A-Za-z][^\]#]*\])[+*?)(]*(?:[#0-9]|\[[#0-9])/.test(plain);
}

/** Whether a text is a version at all where no scheme says more: it begins with dotted numbers, perhaps after a `v`. */
export function isPlainVersion(text: string): boolean {
  return /^v?\d+(?:\.\d+)*(?:[-+ ]?[A-Za-z][A-Za-z0-9.+-]*(?: [A-Za-z0-9.+-]+)*)?$/.test(text);
}

const MOST_REMEMBERED = 5000;
const remembered = new Map<string, readonly string[]>();

/**
 * Digits at the start of each part; those of a word, such as the last one of `2rc1`, do not count. Remembered, because finding the paths of a
 * runbook compares the same few versions very often.
 */
function numericParts(version: string): readonly string[] {
  let parts = remembered.get(version);
  if (parts === undefined) {
    parts = version.split(/[^A-Za-z0-9]+/).flatMap((part) => {
      const digits = /^v?0*(\d+)/.exec(part)?.[1];
      return digits === undefined ? [] : [digits];
    });
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(version, parts);
  }
  return parts;
}

/** Whether there is anything in a text to order it by: a text without a number would come before every version. */
export function hasNumber(text: string): boolean {
  return numericParts(text).length > 0;
}

/** Digits without leading zeros, of any length: a number would lose precision after 15 of them. */
function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
