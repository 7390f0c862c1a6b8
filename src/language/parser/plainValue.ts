// All that the core schema of YAML 1.2 may read as something else than text, and a little more.
const NUMBER = /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-f]+|[-+]?\.inf|\.nan)$/i;
const WORD = /^(?:~|null|true|false)$/i;
// Spellings that give themselves back.
const INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;
const FRACTION = /^-?(?:0|[1-9][0-9]{0,9})\.[0-9]{1,5}$/;

/** What a scalar without quotes stands for by the core schema of YAML 1.2. Undefined for nothing and for numbers in unusual spellings. */
export function plainValue(source: string): string | number | boolean | undefined {
  const first = source.charCodeAt(0);
  const mayBeNumber = first <= 57 && first >= 43;
  if (mayBeNumber) {
    if (INTEGER.test(source) || FRACTION.test(source)) return Number(source);
    return NUMBER.test(source) ? undefined : source;
  }
  if (source.length > 5 || !WORD.test(source)) return source;
  return source === 'true' ? true : source === 'false' ? false : undefined;
}
