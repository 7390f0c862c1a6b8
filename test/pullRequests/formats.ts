/** Whether a text is a regular expression, as JSON Schema's `regex` asks. */
export function isUsableRegex(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is an absolute address, as JSON Schema's `uri` asks. */
export function isUri(text: string): boolean {
  return URL.canParse(text);
}
