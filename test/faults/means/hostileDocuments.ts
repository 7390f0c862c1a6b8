import { readFileSync } from 'node:fs';
import { PIECES } from '../../support/language/pieces.js';

const TOKENS: readonly string[] = [
  ...[
    'host',
    'host.x',
    'facts',
    'facts.a',
    'hosts.server',
    'steps.a.b',
    'secrets.x',
    'inputs',
    'run.failed',
    'true',
    'false',
    'null',
    '1',
    '-1',
    '1.5',
    '9223372036854775808',
  ],
  ...[
    '"x"',
    "'x'",
    'r"\\d"',
    'b"x"',
    '+',
    '-',
    '*',
    '/',
    '%',
    '==',
    '!=',
    '<',
    '<=',
    '&&',
    '||',
    '!',
    '?',
    ':',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '.',
    ',',
    ' in ',
  ],
  ...[
    '.size()',
    '.matches("(a+)+$")',
    '.all(x, x)',
    '.map(x, x)',
    '.filter(x, true)',
    '.exists(h, h.x)',
    'version("1")',
    'crosses("1")',
    'has(',
    'int(',
    'type(',
    '__proto__',
    '.constructor',
    '\\',
    '`',
    '@',
    '$',
    'é',
    '\u0000',
  ],
];

const PATTERNS: readonly string[] = [
  'a',
  '.',
  '*',
  '+',
  '?',
  '(',
  ')',
  '[',
  ']',
  '^',
  '$',
  '|',
  '{2,}',
  '{1000}',
  '\\d',
  '\\b',
  '\\1',
  '(?=',
  '(?<n>',
  '(?:',
  '[^a]',
  '\\p{L}',
  '(a*)*',
  '(a|a)*',
  '\\',
  'x'.repeat(50),
];

/** Kinds of documents with how often each is made, out of 1,000. The last ones are large, and few of them say as much as many. */
const KINDS: readonly (readonly [weight: number, make: (random: () => number) => string])[] = [
  [600, scraps],
  [200, expression],
  [120, pattern],
  [40, mutated],
  [18, nested],
  [15, nestedExpression],
  [5, aliases],
  [2, wide],
];

const folder = process.env['FUZZ_SAMPLES'] ?? '';
const samples = ['sample.runbook.yaml', 'sample.inventory.yaml'].map((name) =>
  folder === '' ? '' : readFileSync(`${folder}/${name}`, 'utf8'),
);

/** A text that somebody might open as a runbook or inventory to do harm. Needs `FUZZ_SAMPLES`, the folder of sound ones, in the environment. */
export function hostileDocument(random: () => number): string {
  let at = random() * KINDS.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of KINDS) if ((at -= weight) < 0) return make(random);
  return '';
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function many(random: () => number, most: number, list: readonly string[]): string {
  return Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(random, list)).join('');
}

function scraps(random: () => number): string {
  const head = random() < 0.7 ? 'runbook: v1\nid: a\ntitle: A\nroles: { server: { hosts: 1 } }\nsteps:\n' : '';
  return head + many(random, 25, PIECES);
}

function step(member: string): string {
  return `runbook: v1\nid: a\ntitle: A\nroles: { server: { hosts: 1 } }\nsteps:\n  - id: a\n    title: A\n    on: server\n    run: x\n    ${member}\n`;
}

function expression(random: () => number): string {
  const text = many(random, 15, TOKENS);
  return random() < 0.5 ? step(`when: ${JSON.stringify(text)}`) : step(`title: ${JSON.stringify(`x \${{ ${text} }}`)}`);
}

function pattern(random: () => number): string {
  return step(`answers: [ { prompt: ${JSON.stringify(many(random, 12, PATTERNS))}, answer: y } ]`);
}

function mutated(random: () => number): string {
  return changedAtRandom(pick(random, samples), random);
}

/** A sound runbook or inventory in which a few pieces are put, or put in the place of others. Needs `FUZZ_SAMPLES` as well. */
export function spoiled(kind: 'runbook' | 'inventory', random: () => number): string {
  return changedAtRandom(samples[kind === 'runbook' ? 0 : 1] ?? '', random);
}

function changedAtRandom(sample: string, random: () => number): string {
  let text = sample;
  for (let change = Math.floor(random() * 5); change >= 0; change -= 1) {
    const at = Math.floor(random() * text.length);
    text = text.slice(0, at) + pick(random, PIECES) + text.slice(at + Math.floor(random() * 30));
  }
  return text;
}

function nested(random: () => number): string {
  const [open, inside, close] = pick(random, [
    ['[', '', ']'],
    ['{a: ', 'x', '}'],
    ['? ', 'x', ''],
    ['- ', 'x', ''],
    ['? - ', 'x', ''],
    ['[{? ', 'x', '}]'],
    ['!t ', 'x', ''],
    ['"', '', ''],
    ['[[a, ', 'x', ']]'],
  ] as const);
  const depth = Math.floor(random() ** 2 * 5000);
  const head = random() < 0.5 ? '' : 'runbook: v1\nsteps: ';
  return `${head}${open.repeat(depth)}${inside}${random() < 0.5 ? close.repeat(depth) : ''}\n`;
}

function nestedExpression(random: () => number): string {
  const depth = Math.floor(random() ** 2 * 3000);
  const [open, inside, close] = pick(random, [
    ['(', '1', ')'],
    ['!', 'true', ''],
    ['[', '', ']'],
    ['a.', 'b', ''],
    ['true ? ', '1', ' : 0'],
    ['1 + ', '1', ''],
    ['a && ', 'b', ''],
    ['has(', 'a.b', ')'],
    ['{"a": ', '1', '}'],
    ['[1].map(x, ', 'x', ')'],
    ['-', '1', ''],
    ['${{ ', 'x', ' }}'],
  ] as const);
  return step(`when: ${JSON.stringify(`${open.repeat(depth)}${inside}${close.repeat(depth)}`)}`);
}

function aliases(random: () => number): string {
  const width = 2 + Math.floor(random() * 12);
  const levels = 1 + Math.floor(random() * 40);
  const lines = Array.from({ length: levels }, (_, level) => {
    const inside = level === 0 ? 'x' : `*a${String(level - (random() < 0.1 ? 0 : 1))}, `.repeat(width);
    return `a${String(level)}: &a${String(level)} [${inside}]`;
  });
  return `runbook: v1\n${lines.join('\n')}\nsteps: *a${String(levels - 1)}\n`;
}

function wide(random: () => number): string {
  const keys = Math.floor(random() * 20_000);
  const same = random() < 0.3;
  const lines = Array.from({ length: keys }, (_, index) => `k${String(same ? index % 50 : index)}: 1`);
  return random() < 0.5 ? `runbook: v1\n${lines.join('\n')}\n` : `runbook: v1\ninputs: { ${lines.join(', ')} }\n`;
}
