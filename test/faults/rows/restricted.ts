import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { hostileTree } from '../../support/hostileTree.js';
import type { LintTree } from '../../support/linting.js';
import { lacksStrace, traced } from '../means/tracedProgram.js';
import { trapTree } from '../means/trapTree.js';
import type { FaultCase, OpenRow, Row, Verdict } from '../row.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.mjs');

/** A command line, and the programs that it says it starts: git is asked for the texts of commits. */
interface Look {
  readonly words: readonly string[];
  readonly starts?: readonly string[];
  /** Exit codes it may have; a look that only fails proves nothing. */
  readonly codes: readonly number[];
}

const PLAN = ['plan', 'trap.runbook.yaml', '--inventory', 'trap.inventory.yaml'];
const AT_TRAP: readonly Look[] = [
  { words: [], codes: [2] },
  { words: ['--help'], codes: [0] },
  { words: ['--version'], codes: [0] },
  { words: ['lint'], codes: [0, 1] },
  ...['json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'].map((format) => ({ words: ['lint', '--format', format], codes: [0, 1] })),
  { words: ['lint', 'trap.runbook.yaml', '--profile', 'strict'], codes: [0, 1] },
  { words: PLAN, codes: [0] },
  { words: [...PLAN, '--json'], codes: [0] },
  {
    words: [...PLAN, '--set', 'name=$(touch mark)', '--fact', 'page=x', '--fact', 'leads@victim=true', '--fact', 'leads@other=false'],
    codes: [0],
  },
  { words: ['plan', 'trap.runbook.yaml', '--variants'], codes: [0, 1] },
  { words: ['diff', 'before.runbook.yaml', 'trap.runbook.yaml'], codes: [0, 1] },
  { words: ['diff', 'before.runbook.yaml', 'trap.runbook.yaml', '--inventory', 'trap.inventory.yaml', '--format', 'json'], codes: [0, 1] },
  { words: ['diff', 'HEAD~1..HEAD'], starts: ['git'], codes: [0, 1] },
  { words: ['lint', '--changed-since', 'HEAD~1'], starts: ['git'], codes: [0, 1] },
  { words: ['runs', '--state-dir', 'STATE'], codes: [0] },
  { words: ['journal', 'verify', '--state-dir', 'STATE'], codes: [0, 3] },
  { words: ['journal', 'export', 'none', '--state-dir', 'STATE'], codes: [2] },
];
const AT_HOSTILE: readonly Look[] = [
  { words: ['lint'], codes: [1] },
  { words: ['lint', '--format', 'sarif'], codes: [1] },
  ...[
    'passwd',
    'above',
    'absolute',
    'address',
    'linked',
    'device_user',
    'circle',
    'bomb',
    'deep',
    'wide',
    'prototype',
    'tags',
    'expression',
    'pattern',
    'image',
  ].map((name) => ({ words: ['plan', `${name}.runbook.yaml`, '--inventory', '../trap.inventory.yaml'], codes: [0, 2] })),
];

export const restricted: Row = {
  id: 'restricted',
  title:
    'every command that only looks, and all that the editor does with a folder nobody trusts, watched by strace on a folder full of traps and on a hostile tree; the window itself is tried by test/e2e/window/trust.test.ts',
  must: 'no program started (git where commits are named), no socket, no question to a name server, nothing left behind',
  cases: { pr: AT_TRAP.length + AT_HOSTILE.length + 2, nightly: AT_TRAP.length + AT_HOSTILE.length + 2 },
  concurrency: 2,
  missing: () => Promise.resolve(existsSync(CLI) ? lacksStrace() : 'the command line is not built: npm run build'),
  open: async () => {
    const work = mkdtempSync(join(tmpdir(), 'runbook-restricted-'));
    const looker = join(work, 'looksOnly.cjs');
    await build({
      entryPoints: [join(import.meta.dirname, '../means/looksOnly.ts')],
      outfile: looker,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logOverride: { 'empty-import-meta': 'silent' },
      logLevel: 'error',
      loader: { '.node': 'empty' },
      external: ['@lydell/node-pty', 'cpu-features'],
    });
    return new Restricted(work, looker, trapTree(), await hostileTree());
  },
};

class Restricted implements OpenRow {
  constructor(
    private readonly work: string,
    private readonly looker: string,
    private readonly trap: string,
    private readonly hostile: LintTree,
  ) {
    mkdirSync(join(work, 'home'));
  }

  run({ index }: FaultCase): Promise<Verdict> {
    const look = AT_TRAP[index];
    if (look !== undefined) return this.#command(this.trap, look);
    const hostile = AT_HOSTILE[index - AT_TRAP.length];
    const tree = this.hostile.path('tree');
    if (hostile !== undefined) return this.#command(tree, hostile);
    const folder = index === AT_TRAP.length + AT_HOSTILE.length ? this.trap : tree;
    return this.#judged(
      folder,
      `the editor in ${folder === tree ? 'the hostile tree' : 'the trap'}`,
      [this.looker, folder, join(this.work, 'state')],
      { words: [], codes: [0] },
    );
  }

  async close(): Promise<void> {
    rmSync(this.work, { recursive: true, force: true, maxRetries: 10 });
    rmSync(this.trap, { recursive: true, force: true, maxRetries: 10 });
    await this.hostile.remove();
  }

  #command(folder: string, look: Look): Promise<Verdict> {
    const words = look.words.map((word) =>
      word === 'STATE' ? join(this.work, 'state') : word.replace('../trap.inventory.yaml', join(this.trap, 'trap.inventory.yaml')),
    );
    return this.#judged(folder, `runbook ${look.words.join(' ')}`, [CLI, ...words], look);
  }

  async #judged(folder: string, name: string, program: readonly string[], look: Look): Promise<Verdict> {
    const before = readdirSync(folder).length;
    const env = {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: join(this.work, 'home'),
      XDG_CACHE_HOME: join(this.work, 'cache'),
      TRAP_TOKEN: 'x',
      LC_ALL: 'C',
    };
    const { code, err, started, sockets } = await traced([process.execPath, ...program], folder, env);
    const strange = started.filter((program) => look.starts?.includes(program) !== true);
    if (strange.length > 0) return { kind: 'broken', what: `${name} started ${strange.join(', ')}` };
    if (sockets.length > 0) return { kind: 'broken', what: `${name} made a socket: ${sockets.slice(0, 3).join(' ')}` };
    if (readdirSync(folder).length !== before) return { kind: 'broken', what: `${name} left something behind` };
    if (existsSync(join(this.work, 'state'))) return { kind: 'broken', what: `${name} made the directory of runs` };
    if (code === null || !look.codes.includes(code))
      return { kind: 'broken', what: `${name} ended with ${String(code)}: ${err.slice(0, 500)}` };
    return { kind: 'held', measured: { commands: 1 } };
  }
}
