import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, normalize } from 'node:path';
import { CANARY, hostileTree } from '../support/hostileTree.js';
import { HASTY, LintTree, runbook, SOUND } from '../support/linting.js';

const root = join(import.meta.dirname, '../..');
const CALLS = [
  'execve',
  'execveat',
  'connect',
  'socket',
  'bind',
  'open',
  'openat',
  'openat2',
  'creat',
  'rename',
  'renameat',
  'renameat2',
  'unlink',
  'unlinkat',
  'mkdir',
  'mkdirat',
  'symlink',
  'symlinkat',
  'link',
  'linkat',
] as const;

/** What Node itself opens, whatever program it runs: its libraries, what the kernel tells about the process, its own settings. */
const OF_NODE: readonly RegExp[] = [
  /^\/(?:usr\/)?lib(?:64|32)?\/(?:[a-z0-9_-]+-linux-[a-z]+\/)?(?:glibc-hwcaps\/[^/]+\/)?(?:lib[\w.+-]+\.so[\d.]*|ld-[\w.-]+)$/,
  /^\/etc\/ld\.so\.(?:cache|preload)$/,
  /^\/etc\/ssl\/openssl\.cnf$|^\/usr\/(?:local\/)?lib\/ssl\/openssl\.cnf$|^\/usr\/(?:local\/)?ssl\/openssl\.cnf$/,
  /^\/proc\/(?:meminfo|cpuinfo|stat|version_signature|self\/(?:maps|cgroup|stat|status|exe|mountinfo)|sys\/vm\/overcommit_memory)$/,
  /^\/sys\/fs\/cgroup\/[\w./:-]+\/?(?:memory|cpu)[\w.]+$/,
  /^\/sys\/devices\/system\/cpu\/(?:online|possible|cpu\d+\/[\w./]+)$/,
  /^\/sys\/kernel\/mm\/transparent_hugepage\/enabled$/,
  /^\/dev\/(?:null|urandom)$/,
  /^\/etc\/localtime$|^\/usr\/share\/zoneinfo\/[\w/+-]+$/,
];

/** A system call as strace writes it, with its texts decoded. */
interface Call {
  readonly name: string;
  readonly texts: readonly string[];
  readonly line: string;
}

function callsIn(trace: string): readonly Call[] {
  const started = trace.split('\n').filter((line) => /^\d+ +[a-z0-9_]+\(/.test(line));
  return started.map((line) => ({
    name: /^\d+ +([a-z0-9_]+)\(/.exec(line)?.[1] ?? '',
    texts: [...line.matchAll(/"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/g)].map(([, hex = '', cut]) => {
      assert.equal(cut, undefined, 'strace shows whole texts');
      return Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString('utf8');
    }),
    line,
  }));
}

/** Whether this machine lets one process watch another. */
function canTrace(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
}

describe('a hostile pull request, watched by strace', function () {
  this.timeout(120_000);
  let around: LintTree;
  before(async function () {
    if (!canTrace()) {
      console.warn('SKIPPED: strace is missing or may not watch here, so nobody looked which files the linter opens.');
      this.skip();
    }
    assert.ok(existsSync(join(root, 'dist/cli.mjs')), 'run `npm run build` first');
    around = await hostileTree();
    // So many that the work is shared among threads.
    for (let i = 0; i < 150; i++) await around.write(`tree/many/${String(i)}.runbook.yaml`, runbook(`many_${String(i)}`, SOUND));
  });
  after(() => around?.remove());

  function traced(
    folder: string,
    ...words: readonly string[]
  ): { readonly calls: readonly Call[]; readonly status: number | null; readonly out: string } {
    const log = around.path('trace');
    const env = {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      HOME: around.path('home'),
      XDG_CACHE_HOME: around.path('cache'),
      LC_ALL: 'C',
    };
    const command = [process.execPath, join(root, 'dist/cli.mjs'), ...words];
    const { status, stdout } = spawnSync('strace', ['-f', '-xx', '-s', '65536', '-o', log, '-e', `trace=${CALLS.join(',')}`, ...command], {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { calls: callsIn(readFileSync(log, 'utf8')), status, out: stdout };
  }

  const isOurs = (path: string): boolean =>
    path === process.execPath ||
    path === join(root, 'dist/cli.mjs') ||
    path.startsWith(join(root, 'dist/cli/')) ||
    path.startsWith(around.path('cache/runbook-studio/compiled'));

  function strange({ name, texts: [path = ''], line }: Call): boolean {
    if (!/^open|^creat/.test(name)) return true;
    const tree = around.path('tree');
    const whole = normalize(path.startsWith('/') ? path : join(tree, path));
    if (isOurs(whole) || OF_NODE.some((known) => known.test(whole))) return false;
    if (whole !== tree && !whole.startsWith(`${tree}/`)) return true;
    return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(line);
  }

  it('starts nothing, connects to nothing, writes nothing and opens nothing outside of the tree', () => {
    const { calls, status, out } = traced(around.path('tree'), 'lint', '--format', 'github');
    assert.equal(status, 1);
    assert.match(out, /unreadable-file/);
    const [start, ...rest] = calls;
    assert.equal(start?.name, 'execve');
    assert.equal(start.texts[0], process.execPath);
    assert.ok(
      rest.some(({ texts }) => texts[0]?.endsWith('/tree/passwd.runbook.yaml') === true),
      'the trace shows what is opened',
    );
    assert.deepEqual(
      rest.filter((call) => strange(call) && !isCache(call)).map(({ name, texts }) => `${name} ${JSON.stringify(texts)}`),
      [],
    );
    assert.doesNotMatch(out, new RegExp(CANARY));
  });

  it('opens no pipe, no device and no link that leads out, not even to look', () => {
    const { calls } = traced(around.path('tree'), 'lint');
    const opened = calls.filter(({ name }) => /^open|^creat/.test(name)).map(({ texts }) => texts[0] ?? '');
    for (const name of ['pipe', 'zero', 'out', 'passwd_link', 'loop'])
      assert.ok(!opened.some((path) => path.endsWith(`/${name}.runbook.yaml`)), name);
    assert.ok(!opened.some((path) => path.includes('/beside/') || path.includes('/folder/')));
  });

  it('starts git and ShellCheck when it is told to, and nothing else', async () => {
    const tree = await LintTree.with({
      'a.runbook.yaml': runbook('a', SOUND),
      '.gitattributes': '*.yaml diff=evil filter=evil\n',
      'evil.sh': '#!/bin/sh\nexit 1\n',
    });
    try {
      tree.git('init', '--quiet');
      tree.commit();
      for (const key of ['diff.evil.textconv', 'filter.evil.clean', 'core.fsmonitor', 'core.sshCommand'])
        tree.git('config', key, 'sh evil.sh');
      await tree.write('a.runbook.yaml', runbook('a', SOUND, HASTY));
      const { calls, status } = traced(tree.folder, 'lint', '--changed-since', 'HEAD', '--shellcheck');
      assert.equal(status, 1);
      const started = calls.filter(({ name }) => name.startsWith('exec')).map(({ texts }) => basename(texts[0] ?? ''));
      assert.deepEqual([...new Set(started)].sort(), [basename(process.execPath), 'git', 'shellcheck'].sort());
      assert.deepEqual(
        calls.filter(({ name }) => name === 'connect').map(({ line }) => line),
        [],
      );
    } finally {
      await tree.remove();
    }
  });

  it('would notice: a program that opens a file elsewhere and starts another one is strange', () => {
    const log = around.path('trace');
    const script = "require('node:fs').readFileSync('/etc/passwd'); require('node:child_process').spawnSync('true')";
    spawnSync('strace', ['-f', '-xx', '-s', '65536', '-o', log, '-e', `trace=${CALLS.join(',')}`, process.execPath, '-e', script], {
      cwd: around.path('tree'),
    });
    const found = callsIn(readFileSync(log, 'utf8')).slice(1).filter(strange);
    assert.ok(found.some(({ texts }) => texts[0] === '/etc/passwd'));
    assert.ok(found.some(({ name }) => name === 'execve'));
  });

  /** Node keeps the compiled form of the program where the user's caches are. */
  function isCache({ name, texts }: Call): boolean {
    const paths = texts.filter((text) => text.startsWith('/'));
    return /^(?:mkdir|rename|unlink)/.test(name) && paths.length > 0 && paths.every((path) => path.startsWith(around.path('cache')));
  }
});
