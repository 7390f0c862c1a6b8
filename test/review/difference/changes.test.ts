import assert from 'node:assert/strict';
import { compareProjects } from '../../../src/review/index.js';
import type { Project } from '../../../src/language/index.js';
import { stateOf } from './support/states.js';

const FILE = '/shop/main.runbook.yaml';
const PART = '/shop/part.runbook.yaml';

const TEXT = `runbook: v1
id: shop
title: Upgrade the shop
inputs:
  target: { type: version, title: Version }
secrets:
  admin: { title: Password, env: ADMIN }
contacts:
  vendor: { title: Vendor }
roles:
  server: { hosts: 1.., title: Server }
  first: { of: server, pick: first }
  others: { of: server, except: first }
  database: { hosts: 1 }
procedures:
  stop_it:
    - id: stop
      title: Stop
      service: { name: shop, state: stopped }
      timeout: 5m
      undo: { title: Start it again, service: { name: shop, state: started } }
      retry: { times: 2 }
      verify: { all: [{ port: { number: 443, state: closed } }, { process: { name: shop, state: absent } }] }
steps:
  - id: ask
    title: Ask the owner
    manual: Call them.
    approver: other_person
    evidence: [{ attest: They know }, { value: ticket, title: Number of the ticket, pattern: 'T-\\d+' }]
  - { id: stop_first, title: Stop the first, on: first, use: '#stop_it' }
  - { id: stop_others, title: Stop the others, on: others, serial: 1, use: '#stop_it' }
  - id: dump
    title: Dump the database
    on: database
    when: inputs.target > version("2.0")
    run: dump
    env: { PASSWORD: '\${{ secrets.admin }}' }
    effects: [backup]
    timeout: 1h
  - id: part
    title: The part
    on: server
    use: part.runbook.yaml
    with: { fast: false }
`;
const PART_TEXT = `runbook: v1
id: part
title: Part
inputs:
  fast: { type: boolean, default: false, title: Fast }
roles:
  server: { hosts: 1.. }
steps:
  - { id: look, title: Look at it, on: server, check: { service: { name: shop, state: stopped } } }
`;

function state(text = TEXT, part = PART_TEXT): Project {
  return stateOf(FILE, { [FILE]: text, [PART]: part });
}

/** Kind, danger and sentence of each change. */
function told(now: Project, old = state()): readonly string[] {
  return compareProjects(old, now).changes.map(({ kind, danger, what }) => `${danger} ${kind}: ${what}`);
}

describe('what is said of a change', () => {
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    [
      'another person',
      '    approver: other_person\n',
      '',
      ['dangerous approval-dropped: "Ask the owner" no longer needs another person; the operator may answer alone'],
    ],
    [
      'a confirmation',
      '{ attest: They know }, ',
      '',
      ['dangerous gate-weakened: "Ask the owner" no longer asks for the confirmation "They know"'],
    ],
    [
      'any number',
      ", pattern: 'T-\\d+'",
      '',
      [
        'dangerous gate-weakened: "Ask the owner" accepts other answers: value: ticket, title: Number of the ticket, pattern: T-\\d+ → value: ticket, title: Number of the ticket',
      ],
    ],
    [
      'what people do',
      'Call them.',
      'Write to them.',
      ['notable instruction-changed: what people are told at "Ask the owner" differs: Call them. → Write to them.'],
    ],
    [
      'a script for a person',
      'manual: Call them.',
      'run: call',
      ['dangerous gate-removed: "Ask the owner" is done in another way: manual → run; no person is asked any more'],
    ],
    ['once for both uses', 'timeout: 5m', 'timeout: 90m', ['notable timeout-raised: timeout of "Stop": 5m → 90m']],
    ['the same time', 'timeout: 5m', 'timeout: 300s', []],
    ['more tries', 'times: 2', 'times: 5', ['notable retries-raised: "Stop" is tried again up to 2 → 5 times by itself']],
    [
      'half of a proof',
      ', { process: { name: shop, state: absent } }',
      '',
      [
        'dangerous verify-weakened: what proves that "Stop" has worked asks for less: all: [port: { number: 443, state: closed }, process: { name: shop, state: absen… → all: port: { number: 443, state: closed }',
      ],
    ],
    ['all at once', ', serial: 1', '', ['dangerous hosts-widened: "Stop the others" goes to this many hosts at a time: 1 → all']],
    ['all of them', 'on: first,', 'on: server,', ['dangerous hosts-widened: "Stop the first" is about these hosts: first → server']],
    [
      'some of them',
      '{ of: server, except: first }',
      '{ of: server, pick: last }',
      [
        'dangerous hosts-widened: the role "others" no longer leaves out "first"',
        'dangerous hosts-changed: the role "others" finds its hosts in another way: pick: none → last',
      ],
    ],
    [
      'in all cases',
      '    when: inputs.target > version("2.0")\n',
      '',
      ['dangerous when-changed: "Dump the database" is done in more cases, no longer only when inputs.target > version("2.0")'],
    ],
    [
      'in other cases',
      'version("2.0")',
      'version("3.0")',
      [
        'dangerous when-changed: "Dump the database" is done in other cases: inputs.target > version("2.0") → inputs.target > version("3.0")',
      ],
    ],
    ['the same condition, in two lines', 'when: inputs.target > version("2.0")', 'when: >-\n      inputs.target > version("2.0")', []],
    [
      'with other rights',
      '    run: dump\n',
      '    run: dump\n    become: { user: postgres }\n',
      ['dangerous become-added: "Dump the database" now runs with the rights of postgres; before: the login user'],
    ],
    [
      'elsewhere, with its secret',
      '    run: dump\n',
      '    run: dump\n    from: first\n',
      [
        'dangerous place-changed: "Dump the database" is performed on: the hosts it is about → first; the secret admin goes with it',
        'dangerous secret-reachable: the secret "admin" is now seen by "Dump the database" on first',
      ],
    ],
    [
      'another source of a secret',
      'env: ADMIN',
      'env: GITHUB_TOKEN',
      ['dangerous secret-reachable: env of the secret "admin": ADMIN → GITHUB_TOKEN'],
    ],
    [
      'no effect',
      '    effects: [backup]\n',
      '',
      ['dangerous effects-removed: "Dump the database" no longer says that it does this to its hosts: backup; no order protects it then'],
    ],
    ['another value', 'fast: false', 'fast: true', ['notable value-changed: values that "The part" passes on: fast: false → fast: true']],
    [
      'one use less',
      "  - { id: stop_first, title: Stop the first, on: first, use: '#stop_it' }\n",
      '',
      ['dangerous step-removed: "Stop" is gone on first (stop)'],
    ],
    [
      'another way back',
      'service: { name: shop, state: started } }',
      'run: start }',
      ['dangerous undo-changed: "Stop" is taken back in another way: service: { name: shop, state: started } → run: start'],
    ],
    [
      'a person on the way back',
      'service: { name: shop, state: started } }',
      'manual: Start it. }',
      ['notable undo-changed: "Stop" is taken back in another way: service: { name: shop, state: started } → manual: Start it.'],
    ],
    ['a title', 'title: Dump the database', 'title: Dump it', ['harmless text-changed: title of "Dump it": Dump the database → Dump it']],
  ];
  for (const [name, before, after, expected] of cases)
    it(name, () => {
      assert.ok(TEXT.includes(before), before);
      assert.deepEqual(told(state(TEXT.replace(before, after))), expected);
    });

  it('says what has moved as one', () => {
    const lines = TEXT.split('\n');
    const [first, second] = [
      lines.findIndex((line) => line.includes('id: stop_first')),
      lines.findIndex((line) => line.includes('id: stop_others')),
    ];
    [lines[first], lines[second]] = [lines[second] ?? '', lines[first] ?? ''];
    assert.deepEqual(told(state(lines.join('\n'))), [
      'dangerous step-order-changed: "Stop the others" (stop) now comes before "Stop the first"',
    ]);
  });

  it('says that the point of no return comes earlier', () => {
    const last = '  - { id: convert, title: Convert, on: database, run: convert, irreversible: The data is converted., timeout: 1h }\n';
    const dump = TEXT.indexOf('  - id: dump');
    const [early, late] = [TEXT.slice(0, dump) + last + TEXT.slice(dump), TEXT + last];
    const said = told(state(early), state(late));
    assert.ok(
      said.includes('dangerous irreversible-added: the point of no return comes earlier: at "Convert", before "Dump the database" is done'),
      said.join('\n'),
    );
    assert.ok(!told(state(late), state(early)).some((line) => line.includes('irreversible-added')));
  });

  it('looks into the files that are used, and names the place there', () => {
    const part = PART_TEXT.replace('state: stopped', 'state: started');
    const { changes } = compareProjects(state(), state(TEXT, part));
    assert.deepEqual(
      changes.map(({ kind, where }) => [kind, where.new?.file]),
      [['check-changed', PART]],
    );
    const { start, end } = changes[0]?.where.new?.range ?? { start: 0, end: 0 };
    assert.equal(part.slice(start, end), 'check: { service: { name: shop, state: started } }');
    assert.equal(changes[0]?.before, '{ service: { name: shop, state: stopped } }');
    assert.equal(changes[0]?.path, 'part/look');
  });

  it('tells of a runbook that is new, gone, or broken', () => {
    assert.deepEqual(
      compareProjects(undefined, state()).changes.map(({ kind, danger }) => [kind, danger]),
      [['document-added', 'notable']],
    );
    assert.deepEqual(
      compareProjects(state(), undefined).changes.map(({ kind, danger }) => [kind, danger]),
      [['document-deleted', 'dangerous']],
    );
    assert.deepEqual(compareProjects(undefined, undefined).changes, []);
    assert.deepEqual(
      told(state('steps: [')).map((line) => line.split(':')[0]),
      ['dangerous document-unreadable'],
    );
    assert.ok(
      told(state(TEXT, 'steps: [')).some((line) => line.startsWith('dangerous document-unreadable: a file that it uses has errors')),
    );
    assert.deepEqual(
      told(state(), state('steps: [')).map((line) => line.split(':')[0]),
      ['dangerous document-unreadable'],
    );
  });

  it('does not take a role of the same shape for the old one where steps do not', () => {
    const other = TEXT.replace('  database: { hosts: 1 }', '  reports: { hosts: 1 }').replace('on: database', 'on: first');
    const kinds = compareProjects(state(), state(other)).changes.map(({ kind }) => kind);
    assert.ok(kinds.includes('hosts-changed') && kinds.includes('secret-reachable') && kinds.includes('role-changed'), kinds.join());
  });
});
