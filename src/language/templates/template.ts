/** A runbook to begin with. What is to be filled in stands between `⟦` and `⟧`; the same words twice are one place. */
export interface Template {
  /** As the command line names it. */
  readonly id: string;
  readonly title: string;
  /** What it does, in a sentence. */
  readonly text: string;
  /** Its lines; `⟦ID⟧` stands for an id that is made from the name of the file. */
  readonly runbook: string;
}

const PLACE = /⟦([^⟧]*)⟧/g;

/** The text as a snippet of the Language Server Protocol, each place a tab stop. */
export function templateSnippet(text: string, id: string): string {
  const stops = new Map<string, number>();
  let made = '';
  let from = 0;
  for (const match of text.matchAll(PLACE)) {
    const [all, words = ''] = match;
    let stop = stops.get(words);
    if (stop === undefined) stops.set(words, (stop = stops.size + 1));
    made += `${literal(text.slice(from, match.index))}\${${String(stop)}:${filled(words, id).replace(/[\\$}]/g, '\\$&')}}`;
    from = match.index + all.length;
  }
  return `${made}${literal(text.slice(from))}$0`;
}

/** The text with everything left as it is proposed. */
export function templateText(text: string, id: string): string {
  return text.replace(PLACE, (_, words: string) => filled(words, id));
}

/** An id from the name of a file: `shop-restart.runbook.yaml` gives `shop_restart`. */
export function idFromFile(file: string): string {
  const name = (file.split('/').at(-1) ?? '').replace(/\.(?:runbook|inventory)\.ya?ml$/, '');
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return id === '' ? 'sample' : id;
}

function filled(words: string, id: string): string {
  return words === 'ID' ? id : words;
}

function literal(text: string): string {
  return text.replace(/[\\$]/g, '\\$&');
}
