/**
 * Characters that steer a terminal, break a line, turn the direction of text, or are not seen at all; halves of pairs; letters without
 * a shape; and two characters that XML forbids.
 * A joiner between letters or pictures is part of what is seen and stays.
 */
const UNSEEN =
  /(?!(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}]))[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\ufffe\uffff]/gu;

/** The same text with such characters as visible escapes: a file name must not move the cursor. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => {
    const code = (character.codePointAt(0) as number).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
