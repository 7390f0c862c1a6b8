import assert from 'node:assert/strict';
import type { DocumentSymbol } from '../../../src/language/index.js';
import { serviceOver } from '../../support/language/service.js';

function tree(text: string, file = '/a.runbook.yaml'): readonly string[] {
  const lines = (symbols: readonly DocumentSymbol[], indent: string): readonly string[] =>
    symbols.flatMap(({ kind, name, detail, range, selection, children }) => {
      assert.ok(range.start <= selection.start && selection.end <= range.end && range.end <= text.length, name);
      return [`${indent}${kind} ${name}${detail === '' ? '' : ` (${detail})`}`, ...lines(children, `${indent}  `)];
    });
  return lines(serviceOver({}).documentSymbols(file, text), '');
}

describe('the symbols of a document', () => {
  it('are the parts of a runbook with what they declare, phases and steps', () => {
    const text = `runbook: v1
title: Shop
inputs: { target: { type: version, title: Version } }
roles:
  web: { hosts: 1, vars: { url: url } }
advisories: [ { id: ports, severity: note, title: Ports, text: x } ]
procedures:
  stage: [ { id: upload, run: x } ]
steps:
  - id: first
    title: The first phase
    steps:
      - { id: stop, title: Stop it, service: { name: a, state: stopped } }
next: [ { use: other.runbook.yaml } ]
`;
    assert.deepEqual(tree(text), [
      'part inputs',
      '  input target (Version)',
      'part roles',
      '  role web',
      'part advisories',
      '  advisory ports (Ports)',
      'part procedures',
      '  procedure stage (steps)',
      '    step upload (run)',
      'part steps',
      '  phase The first phase (steps)',
      '    step Stop it (service)',
      'part next',
      '  item other.runbook.yaml',
    ]);
  });

  it('are hosts, roles and values of an inventory', () => {
    const text = 'inventory: v1\nhosts: { a: { address: x } }\nroles: { web: [a] }\nvars: { web: { url: u } }\ninputs: { target: "1" }\n';
    assert.deepEqual(tree(text, '/x.inventory.yaml'), [
      'part hosts',
      '  host a',
      'part roles',
      '  role web',
      'part vars',
      '  role web',
      'part inputs',
      '  input target (1)',
    ]);
  });

  it('are there for broken text', () => {
    assert.deepEqual(tree('inputs: { a: {\nsteps:\n  - id: a\n    rnu: x\n').slice(0, 2), ['part inputs', '  input a']);
    assert.deepEqual(tree('steps:\n  - id: a\n    rnu: x\n  - run: "x\n'), ['part steps', '  step a', '  step run (run)']);
    assert.deepEqual(tree('['.repeat(500)), []);
  });
});
