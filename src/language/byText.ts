/** Remembers what came of the last text of each file, of so many files. */
export function byText<Result>(most: number, read: (file: string, text: string) => Result): (file: string, text: string) => Result {
  const remembered = new Map<string, { text: string; result: Result }>();
  return (file, text) => {
    const known = remembered.get(file);
    if (known?.text === text) return known.result;
    const result = read(file, text);
    remembered.delete(file);
    remembered.set(file, { text, result });
    const oldest = remembered.keys().next();
    if (remembered.size > most && oldest.done !== true) remembered.delete(oldest.value);
    return result;
  };
}
