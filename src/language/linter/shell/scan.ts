/** Which shell reads a script. */
export type Dialect = 'sh' | 'bash' | 'powershell';

/** What a stretch of a script is, apart from commands themselves. */
interface Stretch {
  readonly kind: 'comment' | 'quoted' | 'document';
  readonly start: number;
  readonly end: number;
}

/** Longer ones are not looked at: nobody reads them in a runbook, and looking takes its time. */
const LONGEST_SCRIPT = 20_000;
const OF_SHELL = /\\[\s\S]|#[^\n]*|'[^']*(?:'|$)|"(?:\\[\s\S]|[^"\\])*(?:"|$)|<<<|<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1|\n/g;
const OF_POWERSHELL = /`[\s\S]|<#[\s\S]*?(?:#>|$)|#[^\n]*|@(["'])\n[\s\S]*?(?:\n\1@|$)|'(?:[^']|'')*(?:'|$)|"(?:`[\s\S]|""|[^"`])*(?:"|$)/g;

/** Comments, texts in quotes and here-documents of a script, in order. What is left over are its commands. */
function* stretchesOf(text: string, dialect: Dialect): Generator<Stretch> {
  const pattern = new RegExp(dialect === 'powershell' ? OF_POWERSHELL : OF_SHELL);
  /** What ends the documents that begin on the next line. */
  let awaited: string[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole] = match;
    const end = match.index + whole.length;
    if (whole.startsWith('#')) {
      const before = text[match.index - 1] ?? '\n';
      // In the middle of a word, "#" is a letter as any other.
      if (/[\s;&|(){}]/.test(before)) yield { kind: 'comment', start: match.index, end };
      else pattern.lastIndex = match.index + 1;
    } else if (whole.startsWith('<#')) yield { kind: 'comment', start: match.index, end };
    else if (match[2] !== undefined) awaited.push(match[2]);
    else if (whole === '\n') {
      const last = awaited.reduce((from, word) => endOfDocument(text, from, word), end);
      if (awaited.length > 0) yield { kind: 'document', start: end, end: last };
      awaited = [];
      pattern.lastIndex = last;
    } else if (/^["'@]/.test(whole)) yield { kind: 'quoted', start: match.index + 1, end: end - 1 };
  }
}

function endOfDocument(text: string, from: number, word: string): number {
  const close = new RegExp(String.raw`^\t*${word}$`, 'gm');
  close.lastIndex = from;
  const match = close.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}

/**
 * The commands of a script: comments and here-documents, and with `quotes` also what stands in quotes, are turned into spaces. Of the same length
 * as the script, so that places are the same in both; empty for one that is too long to be looked at.
 */
export function commandsOnly(text: string, dialect: Dialect, { quotes }: { readonly quotes: 'keep' | 'blank' }): string {
  if (text.length > LONGEST_SCRIPT) return '';
  let bare = '';
  let at = 0;
  for (const { kind, start, end } of stretchesOf(text, dialect)) {
    if (kind === 'quoted' && quotes === 'keep') continue;
    bare += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  const all = bare + text.slice(at);
  // What is continued on the next line is one line.
  return dialect === 'powershell' ? all.replace(/`\n/g, '  ') : all.replace(/\\\n/g, '  ');
}
