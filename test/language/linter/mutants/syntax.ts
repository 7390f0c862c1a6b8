import { single } from './mutation.js';
import type { Mutation } from './mutation.js';

const TITLE = 'title: Reload the server';

/** Of the rotation of certificates: what is wrong with a text before any rule of the language sees it. */
export const OF_SYNTAX: readonly Mutation[] = single([
  ['yaml-syntax', TITLE, 'title: "Reload the server'],
  ['yaml-directive', '# Replaces', '%YAML 1.1\n---\n# Replaces'],
  ['yaml-documents', 'finally:', '---\nfinally:'],
  ['yaml-tag', 'when: run.failed', 'when: !run.failed'],
  ['unquoted-value', TITLE, 'title: >Reload the server'],
  ['unquoted-template', "args: ['${{ host.service }}']", 'args: [${{ host.service }}]'],
  ['explicit-key', 'finally:\n', '? finally\n:\n'],
  ['too-large', TITLE, `title: ${'x'.repeat(4 * 1024 * 1024)}`],
  ['too-deep', TITLE, `title: ${'['.repeat(80)}`],
  ['too-many-keys', 'inputs:\n', `inputs:\n${Array.from({ length: 5_001 }, (_, at) => `  i${String(at)}: { type: string }\n`).join('')}`],
  ['too-many-aliases', 'tags: [certificates', `tags: [&a certificates${', *a'.repeat(25)}`],
  ['undefined-anchor', 'when: run.failed', 'when: *failed'],
  ['byte-order-mark', '# Replaces', '\uFEFF# Replaces'],
  ['invisible-character', TITLE, 'title: Reload\u200B the server'],
  ['invisible-character', TITLE, 'title: "Reload\\u202E the server"'],
  ['lone-carriage-return', TITLE, 'title: Reload\r the server'],
  ['control-character', TITLE, 'title: Reload\u0007 the server'],
  ['control-character', TITLE, 'title: "Reload\\x1b[2K the server"'],
  ['unknown-key', 'timeout: 5m', 'timout: 5m'],
  ['missing-key', '        run: systemctl reload "$1"\n', ''],
  ['duplicate-key', 'timeout: 5m', 'timeout: 5m\n        timeout: 6m'],
  ['keys-exclude-each-other', 'run: systemctl reload "$1"', 'manual: Reload it.\n        run: systemctl reload "$1"'],
  ['reserved-key', 'inputs:\n', 'inputs:\n  __proto__: { type: string }\n'],
  ['merge-key', 'timeout: 5m', '<<: { timeout: 5m }'],
  ['wrong-name', '- id: reload', '- id: Reload'],
  ['wrong-kind', 'timeout: 5m', 'timeout: [5m]'],
  ['wrong-form', 'hosts: 2..', 'hosts: some'],
  ['unknown-value', 'type: integer, default: 30', 'type: number, default: 30'],
  ['reads-as-number', 'match: exit code 1', 'match: 1.10'],
  ['out-of-range', 'serial: 1', 'serial: 0'],
  ['too-few', 'effects: [backup]', 'effects: []'],
  ['cut-by-comment', 'when: run.failed', 'when: run.failed #1'],
]);
