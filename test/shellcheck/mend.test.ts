import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { shellScriptsOf } from '../../src/language/index.js';
import type { TextEdit } from '../../src/language/index.js';
import { parse, check, realShellCheck, runbookWith } from './support.js';

const STYLES = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;

/** Pieces of scripts that ShellCheck has something to say about, with blanks, quotes and colons in the way. */
const PIECES = [
  'echo $1',
  'echo "a: $1" $2 # said',
  '  rm -- $3',
  "printf '%s\\n' $4 \"it's\"",
  'x=`date` && echo "$x" $x',
  'for f in $(ls *.txt); do echo $f; done',
  '[ -n $1 ] || echo ü😀 $2',
  '\techo {a,b} ${1}: $2',
  'echo $((1+$2)) "\\"$1"',
  'read name; echo "$name"',
  '',
];

/** The script as ShellCheck itself would have it, for its finding at this place in its list. */
function asProposed(executable: string, script: string, code: string): readonly string[] {
  let output = '';
  try {
    output = execFileSync(executable, ['--norc', '-f', 'json1', '-s', 'sh', '-e', 'SC1090,SC1091,SC1128', '-'], {
      input: `#!/bin/sh -eu\n${script}`,
      encoding: 'utf8',
      env: { LC_ALL: 'C.UTF-8' },
    });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { comments } = JSON.parse(output) as { comments: { code: number; fix: { replacements: Part[] } | null }[] };
  return comments
    .filter((comment) => `shellcheck/SC${String(comment.code)}` === code && comment.fix !== null)
    .map(({ fix }) => {
      const lines = script.split('\n').map((line) => [...line]);
      // From behind, so that the places before stay.
      for (const part of [...(fix?.replacements ?? [])].sort((a, b) => b.line - a.line || b.column - a.column))
        lines[part.line - 2]?.splice(part.column - 1, part.endColumn - part.column, ...part.replacement);
      return lines.map((line) => line.join('')).join('\n');
    });
}

interface Part {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly replacement: string;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((all, { range, text: put }) => all.slice(0, range.start) + put + all.slice(range.end), text);
}

describe('what ShellCheck proposes', () => {
  it('gives the script it means, in every style of YAML; where it might not, nothing is offered', async function () {
    this.timeout(120_000);
    const real = await realShellCheck();
    let offered = 0;
    let withheld = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...STYLES),
        fc.constantFrom(20, 80),
        async (pieces, defaultStringType, lineWidth) => {
          const script = pieces.join('\n');
          const run = stringify({ run: script }, { defaultStringType, defaultKeyType: 'PLAIN', lineWidth })
            .slice('run: '.length)
            .trimEnd()
            .replaceAll('\n', '\n    ');
          const text = runbookWith(run);
          const [read] = shellScriptsOf(parse(text));
          if (read === undefined) return;
          for (const { code, fix } of await check(text, real)) {
            if (fix === undefined) {
              withheld++;
              continue;
            }
            offered++;
            const [mended] = shellScriptsOf(parse(applied(text, fix.edits)));
            assert.ok(asProposed(real, read.text, code).includes(mended?.text ?? ''), `${code} in\n${text}\ngives\n${mended?.text ?? ''}`);
          }
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(offered > 50 && withheld > 5, `${String(offered)} offered, ${String(withheld)} withheld`);
  });

  it('is not offered where a plain scalar would become another one', async () => {
    const real = await realShellCheck();
    const fixes = async (run: string): Promise<readonly unknown[]> =>
      (await check(runbookWith(run), real)).map(({ fix }) => fix?.edits.length);
    assert.deepEqual(await fixes('$1/bin/x $2'), [undefined, 2]);
    assert.deepEqual(await fixes('echo $1'), [2]);
  });

  it('is not offered where the script stands elsewhere', async () => {
    const text = runbookWith('*script').replace('steps:', 'inputs: { script: { type: string, default: &script "echo $1" } }\nsteps:');
    for (const { fix } of await check(text, await realShellCheck())) assert.equal(fix, undefined);
  });
});
