/** Longest text taken from a message, in UTF-16 code units: what a person may type or paste. */
export const LONGEST_TEXT = 65_536;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

export function isPlain(value: unknown): value is string | number | boolean {
  return isText(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** Has the keys of `needed`, may have those of `allowed`, and no others. */
export function hasKeys(value: Record<string, unknown>, needed: readonly string[], allowed: readonly string[] = []): boolean {
  return needed.every((key) => key in value) && Object.keys(value).every((key) => needed.includes(key) || allowed.includes(key));
}

/** One answer to an evidence field. */
export function isGiven(value: unknown): boolean {
  if (!isRecord(value) || !hasKeys(value, ['id', 'value'], ['sha256'])) return false;
  const { id, value: given, sha256 } = value;
  return isText(id) && isPlain(given) && (sha256 === undefined || (isText(sha256) && /^[0-9a-f]{64}$/.test(sha256)));
}
