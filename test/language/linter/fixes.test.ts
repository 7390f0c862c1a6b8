import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

const head = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { web: { hosts: 1.. } }\n';
const file = '/books/main.runbook.yaml';

/** Takes the fix of the only finding of a rule; what comes of it must have no such finding. */
async function fixed(code: string, text: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const found = (await serviceOver({ ...others, [file]: text }).diagnose(file)).filter((diagnostic) => diagnostic.code === code);
  assert.equal(found.length, 1, JSON.stringify(found));
  const [edit] = found[0]?.fix?.edits ?? [];
  assert.ok(edit !== undefined, 'there is a fix');
  const mended = text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end);
  const left = await serviceOver({ ...others, [file]: mended }).diagnose(file);
  assert.deepEqual(
    left.filter((diagnostic) => diagnostic.severity === 'error' || diagnostic.code === code),
    [],
    mended,
  );
  return mended;
}

const checks: readonly (readonly [string, string])[] = [
  ['ps -ef | grep server', "process: { command_line: 'server', state: present }"],
  ['ps -ef | grep "app server"', "process: { command_line: 'app server', state: present }"],
  ['pgrep server > /dev/null', "process: { name: 'server', state: present }"],
  ['pgrep -f app.jar', "process: { command_line: 'app\\.jar', state: present }"],
  ['netstat -ltn | grep 8443', 'port: { number: 8443, state: open }'],
  ['ss -ltn | grep -q :8443', 'port: { number: 8443, state: open }'],
];

describe('fixes', () => {
  for (const [script, probe] of checks) {
    it(`put the typed probe in place of "${script}"`, async () => {
      const step = `  - id: a\n    on: web\n    check:\n      command:\n        run: ${script}\n`;
      assert.ok((await fixed('fragile-check', `${head}steps:\n${step}`)).endsWith(`    check:\n      ${probe}\n`));
      const inFlow = await fixed('fragile-check', `${head}steps:\n  - { on: web, check: { command: { run: '${script}' } } }\n`);
      assert.ok(inFlow.endsWith(`check: { ${probe} } }\n`), inFlow);
    });
  }

  it('ask for the opposite where the search was to find nothing', async () => {
    const text = `${head}steps:\n  - { on: web, check: { command: { run: ps -ef | grep server, exit: 1 } } }\n`;
    assert.match(await fixed('fragile-check', text), /process: \{ command_line: 'server', state: absent \}/);
  });

  it('are guesses where a search is no question with one meaning', async () => {
    for (const script of checks.map(([one]) => one)) {
      const text = `${head}steps:\n  - { on: web, check: { command: { run: '${script}' } } }\n`;
      const [found] = await serviceOver({ [file]: text }).diagnose(file);
      assert.equal(found?.fix?.guess, true, script);
    }
  });

  it('are guesses where "https" is asked for on a port of its own', async () => {
    const guessed = async (url: string): Promise<unknown> => {
      const text = `${head}secrets: { t: { title: T } }\nsteps:\n  - { on: web, check: { http: { url: '${url}', headers: { A: '\${{ secrets.t }}' } } } }\n`;
      const found = (await serviceOver({ [file]: text }).diagnose(file)).find(({ code }) => code === 'secret-over-plain-http');
      assert.ok(found?.fix !== undefined, url);
      return found.fix.guess;
    };
    assert.equal(await guessed('http://a.example.com:8080/status'), true);
    assert.equal(await guessed('http://${{ host.address }}:8080/status'), true);
    assert.equal(await guessed('http://a.example.com/status?at=10:30'), undefined);
    assert.equal(await guessed('http://${{ host.address }}/status'), undefined);
  });

  it('leave a command alone that does more than to look, takes a pattern, or asks what the probe cannot', async () => {
    const scripts = [
      'ps -ef | grep server && app ready',
      'ps -ef | grep "ser.*r"',
      'ps -ef | grep -i Oracle',
      'ss -uln | grep :5300',
      'ss -tan | grep 5432',
      'pgrep -u app server',
    ];
    for (const script of scripts) {
      const found = await serviceOver({ [file]: `${head}steps:\n  - { on: web, check: { command: { run: '${script}' } } }\n` }).diagnose(
        file,
      );
      assert.deepEqual(
        found.map(({ code, fix }) => [code, fix]),
        [['fragile-check', undefined]],
      );
    }
  });

  it('quote a version that YAML reads as a number', async () => {
    const part = `runbook: v1\nid: part\ntitle: Part\ninputs: { to: { type: version } }\nsteps: [ { run: date } ]\n`;
    const text = `${head}steps:\n  - { on: web, use: part.runbook.yaml, with: { to: 10.5 } }\n`;
    assert.match(await fixed('version-literal', text, { '/books/part.runbook.yaml': part }), /to: '10\.5'/);
    const declared = `${head}inputs: { to: { type: version, default: 10.5 } }\nsteps: [ { on: web, run: date } ]\n`;
    assert.match(await fixed('invalid-value', declared), /default: '10\.5'/);
    const unlike = `${head}inputs: { to: { type: version, default: 10.10 } }\nsteps: [ { on: web, run: date } ]\n`;
    assert.ok(
      (await serviceOver({ [file]: unlike }).diagnose(file)).some(({ code, fix }) => code === 'reads-as-number' && fix !== undefined),
    );
  });
});
