import assert from 'node:assert/strict';
import { createLanguageService } from '../../../src/language/index.js';
import { cursorIn } from '../../support/language/navigating.js';

const SHOP = `runbook: v1
id: shop
title: Shop
inputs: { target: { type: version, scheme: app }, mode: { type: string } }
secrets: { api: { title: Token } }
versions: { app: { pattern: '(?<release>\\d+)\\.\\d+' } }
roles:
  web: { hosts: 1.., vars: { url: url, port: port } }
  db: { hosts: 1, vars: { url: url, size: integer } }
facts: { level: { type: version, on: web }, calm: { type: boolean } }
procedures:
  stage:
    - { id: upload, run: x, outputs: { code: { match: x } } }
    - { id: stop, manual: Stop. }
  other:
    - { id: stop, manual: Stop. }
    - { manual: Look. }
steps:
  - { id: one, on: web, use: "#stage", when: host.url != inputs.mode }
  - { id: two, use: "#upload..stop" }
  - { id: three, on: db, manual: "To \${{ host.url }} of \${{ steps.upload.code }}" }
  - { id: four, check: { that: "hosts.web.all(h, h.port > 1 && hosts.web.exists(other, other.port == h.port))" } }
  - { id: five, use: part.runbook.yaml, roles: { node: web }, with: { mode: "\${{ inputs.mode }}" } }
`;
const PART = `runbook: v1
id: part
title: Part
inputs: { mode: { type: string } }
roles: { node: { hosts: 1, vars: { port: port } } }
steps: [ { id: only, on: node, run: x, args: ["\${{ host.port }}", "\${{ inputs.mode }}"] } ]
`;
const STAGING = `inventory: v1
environment: staging
hosts:
  a: { address: x, vars: { "url": y, port: 1 } }
  b: { jump: a }
roles: { web: [a], db: [b] }
vars: { web: { url: u } }
inputs: { mode: m }
secrets: { api: { kept_on: b } }
`;
const FILES = { '/shop.runbook.yaml': SHOP, '/part.runbook.yaml': PART, '/staging.inventory.yaml': STAGING };

interface Renamed {
  readonly refusal?: string;
  /** Lines that are new, as `file: line`. */
  readonly lines: readonly string[];
}

async function rename(file: string, marked: string, newName: string, files: Readonly<Record<string, string>> = FILES): Promise<Renamed> {
  const changed = (files[file] ?? '').replace(marked.replace('|', ''), marked);
  const cursor = cursorIn({ [file]: changed, ...Object.fromEntries(Object.entries(files).filter(([name]) => name !== file)) });
  const result = await cursor.service.rename(cursor.file, cursor.text, cursor.offset, newName);
  if ('refusal' in result) return { refusal: result.refusal, lines: [] };
  const lines = [...result.edits].flatMap(([name, edits]) => {
    const before = cursor.files.get(name) ?? '';
    const after = edits.reduceRight((text, edit) => text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end), before);
    const old = before.split('\n');
    return after.split('\n').flatMap((line, index) => (line === old[index] ? [] : [`${name.slice(1)}: ${line.trim()}`]));
  });
  return { lines: lines.sort() };
}

describe('rename', () => {
  it('changes an input in its runbook, in what gives it a value, and in inventories', async () => {
    assert.deepEqual((await rename('/shop.runbook.yaml', 'inputs.mo|de }', 'speed')).lines, [
      'shop.runbook.yaml: - { id: five, use: part.runbook.yaml, roles: { node: web }, with: { mode: "${{ inputs.speed }}" } }',
      'shop.runbook.yaml: - { id: one, on: web, use: "#stage", when: host.url != inputs.speed }',
      'shop.runbook.yaml: inputs: { target: { type: version, scheme: app }, speed: { type: string } }',
      'staging.inventory.yaml: inputs: { speed: m }',
    ]);
    assert.deepEqual((await rename('/part.runbook.yaml', 'inputs: { mo|de', 'speed')).lines, [
      'part.runbook.yaml: inputs: { speed: { type: string } }',
      'part.runbook.yaml: steps: [ { id: only, on: node, run: x, args: ["${{ host.port }}", "${{ inputs.speed }}"] } ]',
      'shop.runbook.yaml: - { id: five, use: part.runbook.yaml, roles: { node: web }, with: { speed: "${{ inputs.mode }}" } }',
    ]);
  });

  it('changes a variable of one role only, unless a place may mean both', async () => {
    assert.deepEqual((await rename('/shop.runbook.yaml', 'db: { hosts: 1, vars: { u|rl', 'address_of')).lines, [
      'shop.runbook.yaml: - { id: three, on: db, manual: "To ${{ host.address_of }} of ${{ steps.upload.code }}" }',
      'shop.runbook.yaml: db: { hosts: 1, vars: { address_of: url, size: integer } }',
    ]);
    assert.deepEqual((await rename('/staging.inventory.yaml', 'web: { u|rl', 'page')).lines, [
      'shop.runbook.yaml: - { id: one, on: web, use: "#stage", when: host.page != inputs.mode }',
      'shop.runbook.yaml: web: { hosts: 1.., vars: { page: url, port: port } }',
      'staging.inventory.yaml: a: { address: x, vars: { "page": y, port: 1 } }',
      'staging.inventory.yaml: vars: { web: { page: u } }',
    ]);
    const both = { ...FILES, '/shop.runbook.yaml': SHOP.replace('id: three, on: db', 'id: three, on: [db, web]') };
    assert.equal((await rename('/shop.runbook.yaml', 'db: { hosts: 1, vars: { u|rl', 'page', both)).lines.length, 6);
  });

  it('follows hosts into the files that are used', async () => {
    assert.deepEqual((await rename('/part.runbook.yaml', 'host.po|rt', 'door')).lines, [
      'part.runbook.yaml: roles: { node: { hosts: 1, vars: { door: port } } }',
      'part.runbook.yaml: steps: [ { id: only, on: node, run: x, args: ["${{ host.door }}", "${{ inputs.mode }}"] } ]',
      'shop.runbook.yaml: - { id: four, check: { that: "hosts.web.all(h, h.door > 1 && hosts.web.exists(other, other.door == h.door))" } }',
      'shop.runbook.yaml: web: { hosts: 1.., vars: { url: url, door: port } }',
      'staging.inventory.yaml: a: { address: x, vars: { "url": y, door: 1 } }',
    ]);
  });

  it('changes roles, steps, values, procedures, schemes, fields, hosts and local names', async () => {
    assert.deepEqual(
      (await rename('/shop.runbook.yaml', 'on: w|eb', 'front')).lines.map((line) => line.slice(0, 45)),
      [
        'shop.runbook.yaml: - { id: five, use: part.ru',
        'shop.runbook.yaml: - { id: four, check: { tha',
        'shop.runbook.yaml: - { id: one, on: front, us',
        'shop.runbook.yaml: facts: { level: { type: ve',
        'shop.runbook.yaml: front: { hosts: 1.., vars:',
        'staging.inventory.yaml: roles: { front: [a], ',
        'staging.inventory.yaml: vars: { front: { url:',
      ],
    );
    assert.deepEqual((await rename('/shop.runbook.yaml', 'steps.upl|oad', 'send')).lines, [
      'shop.runbook.yaml: - { id: send, run: x, outputs: { code: { match: x } } }',
      'shop.runbook.yaml: - { id: three, on: db, manual: "To ${{ host.url }} of ${{ steps.send.code }}" }',
      'shop.runbook.yaml: - { id: two, use: "#send..stop" }',
    ]);
    assert.equal((await rename('/shop.runbook.yaml', 'outputs: { co|de', 'exit_code')).lines.length, 2);
    assert.equal((await rename('/shop.runbook.yaml', '"#sta|ge', 'copy')).lines.length, 2);
    assert.equal((await rename('/shop.runbook.yaml', 'scheme: ap|p', 'shop')).lines.length, 2);
    assert.equal((await rename('/shop.runbook.yaml', '<rel|ease', 'train')).lines.length, 1);
    assert.deepEqual((await rename('/staging.inventory.yaml', 'jump: a|', 'gate')).lines, [
      'staging.inventory.yaml: b: { jump: gate }',
      'staging.inventory.yaml: gate: { address: x, vars: { "url": y, port: 1 } }',
      'staging.inventory.yaml: roles: { web: [gate], db: [b] }',
    ]);
    assert.deepEqual((await rename('/shop.runbook.yaml', 'all(h|', 'each')).lines, [
      'shop.runbook.yaml: - { id: four, check: { that: "hosts.web.all(each, each.port > 1 && hosts.web.exists(other, other.port == each.port))" } }',
    ]);
  });

  it('tells steps of one name apart where nothing refers to them', async () => {
    const free = { '/shop.runbook.yaml': SHOP.replace('  - { id: two, use: "#upload..stop" }\n', '') };
    assert.deepEqual((await rename('/shop.runbook.yaml', 'other:\n    - { id: st|op', 'halt', free)).lines, [
      'shop.runbook.yaml: - { id: halt, manual: Stop. }',
    ]);
    assert.deepEqual((await rename('/shop.runbook.yaml', 'id: thr|ee', 'stop', free)).lines.length, 1);
  });

  const refused: readonly (readonly [string, string, string, RegExp])[] = [
    ['/shop.runbook.yaml', 'inputs.mo|de', 'target', /"target" is already the name of an input/],
    ['/shop.runbook.yaml', 'inputs.mo|de', 'Speed', /"Speed" cannot be a name here; write small letters/],
    ['/shop.runbook.yaml', 'inputs.mo|de', 'true', /word with a meaning of its own/],
    ['/shop.runbook.yaml', 'on: w|eb', 'local', /machine of the operator/],
    ['/shop.runbook.yaml', 'on: w|eb', 'db', /already the name of a role/],
    ['/shop.runbook.yaml', 'vars: { u|rl: url, port', 'name', /every host has a "name"/],
    ['/shop.runbook.yaml', 'vars: { u|rl: url, port', 'level', /already the name of a fact/],
    ['/shop.runbook.yaml', 'cal|m:', 'size', /already the name of a variable/],
    ['/shop.runbook.yaml', 'id: o|ne', 'three', /already the name of a step/],
    ['/shop.runbook.yaml', 'id: o|ne', 'instead', /kept for the plan itself/],
    ['/shop.runbook.yaml', 'id: o|ne', 'manual', /already the name of a step/],
    ['/shop.runbook.yaml', '#upload..st|op', 'halt', /several steps of shop.runbook.yaml are called "stop"/],
    ['/shop.runbook.yaml', 'use: par|t.', 'x', /rename the file/],
    ['/shop.runbook.yaml', 'all(h|', 'inputs', /means something else in expressions/],
    ['/shop.runbook.yaml', 'all(h|', 'other', /"other"/],
    ['/shop.runbook.yaml', 'title: Sh|op', 'x', /put the cursor on a name/],
    ['/staging.inventory.yaml', 'kept_on: b|', 'safe', /the host "b" has no "address"/],
    ['/staging.inventory.yaml', 'jump: a|', 'b', /already the name of a host/],
  ];
  for (const [file, marked, newName, wanted] of refused)
    it(`refuses ${marked.replaceAll('\n', '⏎')} as ${newName}`, async () => {
      assert.match((await rename(file, marked, newName)).refusal ?? 'not refused', wanted);
    });

  it('refuses a host whose only address is a variable, or stands in a comment', async () => {
    const files = {
      ...FILES,
      '/staging.inventory.yaml': STAGING.replace('b: { jump: a }', 'b: { jump: a, vars: { address: z } } # address: old'),
    };
    assert.match((await rename('/staging.inventory.yaml', 'kept_on: b|', 'safe', files)).refusal ?? '', /the host "b" has no "address"/);
  });

  it('refuses where a broken file nearby has the word, and not for one that has nothing to do with it', async () => {
    const broken = "roles: { web: [a] }\nvars: { web: { url: 'u } }\n";
    assert.match(
      (await rename('/shop.runbook.yaml', 'on: w|eb', 'shop', { ...FILES, '/other.inventory.yaml': broken })).refusal ?? '',
      /other.inventory.yaml has the word "web" and cannot be read as it is/,
    );
    const apart = { ...FILES, '/apart.runbook.yaml': "title: one\nroles: { x: { hosts: 1 } }\nsteps: [ { id: 'a } ]\n" };
    assert.equal((await rename('/shop.runbook.yaml', 'id: o|ne', 'first', apart)).refusal, undefined);
  });

  it('refuses a name that would catch what means something else', async () => {
    const files = {
      '/a.runbook.yaml':
        'roles: { web: { hosts: 1 } }\nsteps: [ { id: a, on: web, when: inputs.new }, { id: b, on: app } ]\ninputs: { old: { type: boolean } }\n',
    };
    assert.match(
      (await rename('/a.runbook.yaml', '{ ol|d', 'new', files)).refusal ?? '',
      /"new" means something already in a.runbook.yaml, line 2/,
    );
    assert.match(
      (await rename('/a.runbook.yaml', 'on: w|eb', 'app', files)).refusal ?? '',
      /"app" means something already in a.runbook.yaml, line 2/,
    );
  });

  it('refuses what cannot be seen or replaced as a whole', async () => {
    const at = async (text: string, marked: string): Promise<string> =>
      (await rename('/a.runbook.yaml', marked, 'fresh', { '/a.runbook.yaml': text })).refusal ?? '';
    assert.match(
      await at('steps: [ { use: gone.runbook.yaml, with: { size: 1 } } ]\n', 'si|ze'),
      /belongs to gone.runbook.yaml, which cannot be read here/,
    );
    assert.match(await at('steps: [ { on: web } ]\n', 'we|b'), /the role "web" is declared nowhere/);
    assert.match(
      await at('roles: { "w\\x65b": { hosts: 1 } }\nsteps: [ { on: web } ]\n', 'on: we|b'),
      /line 1 spells "web" in a way that cannot be replaced/,
    );
    assert.match(await at('roles: { web: { hosts: 1 } }\nsteps: [ { on: web }\n', 'on: we|b'), /mend it first/);
    assert.match(await at('upgrade: { installed: x, to: y }\nsteps: [ { when: hop.last } ]\n', 'ho|p'), /word of the language/);
    const alone = { '/x.inventory.yaml': STAGING };
    assert.match(
      (await rename('/x.inventory.yaml', 'roles: { we|b', 'front', alone)).refusal ?? '',
      /no runbook here that this inventory goes with declares the role "web"/,
    );
  });

  it('is offered with the name that is there', async () => {
    const { service, file, text, offset } = cursorIn({ '/a.runbook.yaml': SHOP.replace('on: web', 'on: we|b') });
    const start = await service.prepareRename(file, text, offset);
    assert.ok('name' in start);
    assert.deepEqual([start.name, text.slice(start.range.start, start.range.end)], ['web', 'web']);
    const blind = createLanguageService({ workspace: { readText: async () => undefined } });
    assert.ok('name' in (await blind.prepareRename(file, text, offset)));
  });
});
