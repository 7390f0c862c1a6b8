import assert from 'node:assert/strict';
import { celNames } from '../../../src/language/features/symbols/celNames.js';

function names(cel: string): readonly string[] {
  return celNames(cel).map((found) => {
    assert.equal(cel.slice(found.range.start, found.range.end), found.name);
    if (found.kind === 'value') return `value ${found.step}.${found.name}`;
    if (found.kind === 'member') return `member ${found.hosts.here ? 'here ' : ''}${found.hosts.roles.join()}.${found.name}`;
    return `${found.kind} ${found.name}`;
  });
}

describe('names in an expression', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['inputs.a == facts . b', ['input a', 'fact b']],
    [`inputs["a"] + inputs['b'] + inputs[x]`, ['input a', 'input b']],
    ['steps.one.two + steps["one"].two', ['step one', 'value one.two', 'step one', 'value one.two']],
    ['host.url + hosts.web[0].url', ['member here .url', 'role web', 'member web.url']],
    ['hosts.web.all(h, h.up && h.is("db"))', ['role web', 'local h', 'local h', 'member web.up', 'local h', 'role db']],
    [
      'hosts.a.exists(h, hosts.b.all(o, o.x == h.x))',
      ['role a', 'local h', 'role b', 'local o', 'local o', 'member b.x', 'local h', 'member a.x'],
    ],
    ['hosts.a.filter(h, true).map(h, h)[0].x', ['role a', 'local h', 'local h', 'local h', 'member a.x']],
    ['(facts.f ? hosts.a : host).x', ['fact f', 'role a', 'member here a.x']],
    ['[hosts.a, hosts.b].all(h, h.x)', ['role a', 'role b', 'local h', 'local h', 'member a,b.x']],
    ['inputs.v.release == version("1").minor', ['input v', 'field release', 'field minor']],
    ['inputs.v.within(inputs.range)', ['input v', 'input range']],
    ['hop.to.release == "7" && crosses("7.0")', ['path hop', 'field release', 'path crosses']],
    ['body.inputs.a + status + x.hosts.web', []],
    ['"inputs.a" + \'inputs.b\' + r"inputs.c\\" + """inputs.d "x" """', []],
    ['// inputs.a\ninputs.b', ['input b']],
    ['inputs.all(inputs, inputs.x)', ['local inputs', 'local inputs', 'input x']],
    ['secrets.s + advisories.a', ['secret s', 'advisory a']],
    ['inputs.a == (', ['input a']],
    [') inputs.a "', ['input a']],
    ['inputs.', []],
  ];
  for (const [cel, wanted] of rows) it(cel, () => assert.deepEqual(names(cel), wanted));

  it('are found in bounds however deep and broken it is', () => {
    for (const cel of ['('.repeat(5000) + 'inputs.a', 'hosts.a.all(h, '.repeat(400), '[{('.repeat(999), '"'.repeat(999)])
      for (const { range } of celNames(cel)) assert.ok(range.start >= 0 && range.end <= cel.length);
  });
});
