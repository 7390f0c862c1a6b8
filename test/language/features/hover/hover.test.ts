import assert from 'node:assert/strict';
import { createLanguageService } from '../../../../src/language/index.js';
import type { Hover, HoverSubject } from '../../../../src/language/index.js';
import { HEAD } from '../../../support/language/completing.js';
import { withCursor } from '../../../support/language/cursor.js';

interface Around {
  readonly head?: string;
  readonly file?: string;
  readonly files?: Readonly<Record<string, string>>;
}

async function hover(
  marked: string,
  { head = HEAD, file = '/work/a.runbook.yaml', files = {} }: Around = {},
): Promise<(Hover & { readonly word: string }) | undefined> {
  const { text, offset } = withCursor(head + marked);
  const service = createLanguageService({
    workspace: { readText: async (name) => files[name], listFiles: async () => Object.keys(files) },
  });
  const found = await service.hover(file, text, offset);
  return found && { ...found, word: text.slice(found.range.start, found.range.end) };
}

describe('hover', () => {
  const cases: readonly (readonly [marked: string, word: string, markdown: RegExp])[] = [
    ['steps:\n  - i|d: a', 'id', /^\*\*id\*\*: name\n\nName of the step/],
    ['steps:\n  - o|nce: true', 'once', /Default: `false`/],
    ['steps:\n  - service: { sta|te: started }', 'state', /- `restarted`: It is stopped if it runs, and started\./],
    ['steps:\n  - service: { state: start|ed }', 'started', /^\*\*started\*\*: value of `state`\n\nIt runs afterwards/],
    ['steps:\n  - effects: [back|up]', 'backup', /Something is saved/],
    ['steps:\n  - effec|ts: [backup]', 'effects', /- `isolate`: /],
    ['steps:\n  - timeout: 1h30|m', '1h30m', /^\*\*1h30m\*\*: 1 hour and 30 minutes\n\n\*\*timeout\*\*: duration/],
    ['prerequisites:\n  - lead_time: 2 working d|ays', '2 working days', /2 working days: Saturdays/],
    ['upgrade: { supported: { range: ">= 7.1 < 8 || 9.|1" } }', '">= 7.1 < 8 || 9.1"', /7\.1 or later, and before 8; or exactly 9\.1/],
    ['steps:\n  - on: we|b', 'web', /^\*\*web\*\*: role\n\nHosts: 2 or more\.\n\nDeclared on line 12\.$/],
    ['steps:\n  - on: [db, we|b]', 'web', /role/],
    ['steps:\n  - on_failure: { escalate: sup|port }', 'support', /contact\n\nSupport/],
    ['steps:\n  - source: "vendor#L|10"', '"vendor#L10"', /document\n\nGuide/],
    ['steps:\n  - use: "#sta|ge"', '"#stage"', /^\*\*\\#stage\*\*: one step\n\n1\. `upload` Upload it$/],
    ['steps:\n  - check: { comm|and: { run: x } }', 'command', /read-only command/],
    ['steps:\n  - me|thods:', 'methods', /different ways/],
    [
      'steps:\n  - id: begin|ning\n    title: Begin\n    on: web\n    manual: x',
      'beginning',
      /^\*\*beginning\*\*: step\n\nBegin\n\nAction: `manual`, on `web`\.$/,
    ],
    ['invariants: [{ at: [upl|oad] }]', 'upload', /Action: `run`, yields `code`\./],
    ['roles:\n  first: { of: we|b, pick: first }', 'web', /role/],
    ['facts: { x: { scheme: a|pp } }', 'app', /version scheme\n\nShape: /],
    ['steps:\n  - i|d: [', 'id', /Name of the step/],
    ['steps:\n  - title: "never closed\n    o|n: web', 'on', /about/],
    [
      'steps:\n  - on: &all [web, db]\n  - on: *a|ll',
      '*all',
      /^\*\*\\\*all\*\*: alias\n\nStands for what is on line \d+:\n\n```yaml\n\[web, db\]\n```$/,
    ],
    ['steps:\n  - &a\n    id: one\n    env:\n      A: b\n  - *|a', '*a', /```yaml\nid: one\nenv:\n {2}A: b\n```$/],
    ['# runbook-lint-ignore missing-ti|meout: known', 'missing-timeout', /^\*\*missing-timeout\*\*: warning, safety\n\n/],
  ];
  for (const [marked, word, markdown] of cases) {
    it(marked.replaceAll('\n', '⏎'), async () => {
      const found = await hover(marked);
      assert.equal(found?.word, word);
      assert.match(found.markdown, markdown);
    });
  }

  const expressions: readonly (readonly [marked: string, word: string, markdown: RegExp])[] = [
    [
      'steps:\n  - when: inputs.tar|get == version("1")',
      'target',
      /^\*\*target\*\*: input, version\n\nThe version\n\nDeclared on line 5\.$/,
    ],
    ['steps:\n  - when: in|puts.target == version("1")', 'inputs', /Values given for this run/],
    ['steps:\n  - when: inputs.target == ver|sion("1")', 'version', /version\(text: string\): version/],
    ['steps:\n  - when: inputs.target.with|in(">= 1")', 'within', /version\.within\(range: version range\): bool/],
    ['steps:\n  - when: inputs.target.rel|ease == "1"', 'release', /^\*\*release\*\*: string\n\nField of the version/],
    ['steps:\n  - on: web\n    args: ["x ${{ host.ur|l }}"]', 'url', /^\*\*url\*\*: variable of web, url/],
    ['steps:\n  - on: web\n    args: ["x ${{ host.na|me"]', 'name', /Name in the inventory\.$/],
    ['steps:\n  - on: web\n    when: host.is("d|b")', 'db', /^\*\*db\*\*: role/],
    ['steps:\n  - when: hosts.web.all(h, |h.url != "")', 'h', /^\*\*h\*\*: host\n\nIs named in `all`/],
    ['steps:\n  - when: steps.upload.co|de == "0"', 'code', /value of upload, string/],
    ['steps:\n  - when: facts.que|ues', 'queues', /fact, boolean\n\nKnown once for the run/],
    ['finally: [{ when: run.fai|led }]', 'failed', /A step has failed/],
    ['steps:\n  - manual: |-\n      Go to\n      ${{ inputs.mo|de }}', 'mode', /One of `fast`, `careful`\./],
    ["steps:\n  - args: ['it''s ${{ inputs.mo|de }}']", 'mode', /input, choice/],
  ];
  for (const [marked, word, markdown] of expressions) {
    it(`in an expression: ${marked.replaceAll('\n', '⏎')}`, async () => {
      const found = await hover(marked);
      assert.equal(found?.word, word);
      assert.match(found.markdown, markdown);
    });
  }

  it('shows what a use of another file, or of a range, stands for', async () => {
    const files = {
      '/work/b.runbook.yaml':
        'title: Other\nsteps:\n  - { id: a, title: First, run: x }\n  - { id: b, title: Second, run: x }\n  - { id: c, run: x }\n',
    };
    assert.equal(
      (await hover('steps:\n  - use: ./b.run|book.yaml', { files }))?.markdown,
      '**./b.runbook.yaml**: 3 steps\n\nOther\n\n1. `a` First\n2. `b` Second\n3. `c`',
    );
    assert.match(
      (await hover('steps:\n  - use: "./b.runbook.yaml#a..|b"', { files }))?.markdown ?? '',
      /2 steps\n\nOther\n\n1\. `a` First\n2\. `b` Second$/,
    );
    assert.equal(await hover('steps:\n  - use: ./none.run|book.yaml', { files }), undefined);
  });

  it('says in an inventory what the runbooks beside it declare', async () => {
    const around = { file: '/work/x.inventory.yaml', head: '', files: { '/work/a.runbook.yaml': HEAD } };
    assert.match(
      (await hover('roles: { we|b: [a] }', around))?.markdown ?? '',
      /role\n\nHosts: 2 or more\.\n\nDeclared in `\.\/a\.runbook\.yaml`\.$/,
    );
    assert.match((await hover('vars: { web: { ur|l: x } }', around))?.markdown ?? '', /variable of web, url/);
    assert.match((await hover('inputs: { mo|de: fast }', around))?.markdown ?? '', /input, choice/);
    assert.match((await hover('hosts: { a: { vars: { po|rt: 1 } } }', around))?.markdown ?? '', /variable of db, port/);
    assert.match(
      (await hover('hosts: { a: { jump: ga|te }, gate: { address: gate.example.com } }', around))?.markdown ?? '',
      /host\n\ngate\.example\.com/,
    );
  });

  it('says nothing about unknown keys, empty places and plain words of expressions', async () => {
    for (const marked of ['steps:\n  - nons|ense: 1', '\n\n|\n', '# a com|ment', 'steps:\n  - use: "#not|hing"'])
      assert.equal(await hover(marked), undefined, marked);
  });

  it('shows texts of authors as they were written: no picture is fetched, and no link hides where it leads', async () => {
    const head = `title: x
inputs:
  one: { type: string, title: '![](https://evil.example.com/a.png) [click](https://evil.example.com) <b>', options: ['\`x\`', b] }
advisories:
  - { id: adv, severity: note, text: 'Read **this**. ![](https://evil.example.com/b.png)' }
`;
    const input = (await hover('steps:\n  - when: inputs.o|ne', { head }))?.markdown ?? '';
    assert.match(input, /\\!?\\\[\\\]|!\\\[\\\]/);
    assert.doesNotMatch(input, /(?<!\\)\[|(?<!\\)</);
    assert.match(input, /One of `'x'`, `b`\./);
    const advisory = (await hover('steps:\n  - when: advisories.a|dv', { head }))?.markdown ?? '';
    assert.match(advisory, /Read \*\*this\*\*\. \\!\[\]/);
  });

  it('leads on to the documentation, and takes what others add', async () => {
    const service = createLanguageService({
      workspace: { readText: async () => undefined },
      documentation: (page) => `https://docs.example.com/${page}`,
    });
    const text = `${HEAD}steps:\n  - on: web\n    when: inputs.target == version("1")\n`;
    const subjects: HoverSubject[] = [];
    const add = (subject: HoverSubject): readonly string[] => {
      subjects.push(subject);
      return ['Here: 7.0.2'];
    };
    const found = await service.hover('/work/a.runbook.yaml', text, text.indexOf('target ==') + 1, add);
    assert.match(found?.markdown ?? '', /Declared on line 5\.\n\n---\n\nHere: 7\.0\.2$/);
    await service.hover('/work/a.runbook.yaml', text, text.lastIndexOf('web') + 1, add);
    assert.deepEqual(
      subjects.map(({ kind, name, steps }) => [kind, name, steps.join('/')]),
      [
        ['input', 'target', 'steps/0/when'],
        ['role', 'web', 'steps/0/on'],
      ],
    );
    assert.match(
      (await service.hover('/work/a.runbook.yaml', text, text.indexOf('steps:\n') + 1))?.markdown ?? '',
      /\[Read more\]\(https:\/\/docs\.example\.com\/language\.md#runbook\)$/,
    );
  });
});

describe('hover over names that every object has', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    it(`says nothing that is not declared of ${name}`, async () => {
      const cut = `${name.slice(0, 3)}|${name.slice(3)}`;
      for (const cel of [cut, `host.${cut}`, `${cut}()`, `facts.${cut}`, `version("1.2").${cut}`]) {
        const found = await hover(`steps:\n  - when: '${cel} == "x"'\n`);
        assert.doesNotMatch(found?.markdown ?? '', /native code|\[object|undefined/, cel);
      }
      assert.doesNotMatch((await hover(`steps:\n  - ${cut}: 1\n`))?.markdown ?? '', /native code|\[object|undefined/);
    });
});
