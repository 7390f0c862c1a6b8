import assert from 'node:assert/strict';
import { cursorIn, inWords } from '../../support/language/navigating.js';

const HEAD = `runbook: v1
id: shop
title: Shop
inputs: { target: { type: version, scheme: app } }
secrets: { api: { title: Token } }
contacts: { support: { title: Support } }
documents: { vendor: { title: Guide } }
versions: { app: { pattern: '(?<release>\\d+)\\.\\d+' } }
roles:
  web: { hosts: 1.., vars: { url: url, port: port } }
  db: { hosts: 1, vars: { url: url } }
  first: { of: web, pick: first }
facts: { clustered: { type: boolean }, level: { type: version, on: web } }
upgrade: { installed: level, to: "\${{ inputs.target }}" }
advisories: [ { id: ports, severity: note, text: Ports. } ]
procedures:
  stage:
    - { id: upload, run: x, outputs: { code: { match: x } } }
    - { id: gate, on: db, manual: x, evidence: [ { value: place } ] }
`;
const OTHER = `runbook: v1
id: other
title: Other
inputs: { size: { type: integer } }
roles: { node: { hosts: 1, vars: { url: url } } }
procedures: { tail: [ { id: rest, manual: x } ] }
steps: [ { id: only, manual: x } ]
`;
const INVENTORY = `inventory: v1
environment: staging
hosts: { a: { address: x, vars: { port: 1 } }, b: { address: y } }
roles: { web: [a], db: [b] }
vars: { web: { url: u }, db: { url: v } }
inputs: { target: "1.0" }
secrets: { api: { kept_on: b } }
`;

async function definition(marked: string, before = HEAD): Promise<readonly string[]> {
  const { service, file, text, offset, files } = cursorIn({
    '/a.runbook.yaml': before + marked,
    '/other.runbook.yaml': OTHER,
    '/x.inventory.yaml': INVENTORY,
  });
  return inWords((await service.definition(file, text, offset))?.places ?? [], files);
}

describe('definition', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['steps:\n  - on: w|eb', ['a.runbook.yaml:10:3 web']],
    ['steps:\n  - on: [db, "fi|rst"]', ['a.runbook.yaml:12:3 first']],
    ['steps:\n  - from: d|b', ['a.runbook.yaml:11:3 db']],
    ['steps:\n  - from: loc|al', []],
    ['steps:\n  - when: inputs.targ|et == version("1.0")', ['a.runbook.yaml:4:11 target']],
    ['steps:\n  - when: inputs["targ|et"] == version("1.0")', ['a.runbook.yaml:4:11 target']],
    ['steps:\n  - title: "To \\"x\\" ${{ inputs.targ|et }}"', ['a.runbook.yaml:4:11 target']],
    ['steps:\n  - manual: |-\n      One.\n      To ${{ inputs.targ|et }}.', ['a.runbook.yaml:4:11 target']],
    ['steps:\n  - manual: >\n      One\n      two ${{ inputs.targ|et }}.', ['a.runbook.yaml:4:11 target']],
    ['steps:\n  - when: inputs.target.rel|ease == "1"', ['a.runbook.yaml:8:33 release']],
    ['steps:\n  - when: facts.clus|tered', ['a.runbook.yaml:13:10 clustered']],
    ['steps:\n  - on: web\n    when: host.lev|el == hop.to', ['a.runbook.yaml:13:40 level']],
    ['steps:\n  - on: web\n    when: host.level == ho|p.to', ['a.runbook.yaml:14:1 upgrade']],
    ['steps:\n  - on: web\n    when: host.u|rl == ""', ['a.runbook.yaml:10:30 url']],
    ['steps:\n  - on: first\n    when: host.u|rl == ""', ['a.runbook.yaml:10:30 url']],
    ['steps:\n  - on: db\n    steps:\n      - when: host.u|rl == ""', ['a.runbook.yaml:11:27 url']],
    ['steps:\n  - on: [web, db]\n    when: host.u|rl == ""', ['a.runbook.yaml:10:30 url', 'a.runbook.yaml:11:27 url']],
    ['steps:\n  - when: hosts.db.u|rl == ""', ['a.runbook.yaml:11:27 url']],
    ['steps:\n  - when: hosts.web.all(h, h.u|rl == "")', ['a.runbook.yaml:10:30 url']],
    ['steps:\n  - when: hosts.web.filter(h, h.is("first"))[0].u|rl == ""', ['a.runbook.yaml:10:30 url']],
    ['steps:\n  - when: "(inputs.x ? hosts.first : hosts.db).u|rl != host.name"', ['a.runbook.yaml:10:30 url', 'a.runbook.yaml:11:27 url']],
    ['steps:\n  - when: hosts.web.all(h, h|.port > 1)', ['a.runbook.yaml:21:25 h']],
    ['steps:\n  - when: hosts.we|b.all(h, h.port > 1)', ['a.runbook.yaml:10:3 web']],
    ['steps:\n  - on: web\n    when: host.is("fir|st")', ['a.runbook.yaml:12:3 first']],
    ['steps:\n  - on: web\n    when: host.na|me == "x"', []],
    ['steps:\n  - when: body.u|rl == ""', []],
    ['steps:\n  - when: advisories.por|ts', ['a.runbook.yaml:15:21 ports']],
    ['steps:\n  - when: steps.upl|oad.code == "1"', ['a.runbook.yaml:18:13 upload']],
    ['steps:\n  - when: steps.upload.co|de == "1"', ['a.runbook.yaml:18:40 code']],
    ['steps:\n  - when: steps["gate"]["pla|ce"] == "1"', ['a.runbook.yaml:19:59 place']],
    ['steps:\n  - env: { A: "${{ secrets.ap|i }}" }', ['a.runbook.yaml:5:12 api']],
    ['steps:\n  - become: { password: a|pi }', ['a.runbook.yaml:5:12 api']],
    ['steps:\n  - on_failure: { escalate: supp|ort }', ['a.runbook.yaml:6:13 support']],
    ['steps:\n  - source: ven|dor#L1', ['a.runbook.yaml:7:14 vendor']],
    ['steps:\n  - use: "#sta|ge"', ['a.runbook.yaml:17:3 stage']],
    ['steps:\n  - use: "#upload..ga|te"', ['a.runbook.yaml:19:13 gate']],
    ['steps:\n  - use: "other.run|book.yaml#tail"', ['other.runbook.yaml:2:5 other']],
    ['steps:\n  - use: "other.runbook.yaml#ta|il"', ['other.runbook.yaml:6:15 tail']],
    ['steps:\n  - { use: other.runbook.yaml, roles: { no|de: web } }', ['other.runbook.yaml:5:10 node']],
    ['steps:\n  - { use: other.runbook.yaml, roles: { node: we|b } }', ['a.runbook.yaml:10:3 web']],
    ['steps:\n  - { use: other.runbook.yaml, with: { si|ze: 1 } }', ['other.runbook.yaml:4:11 size']],
    ['steps:\n  - { use: missing.runbook.yaml, with: { si|ze: 1 } }', []],
    ['invariants:\n  - { holds: { same: { fact: lev|el, across: web } }, at: end }', ['a.runbook.yaml:13:40 level']],
    ['invariants:\n  - { holds: { that: "true" }, at: [upl|oad] }', ['a.runbook.yaml:18:13 upload']],
    ['order: [ { first: { stop: w|eb }, then: { upgrade: db } } ]', ['a.runbook.yaml:10:3 web']],
    ['outage: { of: [web, d|b] }', ['a.runbook.yaml:11:3 db']],
    ['steps:\n  - { on: web, verify: &a { host: reachable } }\n  - { verify: *|a }', ['a.runbook.yaml:21:25 a']],
    ['steps:\n  - title: inputs.tar|get', []],
  ];
  for (const [marked, wanted] of rows)
    it(marked.replaceAll('\n', '⏎'), async () => {
      assert.deepEqual(await definition(marked), wanted);
    });

  it('knows in a procedure the roles of the steps that use it', async () => {
    const marked = 'steps:\n  - { on: db, use: "#stage" }\n';
    const of = (use: string): Promise<readonly string[]> =>
      definition(use, HEAD.replace('run: x, outputs', 'run: x, when: host.u|rl == "", outputs'));
    assert.deepEqual(await of(marked), ['a.runbook.yaml:11:27 url']);
    assert.deepEqual(await of(`${marked}  - { on: first, use: "#upload..gate" }\n`), [
      'a.runbook.yaml:10:30 url',
      'a.runbook.yaml:11:27 url',
    ]);
    assert.deepEqual(await of('steps: []\n'), ['a.runbook.yaml:10:30 url', 'a.runbook.yaml:11:27 url']);
  });

  it('leads from an inventory to the runbook it goes with', async () => {
    const of = async (inventory: string): Promise<readonly string[]> => {
      const { service, file, text, offset, files } = cursorIn({
        '/x.inventory.yaml': inventory,
        '/a.runbook.yaml': HEAD,
        '/other.runbook.yaml': OTHER,
      });
      return inWords((await service.definition(file, text, offset))?.places ?? [], files);
    };
    const rows: readonly (readonly [string, string, readonly string[]])[] = [
      ['web: [a]', 'w|eb: [a]', ['a.runbook.yaml:10:3 web']],
      ['web: [a]', 'web: [a|]', ['x.inventory.yaml:3:10 a']],
      ['web: { url', 'web: { u|rl', ['a.runbook.yaml:10:30 url']],
      ['db: { url', 'db: { u|rl', ['a.runbook.yaml:11:27 url']],
      ['vars: { port', 'vars: { po|rt', ['a.runbook.yaml:10:40 port']],
      ['target:', 'targ|et:', ['a.runbook.yaml:4:11 target']],
      ['api:', 'a|pi:', ['a.runbook.yaml:5:12 api']],
      ['kept_on: b', 'kept_on: b|', ['x.inventory.yaml:3:48 b']],
    ];
    for (const [before, marked, wanted] of rows) assert.deepEqual(await of(INVENTORY.replace(before, marked)), wanted, marked);
  });

  it('leads to the environment that must come first, of the same folder', async () => {
    const marked = INVENTORY.replace('environment: staging', 'environment: production\nrehearsed_on: stag|ing');
    const { service, file, text, offset, files } = cursorIn({
      '/one/p.inventory.yaml': marked,
      '/two/s.inventory.yaml': INVENTORY,
      '/one/s.inventory.yaml': INVENTORY,
    });
    assert.deepEqual(inWords((await service.definition(file, text, offset))?.places ?? [], files), ['one/s.inventory.yaml:2:14 staging']);
  });

  it('is there while the rest of the file is broken', async () => {
    assert.deepEqual(await definition('steps:\n  - on: w|eb\n  - rnu: [\n'), ['a.runbook.yaml:10:3 web']);
    assert.deepEqual(await definition('steps:\n  - when: inputs.tar|get == (\n    on: "x\n'), ['a.runbook.yaml:4:11 target']);
  });

  it('says which name it was asked for, and all that is declared there', async () => {
    const { service, file, text, offset } = cursorIn({ '/a.runbook.yaml': `${HEAD}steps:\n  - { on: w|eb }\n` });
    const found = await service.definition(file, text, offset);
    assert.equal(text.slice(found?.origin.start, found?.origin.end), 'web');
    const whole = found?.places[0]?.whole;
    assert.equal(text.slice(whole?.start, whole?.end), 'web: { hosts: 1.., vars: { url: url, port: port } }');
  });
});
