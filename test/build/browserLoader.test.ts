import assert from 'node:assert/strict';
import { beginProgram } from '../../scripts/browserLoader.mjs';

/** Parts beside the program, by the name of their file. */
const LATER: Readonly<Record<string, string>> = {
  'dist/program/help.cjs': `const { count } = require('./first.mjs'); const { word } = require('./words.mjs'); exports.help = () => word + count();`,
  'dist/program/words.cjs': `exports.word = 'helped ';`,
};

describe('the parts of a program in a browser', () => {
  it('are read when they are asked for, with what they need, and made once', async () => {
    const read: string[] = [];
    const vscode = {
      Uri: { joinPath: (...parts: readonly unknown[]) => parts.slice(1).join('/') },
      workspace: {
        fs: {
          readFile: (file: string) => {
            read.push(file);
            return Promise.resolve(new TextEncoder().encode(LATER[file] ?? ''));
          },
        },
      },
    };
    let made = 0;
    const program = beginProgram(
      {
        first: (_module, exports, require) => {
          made++;
          let counted = 0;
          const { later } = require as { later(id: string): Promise<{ help(): string }> };
          Object.assign(exports, { count: () => ++counted, activate: async () => (await later('./help-1.mjs')).help() });
        },
        'help-1': (_module, exports, require) => Object.assign(exports, (require as (id: string) => object)('./help.mjs')),
      },
      { 'help-1': ['help-1', 'help', 'words'] },
      { folder: 'program', entry: 'first' },
      (id) => (id === 'vscode' ? vscode : assert.fail(id)),
    );
    assert.deepEqual(read, []);
    assert.equal(await program.activate({ extensionUri: {} }), 'helped 1');
    assert.equal(await program.activate({ extensionUri: {} }), 'helped 2');
    assert.deepEqual(read.sort(), ['dist/program/help.cjs', 'dist/program/words.cjs']);
    assert.equal(made, 1);
  });
});
