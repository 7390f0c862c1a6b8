import type { Change } from '../../review/index.js';
import type { Examined } from './examine.js';
import type { DocumentPair } from './pairs.js';
import type { Side } from './sides.js';

/** Documents that are new as symbolic links or submodules: they are not followed, so what they mean is told of as not known. */
export function specialChanges(old: Side, now: Side, pairs: readonly DocumentPair[]): Examined[] {
  return [...now.special]
    .filter(([file, target]) => old.special.get(file) !== target)
    .map(([file]) => {
      const change: Change = {
        kind: 'document-unreadable',
        danger: 'dangerous',
        what: 'this is a symbolic link or a submodule, and is not read: look at what it leads to',
        where: { new: { file: `/${file}`, range: { start: 0, end: 0 } } },
        about: '',
      };
      const gone = pairs.find((pair) => pair.old === file);
      const pair = { kind: gone?.kind ?? 'runbook', old: gone === undefined ? undefined : file, now: file } as const;
      return { pair, title: file.split('/').at(-1) ?? file, difference: { changes: [change], limits: [] } };
    });
}
