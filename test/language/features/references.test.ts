import assert from 'node:assert/strict';
import { cursorIn, inWords } from '../../support/language/navigating.js';

const SHOP = `runbook: v1
id: shop
title: Shop
inputs: { target: { type: string } }
roles: { web: { hosts: 1.., vars: { url: url } }, db: { hosts: 1, vars: { url: url } } }
procedures:
  stage: [ { id: upload, run: x, args: ["\${{ inputs.target }}"] } ]
steps:
  - { id: one, on: web, use: "#stage", when: "hosts.web.all(h, h.url != inputs.target)" }
  - { id: two, use: "tools/check.runbook.yaml#upload", roles: { node: db }, with: { target: "\${{ inputs.target }}" } }
  - { id: three, on: [web, db], check: { http: { url: "\${{ host.url }}" } } }
next: [ { use: tools/check.runbook.yaml } ]
`;
const CHECK = `runbook: v1
id: check
title: Check
inputs: { target: { type: string } }
roles: { node: { hosts: 1, vars: { url: url } } }
steps: [ { id: upload, on: node, run: x, args: ["\${{ host.url }}", "\${{ inputs.target }}"] } ]
`;
const STAGING = `inventory: v1
environment: staging
hosts: { a: { address: x, vars: { url: z } } }
roles: { web: [a], db: [a] }
vars: { web: { url: u } }
inputs: { target: "1" }
`;
const FILES = { '/shop.runbook.yaml': SHOP, '/tools/check.runbook.yaml': CHECK, '/staging.inventory.yaml': STAGING };

/** References of the name at the mark, which replaces itself without `|` in one of the files. */
async function references(file: keyof typeof FILES, marked: string, declarations = true): Promise<readonly string[]> {
  const changed = FILES[file].replace(marked.replace('|', ''), marked);
  assert.notEqual(changed, FILES[file]);
  const cursor = cursorIn({ [file]: changed, ...Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== file)) });
  return inWords(await cursor.service.references(cursor.file, cursor.text, cursor.offset, { declarations }), cursor.files);
}

describe('references', () => {
  const OF_TARGET = [
    'shop.runbook.yaml:4:11 target',
    'shop.runbook.yaml:7:53 target',
    'shop.runbook.yaml:9:80 target',
    'shop.runbook.yaml:10:105 target',
    'staging.inventory.yaml:6:11 target',
  ];

  it('of an input stand in its runbook and in the inventories it goes with, from wherever they are asked for', async () => {
    assert.deepEqual(await references('/shop.runbook.yaml', 'inputs: { tar|get'), OF_TARGET);
    assert.deepEqual(await references('/shop.runbook.yaml', '"${{ inputs.tar|get }}"'), OF_TARGET);
    assert.deepEqual(await references('/staging.inventory.yaml', 'inputs: { tar|get'), OF_TARGET);
    assert.deepEqual(await references('/shop.runbook.yaml', 'inputs: { tar|get', false), OF_TARGET.slice(1));
  });

  it('of an input of another file stand there and where it is used', async () => {
    assert.deepEqual(await references('/shop.runbook.yaml', 'with: { tar|get'), [
      'shop.runbook.yaml:10:85 target',
      'tools/check.runbook.yaml:4:11 target',
      'tools/check.runbook.yaml:6:80 target',
    ]);
  });

  it('of a variable go with the hosts to the files that use them', async () => {
    assert.deepEqual(await references('/tools/check.runbook.yaml', 'host.u|rl'), [
      'shop.runbook.yaml:5:75 url',
      'shop.runbook.yaml:11:65 url',
      'staging.inventory.yaml:3:35 url',
      'tools/check.runbook.yaml:5:36 url',
      'tools/check.runbook.yaml:6:59 url',
    ]);
  });

  it('of a step, a procedure and a runbook are the uses of them', async () => {
    assert.deepEqual(await references('/tools/check.runbook.yaml', 'id: up|load', false), ['shop.runbook.yaml:10:47 upload']);
    assert.deepEqual(await references('/shop.runbook.yaml', 'st|age: [', false), ['shop.runbook.yaml:9:32 stage']);
    assert.deepEqual(await references('/tools/check.runbook.yaml', 'id: che|ck', false), [
      'shop.runbook.yaml:10:22 tools/check.runbook.yaml',
      'shop.runbook.yaml:12:16 tools/check.runbook.yaml',
    ]);
  });

  it('of a host stay in its inventory', async () => {
    assert.deepEqual(await references('/staging.inventory.yaml', 'hosts: { a|'), [
      'staging.inventory.yaml:3:10 a',
      'staging.inventory.yaml:4:16 a',
      'staging.inventory.yaml:4:25 a',
    ]);
  });

  it('are none of what is no name', async () => {
    assert.deepEqual(await references('/shop.runbook.yaml', 'title: Sh|op'), []);
  });
});
