/** Names of all secrets that a part of a runbook sees, in order. */
export function secretsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  collect(value, '', '', found);
  return [...found].sort();
}

function collect(value: unknown, key: string, above: string, found: Set<string>): void {
  if (typeof value === 'string') {
    if ((key === 'secret' && above === 'login') || (key === 'password' && above === 'become')) found.add(value);
    for (const [, name = ''] of value.matchAll(/\bsecrets\.([a-z_]\w*)/g)) found.add(name);
  } else if (Array.isArray(value)) for (const item of value) collect(item, key, above, found);
  else if (typeof value === 'object' && value !== null)
    for (const [member, inner] of Object.entries(value)) collect(inner, member, key, found);
}
