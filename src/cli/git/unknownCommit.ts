import type { Git } from './runGit.js';

/** What to say of a name that means no commit here, with what helps: only what can be fetched under that name is told to be fetched. */
export async function unknownCommit(git: Git, name: string): Promise<string> {
  if (name.trim() === '') return 'The name of a commit is empty; write a branch, a tag or a commit.';
  if (/^(?:HEAD|@)(?![\w.])/.test(name) && !(await succeeds(git, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])))
    return `${name} is no commit, because this repository has none yet. Commit something first.`;
  const unknown = `${name} is no commit that is known here.`;
  const start = name.split(/[~^:]|@\{/, 1)[0] ?? '';
  if (start !== name) return stepsBack(git, start || 'HEAD', unknown);
  if (/^[0-9a-f]{7,39}$/.test(name)) return `${unknown} Write it with all of its digits, or fetch the branch that it is on.`;
  const remotes = await linesOf(git, ['remote']);
  const remote = remotes.find((one) => name.startsWith(`${one}/`));
  const wanted = remote === undefined ? name : name.slice(remote.length + 1);
  const server = remote ?? (remotes.includes('origin') ? 'origin' : remotes[0]);
  if (server === undefined || !/^\w[\w./+-]*$/.test(wanted) || wanted.includes('..'))
    return `${unknown} Look at how it is spelt: git branch --all and git tag list the names.`;
  const then = remote !== undefined || /^[0-9a-f]{40,64}$/.test(wanted) ? '' : ` If it is a branch, name it ${server}/${wanted} then.`;
  return `${unknown} Fetch it first: git fetch ${server} ${wanted}.${then}`;
}

/** `main~3`: either there is no `main`, or its history is not here. */
async function stepsBack(git: Git, start: string, unknown: string): Promise<string> {
  if (!(await succeeds(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${start}^{commit}`])))
    return unknownCommit(git, start);
  const shallow = (await linesOf(git, ['rev-parse', '--is-shallow-repository']))[0] === 'true';
  return shallow ? `${unknown} Fetch more history: git fetch --unshallow.` : `${unknown} Look at its history: git log ${start}.`;
}

async function succeeds(git: Git, words: readonly string[]): Promise<boolean> {
  return (await git.ask(words)).code === 0;
}

async function linesOf(git: Git, words: readonly string[]): Promise<readonly string[]> {
  const { code, out } = await git.ask(words);
  return code === 0
    ? out
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}
