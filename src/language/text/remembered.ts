/** Texts whose last outcome is kept by {@link rememberByText}. */
const MOST = 4000;

/**
 * The same function, which remembers what came of the last few thousand texts. For functions of the text alone whose outcome nobody changes:
 * a runbook says the same thing many times, and one that is being edited says it again with every key.
 */
export function rememberByText<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const result = read(text);
    if (known.size >= MOST) known.clear();
    known.set(text, result);
    return result;
  };
}
