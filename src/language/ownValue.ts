/** What a table says of a name that an author wrote: `constructor` and the like are in every object, and in no table. */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
