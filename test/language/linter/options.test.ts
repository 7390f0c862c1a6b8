import assert from 'node:assert/strict';
import { createLanguageService, INVENTORY_RULES, RULES } from '../../../src/language/index.js';
import type { RuleOptions } from '../../../src/language/index.js';
import { optionOf } from '../../../src/language/linter/rule.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { web: { hosts: 1 } }\n';

async function messages(rule: string, text: string, ruleOptions: RuleOptions): Promise<readonly string[]> {
  const service = createLanguageService({ workspace: { readText: async () => `${HEAD}${text}` }, ruleOptions });
  return (await service.diagnose('/a.runbook.yaml')).filter(({ code }) => code === rule).map(({ message }) => message);
}

describe('options of rules', () => {
  it('move what long-timeout minds', async () => {
    const text = 'steps: [ { on: web, wait: { port: { number: 80 } }, timeout: 10h } ]\n';
    assert.deepEqual(await messages('long-timeout', text, {}), []);
    const [message] = await messages('long-timeout', text, { 'long-timeout': { hours: 8 } });
    assert.match(message ?? '', /^10h is longer than the 8 hours/);
  });

  it('move what long-expression minds, and never past what is read', async () => {
    const cel = 'size(hosts.web.name) > 1 || size(hosts.web.name) > 2';
    const text = `steps: [ { on: web, run: date, when: '${cel}' } ]\n`;
    assert.deepEqual(await messages('long-expression', text, {}), []);
    const [message] = await messages('long-expression', text, { 'long-expression': { characters: 30 } });
    assert.match(message ?? '', /has 52 characters, and at most 30 are read/);
    const long = text.replace(cel, Array.from({ length: 400 }, () => 'size(hosts.web.name) > 1').join(' || '));
    assert.equal((await messages('long-expression', long, { 'long-expression': { characters: 1_000_000 } })).length, 1);
  });

  it('move what too-many-steps minds', async () => {
    const text = `steps:\n${Array.from({ length: 12 }, (_, at) => `  - { on: web, run: app ${String(at)} }\n`).join('')}`;
    assert.deepEqual(await messages('too-many-steps', text, {}), []);
    const [message] = await messages('too-many-steps', text, { 'too-many-steps': { steps: 10 } });
    assert.match(message ?? '', /comes to more than 10 steps/);
  });

  it('have a default within their limits, and are asked for by their names', () => {
    const rules = [...RULES, ...INVENTORY_RULES];
    const options = rules.flatMap((rule) => (rule.options ?? []).map((option) => ({ rule, option })));
    assert.ok(options.length >= 3);
    for (const { rule, option } of options) {
      assert.ok(option.default >= option.minimum && option.default <= (option.maximum ?? Infinity), rule.id);
      assert.match(option.description, /\.$/);
      assert.equal(optionOf(rule, option.name, {}), option.default);
      assert.equal(optionOf(rule, option.name, { [rule.id]: { [option.name]: 42 } }), 42);
    }
    const [first] = options;
    assert.ok(first !== undefined);
    assert.throws(() => optionOf(first.rule, 'nothing', {}), /has no option nothing/);
  });
});
