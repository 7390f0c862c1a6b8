import assert from 'node:assert/strict';
import { belonging, parseProcesses } from '../../../../src/engine/transports/posix/processes.js';

describe('processes of a command', () => {
  const list = (text: string): ReturnType<typeof parseProcesses> => parseProcesses(text);
  const pids = (found: ReturnType<typeof parseProcesses>): number[] => found.map(({ pid }) => pid).sort((a, b) => a - b);
  const root = { pid: 10, started: '100' };

  it('are its group and all descendants, wherever they went', () => {
    const all = list('1 0 1 1 init\n10 1 10 100 sh\n11 10 10 101 a\n12 11 12 102 own session\n13 12 12 103 below\n20 1 20 104 other');
    assert.deepEqual(pids(belonging(all, root, [])), [10, 11, 12, 13]);
  });

  it('are those seen earlier, when the first of them is gone', () => {
    const seen = list('10 1 10 100 sh\n11 10 10 101 a\n12 11 12 102 b');
    assert.deepEqual(pids(belonging(list('12 1 12 102 b\n14 1 14 104 c'), root, seen)), [12]);
  });

  it('are not those that got a used number again', () => {
    assert.deepEqual(belonging(list('10 1 10 999 stranger\n11 1 10 998 stranger'), root, list('11 10 10 101 a')), []);
  });

  it('are those that carry its mark, though all they came from is gone', () => {
    const all = list('marked 12\n12 1 12 102 daemon\n13 12 13 103 below\n14 1 14 104 other');
    assert.deepEqual(pids(belonging(all, root, [])), [12, 13]);
  });

  it('have names without control characters, and lines nobody understands are left out', () => {
    assert.deepEqual(list('5 1 5 9 ev\u001bil) name\nnonsense\n'), [
      { pid: 5, parent: 1, group: 5, started: '9', marked: false, name: 'evil) name' },
    ]);
  });
});
