import type { Revision } from './git.js';

/** A line of the list from which a person picks what to compare with. */
export interface Choice {
  readonly label: string;
  readonly description: string;
  /** Undefined: a file that is asked for next. */
  readonly revision: string | undefined;
}

/** Names that usual trunks have, the likeliest first. */
const TRUNKS = ['main', 'master', 'origin/main', 'origin/master'];

const ORDER: readonly Revision['kind'][] = ['branch', 'remote branch', 'tag'];

/** What a runbook may be compared with: the last commit, the trunk, the other branches, tags, and last of all some file. */
export function choicesOf(revisions: readonly Revision[], branch: string | undefined): readonly Choice[] {
  const rank = ({ name, kind }: Revision): number => {
    const trunk = TRUNKS.indexOf(name);
    return kind === 'tag' || trunk < 0 ? TRUNKS.length + ORDER.indexOf(kind) : trunk;
  };
  const named = revisions
    .filter(({ name }) => name !== '' && !name.startsWith('-') && !name.endsWith('/HEAD'))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, kind, commit }) => ({
      label: name,
      description: [kind, commit?.slice(0, 8)].filter((part) => part !== undefined).join(', '),
      // A tag and a branch may have one name.
      revision: kind === 'tag' ? `refs/tags/${name}` : kind === 'branch' ? `refs/heads/${name}` : `refs/remotes/${name}`,
    }));
  return [
    { label: 'HEAD', description: `the last commit${branch === undefined ? '' : ` of ${branch}`}`, revision: 'HEAD' },
    ...named,
    ANOTHER_FILE,
  ];
}

/** Where there is no repository, it is the only choice. */
export const ANOTHER_FILE: Choice = { label: 'A file…', description: 'another version of the runbook', revision: undefined };
