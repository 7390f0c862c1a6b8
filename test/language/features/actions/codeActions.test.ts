import assert from 'node:assert/strict';
import { createLanguageService } from '../../../../src/language/index.js';
import type { CodeAction, CodeActionOptions } from '../../../../src/language/index.js';
import { applied } from '../../../support/language/applied.js';
import { serviceOver } from '../../../support/language/service.js';

const FILE = '/a.runbook.yaml';
const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\n';

/** What is offered for what is between `«` and `»`, or at `|`. */
async function offered(marked: string): Promise<{ text: string; actions: readonly CodeAction[] }> {
  const start = marked.indexOf(marked.includes('«') ? '«' : '|');
  const end = marked.includes('»') ? marked.indexOf('»') - 1 : start;
  const text = marked.includes('»') ? marked.replace(/[«»]/g, '') : marked.replace('|', '');
  return { text, actions: await serviceOver({ [FILE]: text }).codeActions(FILE, text, { start, end }) };
}

/** The text after the action whose title begins with these words. */
async function taken(marked: string, title: string): Promise<string> {
  const { text, actions } = await offered(marked);
  const action = actions.find((each) => each.title.startsWith(title));
  assert.ok(action !== undefined, `offered: ${actions.map((each) => each.title).join('; ')}`);
  return applied(text, action.edits.get(FILE) ?? []);
}

async function titles(marked: string): Promise<readonly string[]> {
  return (await offered(marked)).actions.map(({ kind, title }) => `${kind}: ${title}`);
}

describe('what can be done about a name that is not declared', () => {
  const cases: readonly (readonly [what: string, marked: string, title: string, expected: string])[] = [
    [
      'an input in a new part, above the comment of the next one',
      `${HEAD}\n# The kinds of hosts.\nroles: { web: { hosts: 1 } }\n\nsteps:\n  - { id: a, on: web, run: date, args: ['\${{ inputs.|size }}'] }\n`,
      'Declare the input',
      `${HEAD}\ninputs:\n  size: { type: string, title: Size }\n\n# The kinds of hosts.\nroles: { web: { hosts: 1 } }\n\nsteps:\n  - { id: a, on: web, run: date, args: ['\${{ inputs.size }}'] }\n`,
    ],
    [
      'a role, behind the last one and its comment',
      `${HEAD}roles:\n  web: { hosts: 1 } # one\n\nsteps:\n  - { id: a, on: |data_base, run: date }\n`,
      'Declare the role',
      `${HEAD}roles:\n  web: { hosts: 1 } # one\n  data_base: { title: Data base, hosts: 1 }\n\nsteps:\n  - { id: a, on: data_base, run: date }\n`,
    ],
    [
      'a secret in braces',
      `${HEAD}secrets: { key: { title: Key } }\nsteps:\n  - { id: a, run: date, env: { X: '\${{ secrets.|token }}' } }\n`,
      'Declare the secret',
      `${HEAD}secrets: { key: { title: Key }, token: { title: Token, env: TOKEN } }\nsteps:\n  - { id: a, run: date, env: { X: '\${{ secrets.token }}' } }\n`,
    ],
    [
      'a fact of the run, where there is none yet',
      `${HEAD}facts: {}\nsteps:\n  - { id: a, run: date, when: facts.|ready == "yes" }\n`,
      'Declare the fact',
      `${HEAD}facts: { ready: { title: Ready, type: string, ask: 'What is the value of "ready"?' } }\nsteps:\n  - { id: a, run: date, when: facts.ready == "yes" }\n`,
    ],
    [
      'a variable of the hosts of a step',
      `${HEAD}roles:\n  web:\n    hosts: 1\n    vars:\n      url: url\nsteps:\n  - { id: a, on: web, run: date, args: ['\${{ host.|folder }}'] }\n`,
      'Declare the variable',
      `${HEAD}roles:\n  web:\n    hosts: 1\n    vars:\n      url: url\n      folder: { type: string, title: Folder }\nsteps:\n  - { id: a, on: web, run: date, args: ['\${{ host.folder }}'] }\n`,
    ],
    [
      'a contact, with the line breaks of Windows',
      `${HEAD}steps:\n  - { id: a, run: date, on_failure: { escalate: |team } }\n`.replaceAll('\n', '\r\n'),
      'Declare the contact',
      `${HEAD}contacts:\n  team: { title: Team }\nsteps:\n  - { id: a, run: date, on_failure: { escalate: team } }\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    ],
  ];
  for (const [what, marked, title, expected] of cases)
    it(`declares ${what}`, async () => {
      const made = await taken(marked, title);
      assert.equal(made, expected);
      const errors = (await serviceOver({ [FILE]: made }).diagnose(FILE)).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
    });

  it('comes behind the mend that the finding brings, and is not the preferred one', async () => {
    const { actions } = await offered(
      `${HEAD}inputs: { size: { type: string } }\nsteps:\n  - { id: a, run: date, args: ['\${{ inputs.|siez }}'] }\n`,
    );
    assert.deepEqual(
      actions.slice(0, 2).map(({ title, preferred, code }) => ({ title, preferred, code })),
      [
        { title: 'Change to "size"', preferred: false, code: 'undefined-input' },
        { title: 'Declare the input "siez"', preferred: false, code: 'undefined-input' },
      ],
    );
  });
});

describe('what can be put into a step', () => {
  it('is a limit: twice the estimate, above what stands behind it by custom', async () => {
    assert.equal(
      await taken(
        `${HEAD}steps:\n  - id: a\n    wait|: { port: { number: 80 } }\n    estimate: 5m # or so\n    # why\n    retry: { times: 1 }\n`,
        'Limit',
      ),
      `${HEAD}steps:\n  - id: a\n    wait: { port: { number: 80 } }\n    estimate: 5m # or so\n    timeout: 10m\n    # why\n    retry: { times: 1 }\n`,
    );
    assert.equal(await taken(`${HEAD}steps:\n  - { id: a, ru|n: date }`, 'Limit'), `${HEAD}steps:\n  - { id: a, run: date, timeout: 10m }`);
  });

  it('is a limit as a mend where the rule misses it, once', async () => {
    assert.deepEqual(
      (await titles(`${HEAD}steps:\n  - id: a\n    |wait: { port: { number: 80 } }\n`)).filter((title) => title.includes('Limit')),
      ['quickfix: Limit this step with "timeout: 30m"'],
    );
  });

  it('is a proof that its action tells', async () => {
    const head = `${HEAD}roles: { web: { hosts: 1 } }\nsteps:\n  - id: a\n    on: web\n`;
    assert.equal(
      await taken(`${head}    service: { name: 'x y', state: stopped }|\n    source: x\n`, 'Add "verify"'),
      `${head}    service: { name: 'x y', state: stopped }\n    verify: { service: { name: 'x y', state: stopped } }\n    source: x\n`,
    );
    assert.equal(
      await taken(`${head}    upload|: { file: a, to: /b/c }\n`, 'Add "verify"'),
      `${head}    upload: { file: a, to: /b/c }\n    verify: { file: { path: /b/c } }\n`,
    );
    assert.equal(await taken(`${head}    reboot|: {}\n`, 'Add "verify"'), `${head}    reboot: {}\n    verify: { host: rebooted }\n`);
    assert.equal(
      await taken(`${head}    run«»: |\n      a\n\n      b\n\n    # end\n`, 'Add "verify"'),
      `${head}    run: |\n      a\n\n      b\n    verify: { file: { path: /path/of/what/proves/it } }\n\n    # end\n`,
    );
  });

  it('is nothing where it has all, or waits for people', async () => {
    for (const step of ['{ id: a, manual|: Do it. }', `{ id: a, run|: date, timeout: 1m, verify: { that: 'true' } }`]) {
      const there = await titles(`${HEAD}steps:\n  - ${step}\n`);
      assert.ok(!there.some((title) => /Limit|verify/.test(title)), there.join());
    }
  });
});

describe('a command that only looks', () => {
  const around = (probe: string): string =>
    `${HEAD}roles: { web: { hosts: 1 } }\nsteps:\n  - id: a\n    on: web\n    check:\n      ${probe} # kept\n    timeout: 1m\n`;
  const cases: readonly (readonly [command: string, probe: string])[] = [
    ['test -e /etc/app.conf', 'file: { path: /etc/app.conf }'],
    ['test ! -e /run/lock', 'file: { path: /run/lock, state: absent }'],
    ["grep -qF 'mode=a.b' /etc/app.conf", String.raw`file: { path: /etc/app.conf, contains: 'mode=a\.b' }`],
    ["grep -q 'mode=a.b' /etc/app.conf", "file: { path: /etc/app.conf, contains: 'mode=a.b' }"],
    ['systemctl is-active --quiet nginx', "service: { name: 'nginx' }"],
    ['pgrep -x nginx', "process: { name: 'nginx' }"],
  ];
  for (const [command, probe] of cases)
    it(`can be asked as a probe: ${command}`, async () => {
      const made = await taken(around(`command: { run: |${JSON.stringify(command)} }`), 'Ask with');
      assert.equal(made, around(probe));
      assert.deepEqual(
        (await serviceOver({ [FILE]: made }).diagnose(FILE)).filter(({ severity }) => severity === 'error'),
        [],
      );
    });

  it('stays where a probe would not ask the same, or a comment would be lost', async () => {
    for (const command of ['test -e /a && rm /a', 'grep -q "a*" /x', 'grep -c a /x', 'systemctl is-active $X'])
      assert.ok(
        !(await titles(around(`command: { run: |${JSON.stringify(command)} }`))).some((title) => title.includes('Ask with')),
        command,
      );
    assert.ok(!(await titles(around('command:\n        # why\n        run: |test -e /a'))).some((title) => title.includes('Ask with')));
  });
});

describe('steps that are selected', () => {
  it('become a procedure, with their comments and empty lines', async () => {
    assert.equal(
      await taken(
        `${HEAD}\nsteps:\n  - id: a\n    run: date\n«  # about b\n  - id: b\n    run: |\n      x\n\n      y\n\n  - id: c\n    run»: date # c\n\n  - id: d\n    run: date\n`,
        'Make a procedure',
      ),
      `${HEAD}\nprocedures:\n  extracted:\n    # about b\n    - id: b\n      run: |\n        x\n\n        y\n\n    - id: c\n      run: date # c\n\nsteps:\n  - id: a\n    run: date\n  - use: '#extracted'\n\n  - id: d\n    run: date\n`,
    );
  });

  it('become one more procedure, out of a group', async () => {
    assert.equal(
      await taken(
        `${HEAD}procedures:\n  extracted:\n    - { id: x, run: date }\nsteps:\n  - use: '#extracted'\n  - id: g\n    steps:\n      - { id: «a», run: date }\n      - { id: b, run: date }\n`,
        'Make a procedure',
      ),
      `${HEAD}procedures:\n  extracted:\n    - { id: x, run: date }\n  extracted_2:\n    - { id: a, run: date }\nsteps:\n  - use: '#extracted'\n  - id: g\n    steps:\n      - use: '#extracted_2'\n      - { id: b, run: date }\n`,
    );
  });

  it('stay where an alias would come before its anchor, or a range of steps would lose its end', async () => {
    for (const marked of [
      `${HEAD}steps:\n  - { id: a, run: date, timeout: &t 1m }\n  - { id: «b, run»: date, timeout: *t }\n`,
      `${HEAD}steps:\n  - { id: «a, run»: date }\n  - { id: b, run: date }\n  - { id: c, use: '#a..b' }\n`,
    ]) {
      const there = await titles(marked);
      assert.ok(!there.some((title) => title.startsWith('refactor.extract')), there.join());
    }
  });

  it('stay where another file uses them with steps around them', async () => {
    const text = `${HEAD}steps:\n  - { id: a, run: date }\n  - { id: b, run: date }\n`;
    const user = `${HEAD}steps:\n  - { id: x, use: 'a.runbook.yaml#a..b' }\n`;
    const files: Readonly<Record<string, string>> = { [FILE]: text, '/user.runbook.yaml': user };
    const range = { start: text.indexOf('id: b'), end: text.indexOf('id: b') + 4 };
    const kindsWith = async (names: readonly string[]): Promise<readonly string[]> => {
      const workspace = { readText: async (file: string) => files[file], listFiles: async () => names };
      return (await createLanguageService({ workspace }).codeActions(FILE, text, range)).map(({ kind }) => kind);
    };
    assert.ok((await kindsWith([FILE])).includes('refactor.extract'));
    assert.ok(!(await kindsWith(Object.keys(files))).includes('refactor.extract'));
  });

  it('have no file read where they are not asked for, and none any more once nobody waits', async () => {
    const text = `${HEAD}steps:\n  - { id: a, run: date }\n  - { id: b, run: date }\n`;
    const range = { start: text.indexOf('id: b'), end: text.indexOf('id: b') + 4 };
    const others = ['/x.runbook.yaml', '/y.runbook.yaml', '/z.runbook.yaml'];
    const asked = async (options?: Omit<CodeActionOptions, 'isCancelled'>, most = Infinity): Promise<[kinds: string, read: number]> => {
      let read = 0;
      const readText = async (file: string): Promise<string> => {
        if (file === FILE) return text;
        read += 1;
        return `${HEAD}# a.runbook.yaml\nsteps: []\n`;
      };
      const service = createLanguageService({ workspace: { readText, listFiles: async () => [FILE, ...others] } });
      const actions = await service.codeActions(FILE, text, range, { ...options, isCancelled: () => read >= most });
      return [actions.map(({ kind }) => kind).join(), read];
    };
    const [kinds, read] = await asked();
    assert.match(kinds, /refactor\.extract/);
    assert.ok(read >= others.length);
    assert.deepEqual(await asked({ wants: (kind) => kind === 'quickfix' }), ['', 0]);
    const [afterwards, readThen] = await asked({}, 1);
    assert.doesNotMatch(afterwards, /refactor\.extract/);
    assert.ok(readThen < read, `${String(readThen)} of ${String(read)}`);
  });

  it('are still named by what comes after them', async () => {
    const made = await taken(
      `${HEAD}steps:\n  - { id: «a, run»: date, outputs: { now: { match: '(.*)' } } }\n  - { id: b, run: date, args: ['\${{ steps.a.now }}'] }\n`,
      'Make a procedure',
    );
    assert.deepEqual(await serviceOver({ [FILE]: made }).diagnose(FILE), []);
  });

  it('stay where nothing but a place is selected, or no whole lines are', async () => {
    assert.ok(!(await titles(`${HEAD}steps:\n  - { id: |a, run: date }\n`)).some((title) => title.includes('procedure')));
    assert.ok(!(await titles(`${HEAD}steps: [{ id: «a», run: date }]\n`)).some((title) => title.includes('procedure')));
  });
});

describe('a version', () => {
  it('is put in quotes', async () => {
    assert.equal(
      await taken(`${HEAD}inputs: { to: { type: string, default: 1|0.10 } }\nsteps: []\n`, 'Put the v'),
      `${HEAD}inputs: { to: { type: string, default: '10.10' } }\nsteps: []\n`,
    );
  });
});

describe('broken text', () => {
  it('has the mends of its findings, and nothing else', async () => {
    for (const text of ['', 'steps: [', '- a', `${HEAD}steps:\n  - id: «a\n    run: {`]) {
      const { actions } = await offered(text.includes('«') ? `${text}»` : `|${text}`);
      assert.deepEqual(
        actions.filter(({ kind }) => kind !== 'quickfix'),
        [],
        text,
      );
    }
  });
});
