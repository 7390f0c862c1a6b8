import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the build of the command line reads. */
const SOURCES = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'tsconfig.base.json', 'scripts', 'src'];

/**
 * Builds the command line of a checkout that has nothing installed, with no more packages than it takes, in the versions of the lockfile. None of their
 * scripts runs. It is put into `dist/` whole: who is interrupted, or builds at the same time, leaves no half of it.
 * @param {string} root the checkout
 */
export async function buildCommandLine(root) {
  const place = mkdtempSync(join(root, '.building-'));
  try {
    for (const source of SOURCES) cpSync(join(root, source), join(place, source), { recursive: true });
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const bundler = `esbuild@${lock.packages['node_modules/esbuild'].version}`;
    const options = [
      '--omit=dev',
      '--save-prod',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
    ];
    run(place, 'npm', ['install', ...options, bundler]);
    run(place, process.execPath, ['scripts/build.mjs', 'cli']);
    takeOver(join(place, 'dist'), join(root, 'dist'));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * @param {string} built
 * @param {string} wanted
 */
function takeOver(built, wanted) {
  try {
    renameSync(built, wanted);
  } catch (error) {
    if (!existsSync(join(wanted, 'cli.mjs'))) throw error;
  }
}

/**
 * @param {string} cwd
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(cwd, program, args) {
  // npm is a script file on Windows, which only a shell starts.
  const shell = process.platform === 'win32' && program === 'npm';
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (status === 0) return;
  console.error(`runbook: the command line could not be built: ${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
  console.error('It needs npm and, this once, the npm registry. docs/pull-requests.md shows a hook that takes the built package instead.');
  process.exit(1);
}
