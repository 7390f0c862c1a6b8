import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sarifFile } from '../../action/judges.mjs';
import { annotation, inert, withinLimits } from '../../action/log.mjs';
import { addSummary, cutAtLine } from '../../action/outputs.mjs';
import { temporaryFolder } from './processes.js';
import { commandsIn } from './runner.js';

const annotations = (kind: string, count: number, name: string): string =>
  Array.from({ length: count }, (_, index) => `::${kind} title=t::${name} ${String(index)}\n`).join('');

describe('the log of the action', () => {
  it('shows no more annotations of a kind than GitHub does, those of both tools in turn, and loses none', () => {
    const log = withinLimits([
      annotations('error', 7, 'diff') + annotations('warning', 2, 'diff'),
      annotations('error', 9, 'lint') + 'the end\n',
    ]);
    const commands = commandsIn(log);
    const errors = commands.filter(({ name }) => name === 'error').map(({ data }) => data);
    assert.deepEqual(errors, ['diff 0', 'lint 0', 'diff 1', 'lint 1', 'diff 2', 'lint 2', 'diff 3', 'lint 3', 'diff 4', 'lint 4']);
    assert.equal(commands.filter(({ name }) => name === 'warning').length, 2);
    for (const missing of ['diff 6', 'lint 8', 'the end']) assert.ok(log.includes(missing));
    assert.ok(commands.some(({ name, data }) => name === 'group' && data === '6 more, see the summary'));
  });

  it('gives what other programs say no way to speak to the runner', () => {
    const hostile = '::error::a\n  ::set-output name=x::y\nplain ##[add-path]/evil\n::stop-commands::z\n';
    assert.deepEqual(commandsIn(inert(hostile)), []);
    assert.equal(commandsIn(`${inert(hostile)}::notice::after`).length, 1, 'what comes after is heard again');
    assert.equal(commandsIn(hostile).length > 0, true, 'without it, it is heard');
  });

  it('keeps an annotation of its own in one line', () => {
    assert.deepEqual(commandsIn(annotation('error', 'a\n::error::b 100%')), [
      { name: 'error', properties: { title: 'runbook review' }, data: 'a\n::error::b 100%' },
    ]);
  });
});

describe('the summary of the action', () => {
  it('stays below the size that GitHub shows, cut at a line and said so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'summary-'));
    const file = join(folder, 'summary');
    writeFileSync(file, 'before\n');
    addSummary({ GITHUB_STEP_SUMMARY: file }, [
      '# First\n',
      '',
      `<details><summary>x</summary>\n\n${'- é an entry\n'.repeat(100_000)}</details>\n`,
    ]);
    const text = readFileSync(file, 'utf8');
    assert.ok(Buffer.byteLength(text) <= 1024 * 1024 && Buffer.byteLength(text) > 1_000_000);
    assert.match(text, /^before\n# First\n/);
    assert.match(text, /- é an entry\n\n<\/details>\n\nThe rest does not fit here; the log of this step has it all\.\n$/);
  });

  it('leaves what fits as it is', () => {
    assert.equal(cutAtLine('a\nb', 3), 'a\nb');
  });
});

describe('the SARIF file of the action', () => {
  const folder = temporaryFolder();

  it('is written inside the checkout, wherever links of a pull request lead', async () => {
    const places = { workspace: join(folder(), 'work'), temporary: join(folder(), 'tmp') };
    await mkdir(join(places.workspace, 'out'), { recursive: true });
    await mkdir(places.temporary);
    await mkdir(join(folder(), 'elsewhere'));
    await symlink(join(folder(), 'elsewhere'), join(places.workspace, 'link'));
    assert.match(sarifFile('', places), /\/tmp\/runbook\.sarif$/);
    assert.match(sarifFile('out/a.sarif', places), /\/work\/out\/a\.sarif$/);
    assert.throws(() => sarifFile('link/a.sarif', places), /lies outside the checkout/);
    assert.throws(() => sarifFile('../a.sarif', places), /lies outside the checkout/);
    assert.throws(() => sarifFile('nowhere/a.sarif', places), /folder .* is missing/);
  });
});
