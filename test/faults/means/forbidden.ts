const JOINER = /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}])/gu;
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;

/** The first character of a text that could steer a terminal or deceive its reader, as `U+202E`; undefined when there is none. */
export function forbiddenIn(text: string): string | undefined {
  const found = FORBIDDEN.exec(text.replaceAll(/[\n\t]/g, '').replaceAll(JOINER, ''))?.[0];
  return found === undefined ? undefined : `U+${(found.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
