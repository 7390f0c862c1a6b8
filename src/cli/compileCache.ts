import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * Lets Node keep the compiled form of this program among the user's caches, where Node can (22.8 and later): later starts take half the time.
 * Never within the folder the command is called in, which may be somebody else's. Set `NODE_DISABLE_COMPILE_CACHE` to go without it.
 */
export function rememberCompiled(env: Readonly<Record<string, string | undefined>>, cwd: string): void {
  const folder = cacheFolder(env, process.platform);
  if (folder === undefined) return;
  const way = relative(resolve(cwd), folder);
  if (!way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
  enableCompileCache?.(folder);
}

/** Where caches of this program belong; undefined when the user has no home. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  const named = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  const home = homeOf();
  const usual = platform === 'darwin' ? 'Library/Caches' : platform === 'win32' ? 'AppData/Local' : '.cache';
  const caches = named !== undefined && isAbsolute(named) ? named : home === undefined ? undefined : join(home, usual);
  return caches === undefined ? undefined : join(caches, 'runbook-studio', 'compiled');
}

function homeOf(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}
