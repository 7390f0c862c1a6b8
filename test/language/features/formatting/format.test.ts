import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormatOptions } from '../../../../src/language/index.js';
import { applied } from '../../../support/language/applied.js';
import { serviceOver } from '../../../support/language/service.js';

const service = serviceOver({});

function formatted(text: string, options?: FormatOptions): string {
  return applied(text, service.format('/a.runbook.yaml', text, options));
}

/** Formats what is between `«` and `»`. */
function formattedBetween(marked: string): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return formatted(marked.replace(/[«»]/g, ''), { range: { start, end } });
}

describe('formatting', () => {
  const root = join(import.meta.dirname, '../../../../examples');
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')))
    it(`leaves the example ${file} as it is`, () => {
      assert.deepEqual(service.format(file, readFileSync(join(root, file), 'utf8')), []);
    });

  it('indents by two, and lists within their key', () => {
    assert.equal(
      formatted(
        'steps:\n- id: a\n  steps:\n  -   id: b\n      check:\n          all:\n          - host: reachable\n          -\n              host: rebooted\n',
      ),
      'steps:\n  - id: a\n    steps:\n      - id: b\n        check:\n          all:\n            - host: reachable\n            -\n              host: rebooted\n',
    );
  });

  it('puts one blank where one belongs, and leaves quotes alone', () => {
    assert.equal(
      formatted(`a :   {b: "x",c:   [ 1,2 ],d: { }}\ne:   'y'   \nf: &n   z\ng:   *n\n`),
      `a: { b: "x", c: [1, 2], d: {} }\ne: 'y'\nf: &n z\ng: *n\n`,
    );
  });

  it('keeps one empty line where there were any, and one line break at the end', () => {
    assert.equal(formatted('\n\na: 1\n\n \n\nb: 2\nc: 3\n\n\n'), 'a: 1\n\nb: 2\nc: 3\n');
    assert.equal(formatted('a: 1'), 'a: 1\n');
  });

  it('keeps comments with what they are in line with', () => {
    assert.equal(
      formatted(
        '# top\nsteps: # here\n# first\n-   id: a   # kept   apart\n    # of a\n    run: x\n\n# second\n-   id: b\n    retry:\n        # times: 3\n# end\n',
      ),
      '# top\nsteps: # here\n  # first\n  - id: a   # kept   apart\n    # of a\n    run: x\n\n  # second\n  - id: b\n    retry:\n      # times: 3\n# end\n',
    );
  });

  it('moves the lines of a script together, and changes nothing else of it', () => {
    assert.equal(
      formatted(
        'a:\n    run: |\n          if x; then\n\n            y   \n          fi\n    # not of the script\n    b: >+\n       text\n\n\nc: 1\n',
      ),
      'a:\n  run: |\n    if x; then\n\n      y   \n    fi\n  # not of the script\n  b: >+\n    text\n\n\nc: 1\n',
    );
    assert.equal(formatted('a:\n    b: |2\n        deep\n      less\n'), 'a:\n  b: |2\n      deep\n    less\n');
    assert.equal(formatted('a: |-\n     x\n\n\n\n\nb: 1\n'), 'a: |-\n  x\n\nb: 1\n');
  });

  it('indents the further lines of long texts and of brackets', () => {
    assert.equal(
      formatted('a: one\n      two\n\n      three\nb: "x \\\n         y"\nc: {\n d: 1,\n # why\n e: [\n 2\n ]\n }\n'),
      'a: one\n  two\n\n  three\nb: "x \\\n  y"\nc: {\n    d: 1,\n    # why\n    e: [\n      2\n    ]\n  }\n',
    );
  });

  it('keeps the line breaks of Windows', () => {
    assert.equal(
      formatted('a:\r\n- b:  1\r\n\r\n\r\n  # c\r\n  d: |\r\n      x\r\n\r\n      y\r\n\r\n\r\ne: 2'),
      'a:\r\n  - b: 1\r\n\r\n    # c\r\n    d: |\r\n      x\r\n\r\n      y\r\n\r\ne: 2\r\n',
    );
  });

  it('leaves alone what cannot be read, or is nothing', () => {
    for (const text of ['a: [', 'a: {b: 1\nc:  2', 'when: !x\n', 'a: 1\n---\nb:  2\n', '? a\n:   b\n', '', '   \n', '# only\n', '\t'])
      assert.deepEqual(service.format('/a.runbook.yaml', text), [], text);
  });

  it('changes only the lines that are selected, or the section where those depend on others', () => {
    assert.equal(formattedBetween('a:   1\nb:   «2»\nc:   3\n'), 'a:   1\nb: 2\nc:   3\n');
    assert.equal(
      formattedBetween('a:   1\nsteps:\n  -   id: a\n      «run:   x»\n  -   id: b\n      run:   y\nz:   1\n'),
      'a:   1\nsteps:\n  - id: a\n    run: x\n  - id: b\n    run: y\nz:   1\n',
    );
  });

  it('makes edits that are as small as can be', () => {
    assert.deepEqual(service.format('/a.runbook.yaml', 'a:  1\nb: 2 \n'), [
      { range: { start: 2, end: 3 }, text: '' },
      { range: { start: 10, end: 11 }, text: '' },
    ]);
  });
});
