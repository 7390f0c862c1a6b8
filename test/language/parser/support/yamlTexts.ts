import fc from 'fast-check';

/** Lines of a node; the first may go behind its key or dash when `inline`. */
interface Written {
  readonly lines: readonly string[];
  readonly inline: boolean;
}

const COMMENTS = ['', '', '', '', ' # a comment', '  # key: value', ' # - "x', ' # | > &a *b'];
const WORDS = [
  'a',
  'node',
  'x1',
  'é',
  '漢字',
  '😀',
  'it is',
  'a#b',
  'a: b',
  '- a',
  "it's",
  '"',
  '${{ x }}',
  '{a}',
  '[b',
  'a, b',
  '1.2.3',
  '\u00a0',
  '.5x',
];
const PLAIN = [
  'a',
  'node_1',
  'two words',
  'a#b',
  'a:b',
  'http://x.example.com/a?b=c&d',
  "it's",
  '1.2.3',
  '127.42.0.1',
  '10.9',
  '0',
  '-3',
  '42',
];
const ODD = [
  '007',
  '0x1F',
  '1e3',
  '.inf',
  '~',
  'null',
  'True',
  '+1',
  '1_000',
  '-0',
  '1.',
  '.5',
  'yes',
  '!x',
  '&a',
  '*a',
  '@a',
  '%a',
  '?a',
  '-a',
  ':a',
  '',
];
const HEADS = ['|', '|-', '|+', '>', '>-', '>+', '|2', '>2-', '| # said', '>1'];

const comment = fc.constantFrom(...COMMENTS);
const between = fc.constantFrom<readonly string[]>([], [], [], [], [''], ['# alone'], ['      # far to the right'], ['', '# two', '']);
const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !/[\r\n]/.test(text)),
);
const plain = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...PLAIN, 'true', 'false') },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
);

function single(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function double(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const quoted = fc
  .tuple(fc.array(word, { maxLength: 3 }), fc.boolean(), fc.constantFrom('', '\\n', '\\x41', '\\u00e9'))
  .map(([words, isDouble, escape]) => (isDouble ? double(words.join(' ')).replace(/"$/, `${escape}"`) : single(words.join(' '))));
const overLines = fc
  .tuple(fc.array(fc.constantFrom('a', 'two words', '', 'b c', 'é'), { minLength: 2, maxLength: 4 }), fc.constantFrom('"', "'", ''))
  .map(([lines, quote]): Written => ({
    lines: lines.map(
      (line, at) =>
        (at === 0 ? quote : '    ') +
        (line === '' && (at === 0 || at === lines.length - 1) ? 'x' : line) +
        (at === lines.length - 1 ? quote : ''),
    ),
    inline: true,
  }));
const block = fc
  .tuple(fc.constantFrom(...HEADS), fc.array(fc.tuple(fc.constantFrom('', '', ' ', '   '), word), { maxLength: 5 }), fc.nat(2))
  .map(([head, lines, blank]): Written => ({
    lines: [head, ...lines.map(([indent, text]) => `  ${indent}${text}`), ...Array.from({ length: blank }, () => '')],
    inline: true,
  }));
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'key_1', 'two words', 'é', 'a.b', '10', 'true', '<<') },
  { weight: 1, arbitrary: quoted },
);

interface Flow {
  readonly flow: string;
}

const tree = fc.letrec<{ node: Written; flow: Flow }>((tie) => ({
  flow: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(plain, quoted).map((flow) => ({ flow })),
    fc
      .tuple(
        fc.array(tie('flow'), { maxLength: 3 }),
        fc.constantFrom(', ', ',', ' , ', ',\n      ', ', # c\n      '),
        fc.constantFrom('', '', ','),
      )
      .map(([items, comma, last]) => ({ flow: `[${items.map(({ flow }) => flow).join(comma)}${items.length > 0 ? last : ''}]` })),
    fc
      .tuple(
        fc.array(fc.tuple(key, tie('flow')), { maxLength: 3 }),
        fc.constantFrom(', ', ',', ',\n      '),
        fc.constantFrom('{', '{ ', '{\n      '),
      )
      .map(([members, comma, open]) => ({ flow: `${open}${members.map(([name, { flow }]) => `${name}: ${flow}`).join(comma)} }` })),
  ),
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.oneof(plain, quoted), comment).map(([text, said]): Written => ({ lines: [text + said], inline: true })),
    },
    { weight: 1, arbitrary: overLines },
    { weight: 2, arbitrary: block },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('flow'), comment).map(([{ flow }, said]): Written => ({ lines: `${flow}${said}`.split('\n'), inline: true })),
    },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.tuple(key, tie('node'), comment, between, fc.constantFrom(' ', '  ', '    ')), { minLength: 1, maxLength: 4 })
        .map((members): Written => ({
          lines: members.flatMap(([name, value, said, before, indent]) => [...before, ...member(name, value, said, indent)]),
          inline: false,
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.tuple(tie('node'), between, fc.constantFrom('- ', '-   ')), { minLength: 1, maxLength: 3 })
        .map((items): Written => ({ lines: items.flatMap(([value, before, dash]) => [...before, ...item(dash, value)]), inline: false })),
    },
  ),
}));

function member(name: string, { lines, inline }: Written, said: string, indent: string): readonly string[] {
  const [first = '', ...rest] = lines;
  if (inline) return [`${name}: ${first}`, ...rest.map((line) => (line === '' ? '' : indent + line))];
  // A list may stand as far to the left as its key.
  const inner = lines.every((line) => /^(?:- |-$|#|$)/.test(line)) && indent === ' ' ? '' : indent;
  return [`${name}:${said}`, ...lines.map((line) => (line === '' ? '' : inner + line))];
}

function item(dash: string, { lines }: Written): readonly string[] {
  const [first = '', ...rest] = lines;
  const indent = ' '.repeat(dash.length);
  return [dash + first, ...rest.map((line) => (line === '' ? '' : indent + line))];
}

/** Texts that are mostly YAML, in every way of writing it that people use and in some that they do not. */
export const yamlTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(key, tree.node, comment, between, fc.constantFrom('  ', '    ', ' ')), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('\n', '\n', '\n', '\r\n'),
    fc.constantFrom('', '\n', '\n# end\n', '\n\n\n'),
  )
  .map(([members, lineBreak, end]) =>
    (
      members.flatMap(([name, value, said, before, indent]) => [...before, ...member(name, value, said, indent)]).join('\n') + end
    ).replaceAll('\n', lineBreak),
  );

/** Small things that break YAML, or change what it means. */
const PIECES = [
  '\n',
  '\n\n',
  '\r\n',
  ' ',
  '  ',
  '\t',
  '- ',
  ': ',
  ':',
  '? ',
  '#',
  ' # c',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ', ',
  '|',
  '>-',
  '&a ',
  '*a',
  '!t ',
  '---\n',
  '...\n',
  '%',
  '\ufeff',
  '\u2028',
  '\u0085',
  '\ud800',
  '<<: *a',
];

/** Changes to a text: something is cut out or put in somewhere. */
export const changes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.constantFrom(0, 0, 1, 2, 7),
    insert: fc.constantFrom('', ...PIECES),
  }),
  { maxLength: 3 },
);

/** The text with the changes. */
export function changed(text: string, made: readonly { at: number; remove: number; insert: string }[]): string {
  return made.reduce((before, { at, remove, insert }) => {
    const start = Math.floor(at * before.length);
    return before.slice(0, start) + insert + before.slice(start + remove);
  }, text);
}
