import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { DIFF_FORMATS, formatDiff } from '../../../src/cli/diff/formats/index.js';
import { diffMarkdown } from '../../../src/cli/diff/formats/markdown.js';
import { plainText } from '../../../src/cli/lint/formats/plainText.js';
import { visible } from '../../../src/cli/reporters/visible.js';
import { assertSteersNothing } from '../lint/formats/readers/logs.js';
import { readLog } from '../lint/formats/readers/workflowCommands.js';
import { change, diffOf, documentOf, hostileDiff } from './reports.js';

const PIPE = { color: false };

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

function all(node: Node): readonly Node[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

describe('the formats of runbook diff', () => {
  for (const format of DIFF_FORMATS)
    it(`${format}: in a log it steers no terminal and no build server`, () => {
      fc.assert(
        fc.property(hostileDiff, (report) => {
          assertSteersNothing(format, formatDiff(format, report, PIPE));
        }),
      );
    });

  describe('pretty', () => {
    it('shows what was written before and after where it has several lines', () => {
      const report = diffOf([
        documentOf([
          change({ kind: 'script-changed', what: 'the script of "Stop"', before: 'stop', after: '|\n          stop\n          sync' }),
          change({ danger: 'harmless', kind: 'renamed', what: 'another id', minded: false }),
        ]),
      ]);
      assert.equal(
        formatDiff('pretty', report, PIPE),
        [
          'a.runbook.yaml  Upgrade',
          '  dangerous a.runbook.yaml:2 the script of "Stop" [script-changed]',
          '      - stop',
          '      + |',
          '      +   stop',
          '      +   sync',
          '  1 harmless change:',
          '    a.runbook.yaml:2 another id',
          '',
          'Between main (aaaaaaaaaaaa) and HEAD (bbbbbbbbbbbb): 2 changes in 1 document (1 dangerous, 1 harmless); one is minded by the default policy.',
          '',
        ].join('\n'),
      );
    });

    it('says in how many variants plans differ', () => {
      const lines = [{ sign: '-', path: 'ask', what: 'gate "Ask"' }] as const;
      const plans = {
        compared: 48,
        deltas: [{ variants: ['one', 'two'], lines }],
        onlyOld: [],
        onlyNow: ['three'],
        limits: ['only some were planned'],
      };
      const text = formatDiff('pretty', diffOf([documentOf([], { plans })]), PIPE);
      assert.match(text, /In plans, in 2 of 48 variants:\n {4}- gate "Ask"\n/);
      assert.match(text, /Plans: 1 variant only now, such as three\.\n {2}Plans: only some were planned\.\n/);
    });
  });

  describe('github', () => {
    it('marks what the policy minds as errors, the rest that counts as warnings, and the harmless not at all', () => {
      const { commands } = readLog(
        formatDiff(
          'github',
          diffOf([
            documentOf([
              change({ what: 'first' }),
              change({ what: 'second', danger: 'notable', minded: false }),
              change({ what: 'third', danger: 'harmless', minded: false }),
              change({ what: 'fourth', danger: 'harmless', minded: true }),
            ]),
          ]),
          PIPE,
        ),
      );
      assert.deepEqual(
        commands.map(({ name, data }) => [name, data]),
        [
          ['error', 'first'],
          ['error', 'fourth'],
          ['warning', 'second'],
          ['group', 'runbook diff'],
          ['endgroup', ''],
        ],
      );
      assert.deepEqual(commands[0]?.properties, { file: 'a.runbook.yaml', line: '2', endLine: '2', title: 'gate-removed: Upgrade' });
    });

    it('keeps within ten of a kind and says how many are left out', () => {
      const changes = Array.from({ length: 13 }, (_, index) => change({ what: `change ${String(index)}` }));
      const { commands } = readLog(formatDiff('github', diffOf([documentOf(changes)]), PIPE));
      assert.equal(commands.filter(({ name }) => name === 'error').length, 10);
      assert.match(commands.find(({ name }) => name === 'notice')?.data ?? '', /^3 more changes without an annotation/);
    });

    it('names files and texts so that GitHub reads them as they are', () => {
      fc.assert(
        fc.property(hostileDiff, (report) => {
          const { commands } = readLog(formatDiff('github', report, PIPE));
          const minded = report.documents.flatMap(({ changes }) => changes.filter((one) => one.minded)).slice(0, 10);
          const errors = commands.filter(({ name }) => name === 'error');
          assert.deepEqual(
            errors.map(({ data }) => data),
            minded.map(({ what }) => visible(what)),
          );
        }),
      );
    });
  });

  describe('markdown', () => {
    it('holds nothing that is live, and no markup but its own', () => {
      fc.assert(
        fc.property(hostileDiff, (report) => {
          const nodes = all(fromMarkdown(formatDiff('markdown', report, PIPE)));
          const known = ['root', 'heading', 'paragraph', 'list', 'listItem', 'text', 'strong', 'inlineCode', 'code', 'html'];
          for (const { type, value = '' } of nodes) {
            assert.ok(known.includes(type), type);
            if (type === 'html')
              assert.match(value, /^<\/?details>(?:<summary>(?:\d+ harmless changes?|What it does to plans)<\/summary>)?$/);
            if (type === 'text') assert.doesNotMatch(value, /@\w|#\d|GH-\d|:\/\/|www\.|\$\S/i);
          }
          const shown = nodes.filter(({ type }) => type === 'listItem').map((node) => textOf(node).replaceAll(/\s+/g, ' '));
          for (const { what } of report.documents.flatMap(({ changes }) => changes)) {
            const wanted = plainText(what).replaceAll(/\s+/g, ' ').trim();
            assert.ok(
              shown.some((item) => item.includes(wanted)),
              wanted,
            );
          }
        }),
      );
    });

    it('fits into a comment, the dangerous first, and says what is left out', () => {
      const changes = [
        ...Array.from({ length: 400 }, () =>
          change({ danger: 'notable', kind: 'timeout-raised', what: 'w'.repeat(390), before: 'b'.repeat(300), after: 'a'.repeat(300) }),
        ),
        change({ what: 'the gate' }),
      ];
      const text = diffMarkdown(diffOf([documentOf(changes)]));
      assert.ok(text.length <= 65_536 && text.length > 50_000, String(text.length));
      assert.match(text, /the gate/);
      assert.match(text, /\*\*\d+ changes left out\*\*/);
    });

    it('has many documents in a table that ends', () => {
      const text = diffMarkdown(
        diffOf(Array.from({ length: 3000 }, (_, index) => documentOf([change()], { title: `x${'|'.repeat(40)}${String(index)}` }))),
      );
      assert.ok(text.length <= 65_536);
      assert.match(text, /2900 more documents/);
      for (const row of text.match(/^\| x.*$/gm) ?? []) assert.equal(row.match(/(?<!\\)\|/g)?.length, 6, row);
    });

    it('folds the harmless away', () => {
      const text = diffMarkdown(diffOf([documentOf([change({ danger: 'harmless', kind: 'moved', what: 'moved', minded: false })])]));
      assert.match(
        text,
        /<details><summary>1 harmless change<\/summary>\n\n- harmless in `a\.runbook\.yaml` line 2: moved `moved`\n\n<\/details>\n/,
      );
    });
  });

  describe('json', () => {
    const place = { file: 'a.runbook.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
    const plans = {
      compared: 2,
      deltas: [{ variants: ['one'], lines: [{ sign: '+', path: 'a', what: 'gate "A"' }] }],
      onlyOld: ['two'],
      onlyNow: ['three'],
      limits: ['some'],
    } as const;
    const full = diffOf(
      [
        documentOf([change({ path: 'a', before: '1', after: '2', old: place })], {
          oldFile: 'b.yaml',
          plans,
          environment: plans,
          limits: ['cut'],
        }),
      ],
      { policy: 'p.yaml' },
    );

    it('has every key that its page tells of, and no other', () => {
      const keysIn = (value: unknown, way = ''): readonly string[] => {
        if (Array.isArray(value)) return value.flatMap((member) => keysIn(member, `${way}[]`));
        if (typeof value !== 'object' || value === null) return [];
        return Object.entries(value).flatMap(([key, member]) => [
          `${way}${way === '' ? '' : '.'}${key}`,
          ...keysIn(member, `${way}${way === '' ? '' : '.'}${key}`),
        ]);
      };
      const page = readFileSync(new URL('../../../docs/diff-json.md', import.meta.url), 'utf8');
      const told = [...page.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = '']) =>
        [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      );
      const plansOf = (key: string): string => key.replace(/^documents\[\]\.environment/, 'documents[].variants');
      const there = keysIn(JSON.parse(formatDiff('json', full, PIPE)))
        .map(plansOf)
        .map((key) => key.replace(/(^|\.)new\.(?=\w+$)/, '$1old.'));
      assert.deepEqual(
        [...new Set(there)].filter((key) => !told.includes(key)),
        [],
      );
      assert.deepEqual(
        told.filter((key) => !there.includes(key) && key !== 'documents[].environment' && !/\.new$/.test(key)),
        [],
      );
    });

    it('reads back as what was meant', () => {
      fc.assert(
        fc.property(hostileDiff, (report) => {
          const read = JSON.parse(formatDiff('json', report, PIPE)) as {
            documents: readonly { file: string; changes: readonly { what: string }[] }[];
          };
          assert.deepEqual(
            read.documents.map(({ file, changes }) => [file, changes.map(({ what }) => what)]),
            report.documents.map(({ file, changes }) => [file, changes.map(({ what }) => what)]),
          );
        }),
      );
    });
  });
});
