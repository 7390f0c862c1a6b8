import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { branchesOf } from '../../scripts/coverage/branches.js';
import { readExecutions } from '../../scripts/coverage/executions.js';
import { measure } from '../../scripts/coverage/measure.js';

const SOURCE = `
export interface Shape { readonly sides: number }
export function judge(shape: Shape, most: number = 4): string {
  if (shape.sides < 0) throw new Error('no such shape');
  const named = shape.sides === 3 ? 'triangle' : 'other';
  if (shape.sides > most) { return \`\${named}, large\` } else { String(most); }
  const bare = shape.sides === 0 && named;
  switch (shape.sides) {
    case 0: return bare || 'nothing';
    case 3: break;
    default: return 'many';
  }
  try { JSON.parse(named); } catch { return 'plain'; }
  return 'end';
}
`;

describe('the branches of a source', () => {
  const root = join(import.meta.dirname, '../..');
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'branches-'));
    writeFileSync(join(directory, 'judge.ts'), SOURCE);
    writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** What is left untried when the source is run by processes, each with the calls it makes. */
  function untriedAfter(...processes: readonly string[]): readonly string[] {
    const recorded = mkdtempSync(join(directory, 'recorded-'));
    const file = join(directory, 'judge.ts');
    for (const calls of processes) {
      const program = join(directory, 'program.ts');
      writeFileSync(program, `import { judge } from ${JSON.stringify(pathToFileURL(file).href)};\n${calls}\n`);
      const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program], {
        cwd: root,
        env: { ...process.env, NODE_V8_COVERAGE: recorded },
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
    }
    const executions = readExecutions(recorded, (path) => path === file);
    assert.equal(executions.get(file)?.length, processes.length);
    return measure(file, executions.get(file) ?? []).untried.map(({ line, kind }) => `${String(line)} ${kind}`);
  }

  it('are found, each with its place', () => {
    assert.deepEqual(
      branchesOf('judge.ts', SOURCE).map(({ line, kind }) => `${String(line)} ${kind}`),
      [
        '3 value by default',
        '4 then',
        '4 no else',
        '5 ? …',
        '5 : …',
        '6 then',
        '6 else',
        '7 &&',
        '9 case',
        '9 ||',
        '10 case',
        '11 default',
        '13 catch',
      ],
    );
  });

  it('are untried where no process took them', () => {
    assert.deepEqual(untriedAfter('judge({ sides: 3 });'), ['4 then', '5 : …', '6 then', '7 &&', '9 case', '9 ||', '11 default']);
    assert.deepEqual(untriedAfter('judge({ sides: 3 }, 2);', 'try { judge({ sides: -1 }); } catch {}\njudge({ sides: 0 });\n'), [
      '9 ||',
      '10 case',
      '11 default',
      '13 catch',
    ]);
  });

  it('are all untried in a file that nobody loaded', () => {
    const file = join(directory, 'judge.ts');
    assert.equal(measure(file, []).untried.length, measure(file, []).branches);
  });

  it('that run nothing if the condition fails count as tried only when it failed', () => {
    assert.ok(untriedAfter('try { judge({ sides: -1 }); } catch {}').includes('4 no else'));
    assert.ok(!untriedAfter('judge({ sides: 7 });').includes('4 no else'));
  });
});
