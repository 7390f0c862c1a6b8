const SHAPE = /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Milliseconds since 1970 of `2026-11-28T22:00+01:00`; undefined without its offset, or when there is no such day or time. */
export function parseInstant(text: string): number | undefined {
  const [, day = '', time = '', offset = ''] = SHAPE.exec(text.trim()) ?? [];
  const midnight = Date.parse(`${day}T00:00Z`);
  // Some readers take the 30th of February for a day of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  return Date.parse(`${day}T${time}${offset}`);
}
