import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the pages of capabilities and threats say of each number, by how rules cite it: `capability 37`, `threat T12`. */
export function citations(root: string): ReadonlyMap<string, { readonly title: string; readonly link: string }> {
  const capabilities = readFileSync(join(root, 'docs', 'capabilities.md'), 'utf8');
  const threats = readFileSync(join(root, 'docs', 'threats.md'), 'utf8');
  return new Map<string, { readonly title: string; readonly link: string }>([
    ...[...capabilities.matchAll(/^\| (\d+) \| (.*?) \| /gm)].map(
      ([, row = '', title = '']) => [`capability ${row}`, { title, link: '../capabilities.md' }] as const,
    ),
    ...[...threats.matchAll(/^## (T\d+)\n\n\*\*(.*?)\*\*/gm)].map(
      ([, id = '', title = '']) => [`threat ${id}`, { title, link: `../threats.md#${id.toLowerCase()}` }] as const,
    ),
  ]);
}
