import { spawnSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LintTree, runbook, SOUND } from './linting.js';

/** What stands in a file beside the tree, and must be seen nowhere. */
export const CANARY = 'canary-of-the-tests';

/** Names that a shell, a terminal or a build server would take for something else. */
export const HOSTILE_NAMES = [
  'new\nline.runbook.yaml',
  'a\n::error::x.runbook.yaml',
  '%0A::set-output name=x::y.runbook.yaml',
  '\u001b[2J\u001b]0;title\u0007.runbook.yaml',
  '$(touch pwned).runbook.yaml',
  '`touch pwned`; touch pwned #.runbook.yaml',
  '--fix.runbook.yaml',
  '"\'<b>&.runbook.yaml',
  '\u202egpj.runbook.yaml',
] as const;

const use = (id: string, target: string): string => runbook(id, `  - { id: all, title: All, use: "${target}" }\n`);

/** Files of a pull request that is up to no good, by path. Each has an error of its own. */
const FILES: Readonly<Record<string, string>> = {
  'passwd.runbook.yaml': use('passwd', '../../../../../../../../etc/passwd'),
  'above.runbook.yaml': use('above', '../beside/secret.runbook.yaml'),
  'absolute.runbook.yaml': use('absolute', '/etc/secret.runbook.yaml'),
  'address.runbook.yaml': use('address', 'http://127.0.0.1:9/secret.runbook.yaml'),
  'file_address.runbook.yaml': use('file_address', 'file:///etc/secret.runbook.yaml'),
  'linked.runbook.yaml': use('linked', './folder/secret.runbook.yaml'),
  'device_user.runbook.yaml': use('device_user', './zero.runbook.yaml'),
  'circle.runbook.yaml': use('circle', './circle.runbook.yaml'),
  'bomb.runbook.yaml': `runbook: v1\n${Array.from({ length: 30 }, (_, i) => `a${String(i)}: &a${String(i)} [${`*a${String(i - 1)}, `.repeat(i === 0 ? 0 : 9)}x]\n`).join('')}`,
  'deep.runbook.yaml': `runbook: v1\nsteps: ${'['.repeat(50_000)}\n`,
  'wide.runbook.yaml': `runbook: v1\n${Array.from({ length: 20_000 }, (_, i) => `k${String(i)}: 1\n`).join('')}`,
  'prototype.runbook.yaml': `${runbook('prototype', SOUND)}__proto__: { polluted: true }\nconstructor: { prototype: {} }\n`,
  'tags.runbook.yaml': `${runbook('tags', SOUND)}inputs: !!js/function "function () { return process.exit(7); }"\n`,
  'expression.runbook.yaml': runbook('expression', '  - { id: x, title: X, on: app, run: uptime, timeout: 1m, when: "process.exit(7)" }\n'),
  'pattern.runbook.yaml': runbook(
    'pattern',
    `  - { id: x, title: X, on: app, run: uptime, timeout: 1m, answers: [ { prompt: '(a+)+$', answer: y } ] }\n`,
  ),
};

/** Not wrong by themselves: texts that lead elsewhere, and files that tools take settings from. */
const BAIT: Readonly<Record<string, string>> = {
  'image.runbook.yaml': `${runbook('image', SOUND).replace('title: Look', 'title: "![x](../../../etc/passwd) ![y](http://127.0.0.1:9/y.png)"')}`,
  'package.json': '{"type":"module","runbook":{"plugins":["./evil.mjs"]},"imports":{"#x":"./evil.mjs"}}',
  'evil.mjs': 'import { writeFileSync } from "node:fs"; writeFileSync("pwned", ""); process.exit(7);\n',
  'node_modules/yaml/index.js': 'process.exit(7);\n',
  '.shellcheckrc': 'external-sources=true\n',
  '.npmrc': 'node-options=--import=./evil.mjs\n',
};

/** The configuration of that pull request. */
export const HOSTILE_CONFIGURATION = 'plugins: [ ./evil.mjs ]\nextends: http://127.0.0.1:9/lint.yaml\nrules: { undefined-role: off }\n';

/** A tree as a hostile pull request would bring it: {@link LintTree.path} `tree` is what is linted, and `beside` lies outside of it. */
export async function hostileTree(): Promise<LintTree> {
  const around = await LintTree.with({
    'beside/secret.runbook.yaml': runbook('secret', SOUND).replace('Look', CANARY),
    'tree/.git/HEAD': '',
  });
  const tree = around.path('tree');
  for (const [name, text] of Object.entries({ ...FILES, ...BAIT, '.runbook-lint.yaml': HOSTILE_CONFIGURATION }))
    await around.write(`tree/${name}`, text);
  for (const name of HOSTILE_NAMES) await around.write(`tree/names/${name}`, runbook('named', SOUND).replace('on: app', 'on: nowhere'));
  await symlink('../beside', join(tree, 'folder'));
  await symlink('../beside/secret.runbook.yaml', join(tree, 'out.runbook.yaml'));
  await symlink('/etc/passwd', join(tree, 'passwd_link.runbook.yaml'));
  await symlink('/dev/zero', join(tree, 'zero.runbook.yaml'));
  await symlink('loop.runbook.yaml', join(tree, 'loop.runbook.yaml'));
  await mkdir(join(tree, 'sub'));
  await symlink('/etc/passwd', join(tree, 'sub/.runbook-lint.yaml'));
  await writeFile(join(tree, 'sub/a.runbook.yaml'), runbook('a', SOUND));
  const pipe = spawnSync('mkfifo', [join(tree, 'pipe.runbook.yaml')]);
  if (pipe.status !== 0) throw new Error('mkfifo is missing');
  return around;
}

/** Files of the tree that have an error each. */
export const HOSTILE_FILES: readonly string[] = [
  ...Object.keys(FILES),
  ...HOSTILE_NAMES.map((name) => `names/${name}`),
  ...['out', 'passwd_link', 'zero', 'loop', 'pipe'].map((name) => `${name}.runbook.yaml`),
  '.runbook-lint.yaml',
];
