import assert from 'node:assert/strict';
import { shellScriptsOf } from '../../../../src/language/index.js';
import { serviceOver } from '../../../support/language/service.js';

/** `shell: script`, in order of place. */
function scriptsOf(text: string): readonly string[] {
  const document = serviceOver({}).parseRunbook('/a.runbook.yaml', text);
  assert.notEqual(document.value, undefined, JSON.stringify(document.diagnostics));
  return shellScriptsOf(document).map(
    (script) => `${script.shell}: ${script.text}${script.env.length === 0 ? '' : ` (${script.env.join()})`}`,
  );
}

const HEAD = `runbook: v1
id: a
title: A
roles:
  server: { hosts: 1 }
`;

/** Roles whose hosts run scripts with other shells. */
const OTHERS = `  desk: { hosts: 1, platforms: [windows] }
  either: { hosts: 1, platforms: [linux, windows] }
  apple: { hosts: 1, platforms: [macos] }
`;

describe('shell scripts of a runbook', () => {
  it('are found wherever one may stand', () => {
    const text = `${HEAD}facts:
  version: { title: Version, read: { command: { run: fact } }, on: server, type: string }
prerequisites:
  - { id: p, title: P, on: server, check: { command: { run: prerequisite } } }
steps:
  - id: s
    title: S
    on: server
    run: step
    env: { NAME: x, run: 'not a script' }
    unless: { any: [{ command: { run: unless, shell: bash } }, { not: { command: { run: nested } } }] }
    verify: { command: { run: verify } }
    undo: { run: undo }
    on_failure: { remedies: [{ title: R, run: remedy }] }
  - id: m
    title: M
    on: server
    methods: { one: { run: method }, two: { manual: do it } }
  - { id: r, title: R, on: server, reboot: { command: reboot, back_when: { command: { run: back } } } }
  - { id: u, title: U, on: server, use: '#proc' }
  - { id: v, title: V, on: server, use: '#proc' }
finally:
  - { id: f, title: F, on: server, run: last }
procedures:
  proc: [{ id: x, title: X, run: procedure }]
  unused: [{ id: y, title: Y, run: unused }]
`;
    const found = scriptsOf(text);
    assert.deepEqual(found, [
      'sh: fact',
      'sh: prerequisite',
      'sh: step (NAME,run)',
      'bash: unless',
      'sh: nested',
      'sh: verify',
      'sh: undo',
      'sh: remedy',
      'sh: method',
      'sh: reboot',
      'sh: back',
      'sh: last',
      'sh: procedure',
      'sh: unused',
    ]);
  });

  it('are none that PowerShell runs, somewhere or everywhere', () => {
    const text = `${HEAD}${OTHERS}steps:
  - { id: a, title: A, on: desk, run: windows }
  - { id: b, title: B, on: either, run: both }
  - { id: c, title: C, on: desk, run: said, shell: powershell }
  - { id: d, title: D, on: [server, apple], run: posix }
  - { id: e, title: E, on: desk, run: bash on windows, shell: bash }
  - { id: f, title: F, on: either, shell: bash, env: { V: 1 }, run: { linux: on linux, windows: on windows } }
  - { id: g, title: G, on: apple, run: { macos: on macos } }
  - { id: h, title: H, on: desk, from: local, run: here }
  - { id: i, title: I, on: desk, from: server, run: there }
  - { id: j, title: J, on: desk, once: true, run: once on windows }
  - { id: k, title: K, on: desk, use: '#proc' }
  - { id: l, title: L, on: server, use: '#proc' }
  - { id: m, title: M, on: server, once: true, run: once on linux }
procedures:
  proc: [{ id: x, title: X, run: on both }]
  unused: [{ id: y, title: Y, run: on whatever uses it }]
`;
    assert.deepEqual(scriptsOf(text), [
      'sh: posix',
      'bash: bash on windows',
      'bash: on linux (V)',
      'sh: on macos',
      'sh: here',
      'sh: there',
      'sh: once on linux',
    ]);
  });

  it('are none of a runbook without its proper shape', () => {
    assert.deepEqual(shellScriptsOf(serviceOver({}).parseRunbook('/a.runbook.yaml', 'steps: 1\n')), []);
  });
});
