import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { reportHtml } from '../../../src/cli/journal/formats/html.js';
import { reportMarkdown } from '../../../src/cli/journal/formats/markdown.js';
import { CANARY, Recorded } from './recorded.js';

describe('runbook journal export', function () {
  this.timeout(60_000);
  let recorded: Recorded;
  before(async () => {
    recorded = await Recorded.open();
  });
  after(() => recorded.close());

  const exported = async (...words: readonly string[]): Promise<string> => {
    assert.equal(await recorded.runbook('journal', 'export', await recorded.run(), ...words), ExitCode.ok, recorded.err.join(''));
    return recorded.said();
  };

  it('tells what ran, by whom, how it ended, the questions with their evidence, and what proves it', async () => {
    const text = await exported();
    for (const part of [
      /^# Sample /,
      /\| Ended \| failed: bad failed: It ended with exit code 3\. \|/,
      /\| ask \| {2}\| local \| succeeded \|.*by ada/,
      /\| ask: Look\. \| done \| ada \| It is well\.: confirmed \|/,
      /### bad, attempt 1\n\nexit code: It ended with exit code 3\.\n\n {4}ab <\/pre><b>/,
      /Sound: \d+ records/,
      /runbook journal verify \S+ --head [0-9a-f]{64}/,
    ])
      assert.match(text, part);
  });

  it('holds no secret that is known here, whoever wrote it into a text', async () => {
    for (const format of ['md', 'html', 'json']) {
      const text = await exported('--format', format);
      assert.ok(!text.includes(CANARY), format);
      assert.ok(text.includes('One'), format);
    }
  });

  it('is a page that runs and loads nothing, whatever the texts hold', async () => {
    const text = await exported('--format', 'html');
    assert.match(text, /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';/);
    assert.match(text, /color-scheme: light dark/);
    assert.match(text, /Sample &lt;script&gt;alert\(1\)&lt;\/script&gt;/);
    assert.ok(!/<script|<img|<link|<a |src=|href=|\u001b|\son\w+=/i.test(text.replace(/&[a-z#\d]+;/g, '')));
    assert.match(text, /ab &lt;\/pre&gt;&lt;b&gt;/);
  });

  it('gives machines the state and every record, with the version of the shape', async () => {
    const report = JSON.parse(await exported('--format', 'json')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(report), ['format', 'run', 'journal', 'state', 'events']);
    assert.equal(report['format'], 1);
    assert.equal((report['state'] as { status: string }).status, 'failed');
    assert.equal((report['events'] as readonly unknown[]).length, (report['journal'] as { records: number }).records);
  });

  it('writes a file for its owner alone, and takes the place of none unless it is told to', async () => {
    const file = join(recorded.directory, 'report.md');
    await exported('-o', 'report.md');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    await writeFile(file, 'mine');
    assert.equal(await recorded.runbook('journal', 'export', await recorded.run(), '-o', 'report.md'), ExitCode.usage);
    assert.match(recorded.said(), /report\.md is there already.*--force/);
    assert.equal(await readFile(file, 'utf8'), 'mine');
    await exported('-o', 'report.md', '--force');
    assert.match(await readFile(file, 'utf8'), /^# Sample/);
    assert.equal(await recorded.runbook('journal', 'export', await recorded.run(), '-o', 'no/where.md'), ExitCode.usage);
    assert.match(recorded.said(), /its folder does not exist/);
    for (const words of [
      ['--format', 'pdf'],
      ['--format', 'md', '--format', 'html'],
      ['-o', ''],
    ])
      assert.equal(await recorded.runbook('journal', 'export', await recorded.run(), ...words), ExitCode.usage);
    recorded.said();
  });

  it('says first of all where a journal is damaged, and reports no further; of none at all it makes no report', async () => {
    const copy = join(recorded.directory, 'copy.jsonl');
    const whole = await readFile(await recorded.journal(), 'utf8');
    await writeFile(copy, whole.replace('"by":"ada"', '"by":"eve"'));
    assert.equal(await recorded.runbook('journal', 'export', 'copy.jsonl'), ExitCode.ok);
    assert.match(recorded.said(), /^# .*\n\n> \[!WARNING\]\n> Damaged at record 3.* This report ends there\.\n/);
    await writeFile(copy, '{"format":9,"run":"r1"}\n');
    assert.equal(await recorded.runbook('journal', 'export', 'copy.jsonl'), ExitCode.usage);
    assert.match(recorded.said(), /format 9/);
  });
});

describe('the formats of a report', () => {
  const HOSTILE = [
    '<img src=x onerror=alert(1)>',
    '](javascript:alert(1))',
    '`',
    '```',
    '| a | b |',
    '1. x',
    '- x',
    '# x',
    '\u202e',
    '\u001b[2J',
    '@team',
  ];

  it('let no text become markup', () => {
    for (const text of HOSTILE) {
      const blocks = [
        { kind: 'heading', level: 2, text },
        { kind: 'text', text },
        { kind: 'warning', text },
        { kind: 'code', text: `${text}\n${text}` },
        { kind: 'list', items: [text] },
        { kind: 'table', head: [text], rows: [[`${text}\n${text}`]] },
      ] as const;
      const html = reportHtml(text, blocks);
      assert.equal(
        html.match(/<(?!\/?(?:html|head|meta|title|style|body|main|h2|p|pre|ul|li|table|thead|tbody|tr|th|td|br)\b|!doctype)/g),
        null,
        text,
      );
      const markdown = reportMarkdown(blocks);
      for (const unseen of ['\u202e', '\u001b']) assert.ok(!html.includes(unseen) && !markdown.includes(unseen));
      const lines = markdown.split('\n').filter((line) => !line.startsWith('    '));
      assert.equal(lines.filter((line) => /^(?:- |1\. |```)/.test(line)).length, 1, markdown);
      assert.ok(!lines.some((line) => /(?<!\\|`)<img|(?<!\\)\]\(/.test(line)), markdown);
    }
  });
});
