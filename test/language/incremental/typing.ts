import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PIECES } from '../../support/language/pieces.js';

const examples = join(import.meta.dirname, '../../../examples');

/** A runbook, by the name of its file. */
export interface Sample {
  readonly file: string;
  readonly text: string;
}

/** Every example, and documents that are made: flat ones, and ones with groups, procedures and lists in other columns. */
export const SAMPLES: readonly Sample[] = [
  ...readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.runbook.yaml'))
    .sort()
    .map((file) => ({ file: join(examples, file), text: readFileSync(join(examples, file), 'utf8') })),
  { file: '/a/flat.runbook.yaml', text: flat(30) },
  { file: '/a/grouped.runbook.yaml', text: grouped() },
  { file: '/a/lines.runbook.yaml', text: grouped().replaceAll('\n', '\r\n') },
];

/** Numbers from 0 to 1 that are the same in each run. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What people type, and what they would rather not have typed. */
const TYPED = [
  ...[
    'a',
    'Z',
    '7',
    ' ',
    '  ',
    '\n',
    '\n    ',
    '\n      ',
    '\n  - ',
    ':',
    ': ',
    ' # x',
    '# y\n',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '-',
    '- ',
  ],
  ...[
    '|',
    '>',
    '|-\n',
    '&a ',
    '*a',
    '!',
    '\t',
    '${{ ',
    ' }}',
    '${{ inputs.version }}',
    'inputs.nothing',
    'steps.step_1.out',
    '\\',
    '%',
    '@',
  ],
  ...[
    'null',
    '~',
    'true',
    '1.10',
    'timeout: 5m',
    '\n    timeout: 1s',
    '\n    undo:\n      run: x',
    '\n    use: "#twice"',
    '\n    on: nobody',
  ],
  ...[
    '\n    outputs: { a: { from: stdout } }',
    '\n    effects: [stop]',
    '\n    verify:\n      that: true',
    'id: step_2',
    '\r\n',
    '\r',
    '---\n',
    '...',
  ],
  ...PIECES,
];

/** The text that comes of one more edit: typing, deleting, pasting, moving lines, indenting. */
export function edited(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const below = (most: number): number => Math.floor(random() * most);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = (text.indexOf('\n', at) + 1 || text.length + 1) - 1;
  const put = (from: number, to: number, by: string): string => text.slice(0, from) + by + text.slice(to);
  switch (below(9)) {
    case 0:
      return put(at, at + 1 + below(4), '');
    case 1:
      return put(lineStart, lineEnd + 1, '');
    case 2:
      return put(lineStart, lineStart, text.slice(lineStart, lineEnd + 1));
    case 3:
      return put(lineStart, lineStart, ' '.repeat(1 + below(3)));
    case 4:
      return put(lineStart, lineStart + below(3), '');
    case 5: {
      const from = below(text.length);
      return put(
        lineStart,
        lineStart,
        text.slice(text.lastIndexOf('\n', from) + 1, text.indexOf('\n', from + below(300)) + 1 || text.length),
      );
    }
    case 6:
      return put(lineEnd, lineEnd, TYPED[below(TYPED.length)] ?? '');
    default:
      return put(at, at, TYPED[below(TYPED.length)] ?? '');
  }
}

function flat(steps: number): string {
  const step = (at: number): string =>
    [
      `  - id: step_${String(at)}`,
      `    title: Write the marker ${String(at)}`,
      '    on: app',
      '    when: inputs.version == "10.2"',
      '    env:',
      '      VERSION: ${{ inputs.version }}',
      '    run: |',
      `      echo "$VERSION" ${String(at)}`,
      '    timeout: 5m',
      '',
    ].join('\n');
  const head =
    'runbook: v1\nid: sample\ntitle: Sample\ninputs:\n  version: { type: string, default: "10.2" }\nroles:\n  app: { hosts: 1.. }\nsteps:\n';
  return head + Array.from({ length: steps }, (_, at) => step(at + 1)).join('');
}

function grouped(): string {
  const step = (name: string, indent: number): string =>
    [
      `- id: ${name}`,
      `  title: Do ${name} # with care`,
      '  on: app',
      '  run: |',
      `    echo ${name}`,
      '',
      '    echo twice',
      '# a note to the left',
      '  effects: [configure]',
      '  undo:',
      '    run: echo back',
      '',
    ]
      .map((line) => (line.startsWith('#') || line === '' ? line : ' '.repeat(indent) + line))
      .join('\n');
  return [
    'runbook: v1',
    'id: grouped',
    'title: Grouped',
    'inputs:',
    '  version: { type: string, default: "10.2" }',
    'roles:',
    '  app: { hosts: 1.. }',
    '  other: { hosts: 1, platforms: [linux, windows] }',
    'procedures:',
    '  twice:',
    ...['first', 'second'].map((name) => step(name, 2)),
    'prerequisites:',
    '- id: ask',
    '  title: Ask somebody',
    '  manual: Ask.',
    'steps:',
    step('alone', 2),
    '  - id: phase',
    '    title: A phase',
    '    on: app',
    '    serial: 1',
    '    steps:',
    step('inner', 4),
    step('last_inner', 4),
    '    when: inputs.version == "10.2"',
    '  - use: "#twice"',
    '    on: other',
    '  - id: flow',
    '    title: In braces',
    '    steps: [{ id: a, title: A, on: app, run: "true" }, { id: b, title: B, on: app, run: "true" }]',
    'finally:',
    step('end', 2),
    'next:',
    '  - title: Look around',
    '    use: other.runbook.yaml',
    '',
  ].join('\n');
}
