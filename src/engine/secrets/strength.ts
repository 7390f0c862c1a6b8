/** Shorter pieces stand everywhere: they cannot be masked without hiding the log. In characters. */
export const SHORTEST_SECRET = 4;
/** From here on a secret is long enough to be told from ordinary text in all its spellings. In characters. */
const SAFE_LENGTH = 8;
/** Fewer different characters make no secret: `aaaa`, `0000`. */
const FEWEST_CHARACTERS = 3;
/** Words every log is full of. */
const PLAIN_WORDS = new Set(['true', 'false', 'null', 'none', 'undefined', 'yes', 'error', 'failed', 'success', 'running']);

/**
 * Whether a secret can be found in output. `safe`: it is masked wherever it turns up. `weak`: it is masked, but a piece of ordinary text may
 * look like it, so the output of whatever uses it is not shown. `unusable`: to mask it would hide the log, so it is not used at all.
 */
export type Strength = 'safe' | 'weak' | 'unusable';

/** How well a value can be hidden. White space around it does not count. */
export function strengthOf(value: string): Strength {
  const text = value.trim();
  if (text.length < SHORTEST_SECRET || new Set(text).size < FEWEST_CHARACTERS || PLAIN_WORDS.has(text.toLowerCase())) return 'unusable';
  return text.length < SAFE_LENGTH ? 'weak' : 'safe';
}
