import assert from 'node:assert/strict';
import type { Severity } from '../../../src/language/index.js';
import { configurationOf, parseConfiguration, readRuleSettings, severityOf } from '../../../src/review/index.js';

/** Messages by the text they are about. */
function troubles(text: string): readonly (readonly [string, string])[] {
  const { settings, diagnostics } = parseConfiguration('/t/.runbook-lint.yaml', text);
  for (const { code, severity } of diagnostics) assert.deepEqual([code, severity], ['invalid-configuration', 'error']);
  if (diagnostics.length > 0) assert.deepEqual(settings, {}, 'nothing of a file that is wrong counts');
  return diagnostics.map(({ range, message }) => [text.slice(range.start, range.end), message]);
}

describe('parseConfiguration', () => {
  it('reads what is set', () => {
    const text = [
      'profile: strict',
      'fail_on: error',
      'exclude: [ "drafts/**" ]',
      'rules:',
      '  missing-timeout: off',
      '  undefined-role: error',
      '  change-without-undo: { severity: information }',
      '',
    ].join('\n');
    const { settings, diagnostics } = parseConfiguration('/t/.runbook-lint.yaml', text);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(settings, {
      profile: 'strict',
      failOn: 'error',
      exclude: ['drafts/**'],
      rules: {
        'missing-timeout': { severity: 'off', options: {} },
        'undefined-role': { severity: 'error', options: {} },
        'change-without-undo': { severity: 'information', options: {} },
      },
    });
  });

  it('takes an empty file for one that sets nothing', () => {
    for (const text of ['', '\n', '# nothing yet\n\n  # really\r\n']) assert.deepEqual(troubles(text), []);
  });

  it('takes no longer for many empty lines', () => {
    const start = process.cpuUsage().user;
    assert.deepEqual(troubles(`${'\n'.repeat(50_000)}${' '.repeat(50_000)}profile: strict\n`), []);
    assert.deepEqual(troubles(`${'\n \t'.repeat(20_000)}# end`), []);
    assert.ok(process.cpuUsage().user - start < 10_000_000);
  });

  it('reads what seems to be in a comment and is not', () => {
    for (const end of ['\n', '\r\n']) assert.equal(parseConfiguration('/t/x', `# a${end}profile: strict${end}`).settings.profile, 'strict');
    for (const end of ['\r', '\u2028']) assert.ok(troubles(`# a${end}profile: strict`).length > 0);
  });

  it('does not mind a byte order mark', () => {
    assert.equal(parseConfiguration('/t/x', '\uFEFFprofile: strict\n').settings.profile, 'strict');
    assert.deepEqual(troubles('\uFEFFprofile: strict\n'), []);
  });

  it('gives an advice for an empty document that helps', () => {
    const advice = /begin with "(.*)"/.exec(troubles('---\n')[0]?.[1] ?? '')?.[1] ?? '';
    assert.notEqual(advice, '');
    assert.deepEqual(troubles(`${advice}\n`), []);
  });

  it('finds patterns that do nothing', () => {
    assert.deepEqual(
      troubles("exclude: ['', ' ', '!a', '[', 'a[b/c]', '{a,b', '{a,{b}']\n").map(([word]) => word),
      ["''", "' '", "'!a'", "'['", "'a[b/c]'", "'{a,b'", "'{a,{b}'"],
    );
    assert.match(troubles(`exclude: ["${'{a,b}'.repeat(9)}"]\n`)[0]?.[1] ?? '', /too many patterns/);
    assert.deepEqual(troubles("exclude: ['a!', '[!a]', '[]a]', '{a,b}/**', 'a}', 'a]', 'x[a-z]y[bc]']\n"), []);
  });

  it('finds what it does not know, at its place', () => {
    const [[word = '', message = ''] = []] = troubles('plugins: [./evil.js]\n');
    assert.equal(word, 'plugins');
    assert.match(message, /unknown key "plugins"/);
    assert.deepEqual(troubles('rules: { mising-timeout: off }\n'), [
      ['mising-timeout', 'there is no rule "mising-timeout"; did you mean "missing-timeout"?'],
    ]);
    assert.match(troubles('rules: { missing-timeout: { loudness: 3 } }\n')[0]?.[1] ?? '', /has no option "loudness"/);
    assert.match(troubles('profile: lax\n')[0]?.[1] ?? '', /"lax" cannot stand here/);
    assert.match(troubles('fail_on: never\n')[0]?.[1] ?? '', /"never" cannot stand here/);
  });

  it('does not let an error be lowered', () => {
    for (const setting of ['off', 'warning', '{ severity: information }'])
      assert.match(troubles(`rules: { undefined-role: ${setting} }\n`)[0]?.[1] ?? '', /it cannot be lowered/);
  });

  it('keeps patterns in the tree, and short', () => {
    assert.equal(troubles('exclude: [ /etc/**, ../other, "a/../../b" ]\n').length, 3);
    assert.equal(troubles(`exclude: [ "${'{a,b}'.repeat(200)}" ]\n`).length, 1);
  });

  it('survives whatever stands in the file', () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${String(i)}: [*a, *a]`).join('\n')}\n`;
    for (const text of [
      bomb,
      '['.repeat(10_000),
      'rules: [',
      '%YAML 1.1\n---\nrules: {}\n',
      '\0',
      '- a\n- b\n',
      '!!js/function x\n',
      '__proto__: {}\n',
      'rules: { __proto__: off }\n',
      'rules: { constructor: off }\n',
    ])
      assert.ok(troubles(text).length > 0, text.slice(0, 40));
  });
});

describe('configurationOf', () => {
  it('takes the last source that says something, rule by rule', () => {
    const { profile, rules, failOn, exclude, ruleOptions } = configurationOf(
      { profile: 'strict', rules: { a: { severity: 'off', options: {} }, b: { severity: 'error', options: { most: 3 } } }, exclude: ['x'] },
      { profile: 'minimal', rules: { a: { severity: 'warning', options: {} } } },
    );
    assert.deepEqual([profile, failOn, exclude], ['minimal', 'warning', ['x']]);
    assert.deepEqual(rules, { a: { severity: 'warning', options: {} }, b: { severity: 'error', options: { most: 3 } } });
    assert.deepEqual(ruleOptions, { a: {}, b: { most: 3 } });
  });
});

describe('severityOf', () => {
  const grades = (profile: 'minimal' | 'default' | 'strict', rules = {}): readonly (Severity | undefined)[] =>
    (['information', 'warning', 'error'] as const).map((severity) =>
      severityOf({ code: 'missing-timeout', severity }, configurationOf({ profile, rules })),
    );

  it('follows the profile', () => {
    assert.deepEqual(grades('minimal'), [undefined, undefined, 'error']);
    assert.deepEqual(grades('default'), ['information', 'warning', 'error']);
    assert.deepEqual(grades('strict'), ['warning', 'error', 'error']);
  });

  it('follows a setting of the rule before the profile, but for errors', () => {
    const set = (severity: Severity | 'off') => ({ 'missing-timeout': { severity, options: {} } });
    assert.deepEqual(grades('minimal', set('warning')), ['warning', 'warning', 'error']);
    assert.deepEqual(grades('strict', set('off')), [undefined, undefined, 'error']);
    assert.deepEqual(grades('default', set('error')), ['error', 'error', 'error']);
  });

  it('lets one rule of ShellCheck be set, or all of them', () => {
    const rules = { shellcheck: { severity: 'off', options: {} }, 'shellcheck/SC2086': { severity: 'error', options: {} } } as const;
    const of = (code: string): Severity | undefined => severityOf({ code, severity: 'warning' }, configurationOf({ rules }));
    assert.deepEqual([of('shellcheck/SC2086'), of('shellcheck/SC2154'), of('missing-timeout')], ['error', undefined, 'warning']);
  });
});

describe('readRuleSettings', () => {
  it('takes what is sound and leaves the rest out', () => {
    assert.deepEqual(
      readRuleSettings({
        'missing-timeout': 'error',
        'undefined-role': 'off',
        nonsense: 'off',
        'fragile-check': 3,
        'too-many-steps': 'loud',
      }),
      {
        'missing-timeout': { severity: 'error', options: {} },
      },
    );
    assert.deepEqual(readRuleSettings(null), {});
  });
});
