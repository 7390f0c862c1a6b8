/** A text of an author, for a place where Markdown is shown: it stands there as it was written, and no link or picture comes of it. */
export function asText(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Markdown of an author. Pictures are left out: to look at a file must fetch nothing. */
export function asMarkdown(text: string): string {
  return text.replaceAll('![', '\\![').replaceAll('<', '\\<');
}

/** A text of an author as code. */
export function asCode(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}
