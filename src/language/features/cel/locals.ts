import { celTokens } from '../symbols/celTokens.js';

/** A name that `all`, `map` and their like give to each item of a list. */
export interface Local {
  readonly name: string;
  /** An expression of the same type, without local names. */
  readonly like: string;
  readonly macro: string;
}

/** An expression with its local names replaced by what is like them. */
export function replaced(cel: string, locals: readonly Local[]): string {
  if (locals.length === 0) return cel;
  const tokens = celTokens(cel);
  let text = '';
  let behind = 0;
  tokens.forEach((token, index) => {
    const local = token.kind === 'name' && tokens[index - 1]?.text !== '.' ? locals.find(({ name }) => name === token.text) : undefined;
    if (local === undefined) return;
    text += cel.slice(behind, token.start) + local.like;
    behind = token.end;
  });
  return text + cel.slice(behind);
}
