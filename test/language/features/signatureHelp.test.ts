import assert from 'node:assert/strict';
import { signatureHelpAt } from '../../../src/language/features/signatureHelp.js';
import { runbookSchema } from '../../../src/language/index.js';
import { HEAD } from '../../support/language/completing.js';
import { withCursor } from '../../support/language/cursor.js';

/** The form under the cursor, with the argument in brackets. */
function help(marked: string): string | undefined {
  const { text, offset } = withCursor(HEAD + marked);
  const found = signatureHelpAt(text, runbookSchema, offset);
  const signature = found?.signatures[found.active];
  if (found === undefined || signature === undefined) return undefined;
  const parameter = signature.parameters[found.argument];
  return parameter === undefined ? signature.label : signature.label.replace(parameter, `[${parameter}]`);
}

describe('signature help', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['steps:\n  - when: version(|', 'version([text: string]): version'],
    ['steps:\n  - when: inputs.target.within("|', 'version.within([range: version range]): bool'],
    ['steps:\n  - title: "To ${{ inputs.mode.substring(1, |', 'string.substring(start: int, [end: int]): string'],
    ['steps:\n  - title: "To ${{ inputs.mode.substring(1, | }}"', 'string.substring(start: int, [end: int]): string'],
    ['steps:\n  - when: hosts.web.all(h, |)', 'list.all(a name for each item, [condition]): bool'],
    ['steps:\n  - when: hosts.web.all(h, h.url.startsWith(|', 'string.startsWith([beginning: string]): bool'],
    ['steps:\n  - when: hosts.web.map(h, |', 'list.map(a name for each item, [expression]): list'],
    ['steps:\n  - when: size([1, 2|', 'size([value: string]): int'],
    ['steps:\n  - when: nothing(|', undefined],
    ['steps:\n  - when: (inputs|', undefined],
    ['steps:\n  - run: version(|', undefined],
    ['steps:\n  - title: version(|', undefined],
    ['steps:\n  - when: version("1")|', undefined],
    ['ver|', undefined],
  ];
  for (const [marked, wanted] of cases)
    it(marked.replaceAll('\n', '⏎'), () => {
      assert.equal(help(marked), wanted);
    });

  it('shows all forms of a function, and what it does', () => {
    const { text, offset } = withCursor(`${HEAD}steps:\n  - when: inputs.mode.indexOf(|`);
    const found = signatureHelpAt(text, runbookSchema, offset);
    assert.deepEqual(
      found?.signatures.map(({ label }) => label),
      ['string.indexOf(part: string): int', 'string.indexOf(part: string, from: int): int'],
    );
    assert.match(found.signatures[0]?.documentation ?? '', /first stands/);
  });
});
