import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { lintMarkdown } from '../../../../src/cli/lint/formats/markdown.js';
import { inlineCode, inlineText } from '../../../../src/cli/lint/formats/markdownText.js';
import { plainText } from '../../../../src/cli/lint/formats/plainText.js';
import { finding, hostileReport, hostileText, reportOf } from './reports.js';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** What one reads of a node. */
function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

/** Kinds of nodes that are there, and what stands in plain text. */
function all(node: Node): readonly Node[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

/** What GitHub or GitLab would make a link, a mention or a picture of. */
const LIVE = /@\w|#\d|GH-\d|:\/\/|www\.|[:][a-z]+[:]|\$\S|\b[0-9a-f]{7,40}\b|!\d/i;

const squeezed = (text: string): string => text.replaceAll(/ +/g, ' ').trim();

describe('the markdown format', () => {
  it('lists findings by file under a summary', () => {
    const findings = [
      finding(),
      finding({ severity: 'warning', message: 'it looks *wrong*' }),
      finding({ file: 'sub folder/b.yaml', severity: 'information' }),
    ];
    assert.equal(
      lintMarkdown(reportOf(findings)),
      [
        '## Runbook lint',
        '',
        '3 findings in 2 files: 1 error, 1 warning, 1 information.',
        '',
        '### `a.runbook.yaml`',
        '',
        '- **error** in line 2, `some-rule`: it is wrong',
        '- **warning** in line 2, `some-rule`: it looks \\*wrong\\*',
        '',
        '### `sub folder/b.yaml`',
        '',
        '- **information** in line 2, `some-rule`: it is wrong',
        '',
      ].join('\n'),
    );
  });

  it('says so when there is nothing', () => {
    assert.equal(lintMarkdown(reportOf([], { files: 2 })), '## Runbook lint\n\n2 files checked, nothing found.\n');
  });

  it('makes no link, mention or formula of a text', () => {
    assert.equal(inlineText('ask @team about #12 or ${{ a }} <b>'), 'ask `@team` about `#12` or `${{` a }} \\<b\\>');
    assert.equal(inlineCode('a`b``'), '``` a`b`` ```');
  });

  it('leaves out the least of what is too long, and says so', () => {
    const findings = [
      ...Array.from({ length: 50 }, (_, index) => finding({ severity: 'warning', message: `warning ${index}` })),
      finding({ file: 'z.yaml', message: 'the error' }),
    ];
    const text = lintMarkdown(reportOf(findings), 2048);
    assert.ok(Buffer.byteLength(text) <= 2048);
    assert.match(text, /the error/);
    assert.match(text, /warning 0\n/);
    const shown = text.match(/^- /gm)?.length ?? 0;
    assert.ok(shown > 3 && shown < 51);
    assert.match(text, new RegExp(`\\*\\*${51 - shown} findings left out\\*\\*`));
  });

  it('is not filled up by one finding that is too long by itself', () => {
    const text = lintMarkdown(reportOf([finding({ message: 'x'.repeat(5000) }), finding({ message: 'the other' })]), 2048);
    assert.match(text, /the other/);
    assert.match(text, /\*\*1 finding left out\*\*/);
  });

  it('never takes more than a summary of a step may have', () => {
    const findings = Array.from({ length: 4000 }, () => finding({ message: '漢'.repeat(400) }));
    const bytes = Buffer.byteLength(lintMarkdown(reportOf(findings)));
    assert.ok(bytes > 512 * 1024 && bytes <= 768 * 1024, String(bytes));
  });

  it('reads back as what was meant, and holds nothing that is live', () => {
    fc.assert(
      fc.property(hostileReport, ({ report }) => {
        const root = fromMarkdown(lintMarkdown(report)) as Node;
        const nodes = all(root);
        const kinds = new Set(nodes.map(({ type }) => type));
        for (const type of kinds) {
          assert.ok(['root', 'heading', 'paragraph', 'list', 'listItem', 'text', 'strong', 'inlineCode'].includes(type), type);
        }
        for (const { type, value = '' } of nodes) if (type === 'text') assert.doesNotMatch(value, LIVE);
        const items = nodes.filter(({ type }) => type === 'listItem').map((item) => squeezed(textOf(item)));
        assert.deepEqual(
          items,
          report.findings.map(({ severity, place, rule, message }) =>
            squeezed(`${severity} in line ${place.line}, ${rule}: ${plainText(message)}`),
          ),
        );
        const headings = nodes.filter(({ type }) => type === 'heading').slice(1);
        assert.deepEqual(
          headings.map(textOf),
          [...new Set(report.findings.map(({ file }) => file))].map((file) => plainText(file)),
        );
      }),
    );
  });

  it('shows any text as code', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = plainText(text);
        fc.pre(shown !== '');
        const paragraph = (fromMarkdown(`x ${inlineCode(shown)} x`) as Node).children?.[0];
        assert.deepEqual(
          paragraph?.children?.map(({ type, value }) => [type, value]),
          [
            ['text', 'x '],
            ['inlineCode', shown],
            ['text', ' x'],
          ],
        );
      }),
    );
  });
});
