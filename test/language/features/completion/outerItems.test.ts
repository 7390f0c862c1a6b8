import assert from 'node:assert/strict';
import { labels, offered, taking } from '../../../support/language/completing.js';

describe('what is offered where a block may end', () => {
  const STEP = 'steps:\n  - id: look\n    title: Look\n    check: { host: reachable }\n';

  it('has the next step, at the end of a step that is whole', async () => {
    assert.equal(await taking('next step', `${STEP}    |`), `${STEP}  - `);
    assert.equal(
      await taking('step: check something', `${STEP}    |`).then((text) => text.split('\n').slice(4, 6).join('\n')),
      '  - id: check\n    title: What must hold',
    );
  });

  it('has it before the keys that need not be there, and behind those that must', async () => {
    const whole = await labels(`${STEP}    |`);
    assert.ok(whole.indexOf('next step') >= 0 && whole.indexOf('next step') < whole.indexOf('timeout'), whole.join(', '));
    const half = await labels('steps:\n  - id: look\n    title: Look\n    |');
    assert.ok(half.indexOf('next step') > half.indexOf('check'), half.join(', '));
  });

  it('has it behind the last step, where the line begins at the margin', async () => {
    assert.equal(await taking('next step', `${STEP}|`), `${STEP}  - `);
    assert.equal(await taking('next step', `${STEP}\n# what comes then\n|`), `${STEP}\n# what comes then\n  - `);
    assert.match(await taking('step: wait for something', `${STEP}|`), /\n {2}- id: wait\n {4}title: Wait/);
  });

  it('has steps of each list around, from the inside out', async () => {
    const nested = 'steps:\n  - id: group\n    on: web\n    steps:\n      - id: look\n        check: { host: reachable }\n';
    assert.equal(await taking('next step', `${nested}        |`), `${nested}      - `);
    assert.equal(await taking('next step, further out', `${nested}        |`), `${nested}  - `);
    assert.equal(await taking('next step', `${nested}|`), `${nested}      - `);
  });

  it('has keys of what is further out, and sets the line right', async () => {
    const head = 'runbook: v1\nid: sample\ntitle: Sample\nroles:\n  web:\n    hosts: 2..\n';
    const made = await taking('steps', `${head}    |`, { head: '' });
    assert.match(made, /\n {4}hosts: 2\.\.\nsteps:/);
    assert.equal((await offered(`${head}    |`, { head: '' })).find(({ label }) => label === 'steps')?.detail, 'needed, further out');
  });

  it('has none of them where what follows would become a part of them', async () => {
    const all = await labels('steps:\n  - id: look\n    title: Look\n    |\n    check: { host: reachable }\n');
    assert.deepEqual(
      all.filter((label) => label.startsWith('next ') || label === 'finally'),
      [],
    );
  });

  it('has none of them within braces, scripts and lines that say something already', async () => {
    for (const marked of [
      'steps:\n  - { id: a, \n    | }\n',
      'steps:\n  - id: a\n    run: |\n      echo\n      ¦\n',
      'steps:\n  - id: a\n    tit| x\n',
    ]) {
      const text = marked.includes('¦') ? marked.replace('¦', '|') : marked;
      assert.ok(!(await labels(text)).some((label) => label.startsWith('next ')), text);
    }
  });

  it('names further entries of a mapping with names of ones own', async () => {
    const hosts = 'inventory: v1\nenvironment: near\nhosts:\n  one: { address: one.example.com }\n';
    const made = await taking('new host', `${hosts}  |`, { head: '', file: '/work/a.inventory.yaml' });
    assert.match(made, /\n {2}one: \{ address: one\.example\.com \}\n {2}name:/);
    assert.match(await taking('new role', 'roles:\n  |', { head: 'runbook: v1\n' }), /^roles:\n {2}name:/);
  });
});
