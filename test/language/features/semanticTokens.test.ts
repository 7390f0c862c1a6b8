import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SemanticToken } from '../../../src/language/index.js';
import { HEAD } from '../../support/language/completing.js';
import { serviceOver } from '../../support/language/service.js';

const ROOT = join(import.meta.dirname, '../../../examples');
const FILE = '/work/a.runbook.yaml';

const shown = (text: string, { start, end, type, modifiers }: SemanticToken): string =>
  `${text.slice(start, end)} ${[type, ...modifiers].join('.')}`;

/** The words of what stands behind the head, each with what it is. */
async function words(body: string, file = FILE): Promise<readonly string[]> {
  const text = HEAD + body;
  const tokens = await serviceOver({}).semanticTokens(file, text);
  return tokens.filter(({ start }) => start >= HEAD.length).map((token) => shown(text, token));
}

describe('semantic tokens', () => {
  it('tell the names of an expression apart by what they are', async () => {
    assert.deepEqual(
      await words('steps:\n  - id: go\n    on: web\n    when: inputs.mode == "fast" && !(host.url in ["a"]) || facts.queues\n'),
      [
        'go label.declaration',
        'web class',
        'inputs namespace.defaultLibrary',
        'mode parameter',
        '== operator',
        '"fast" string',
        '&& operator',
        '! operator',
        'host variable.defaultLibrary',
        'url property',
        'in keyword',
        '"a" string',
        '|| operator',
        'facts namespace.defaultLibrary',
        'queues variable',
      ],
    );
  });

  it('know functions, outputs, roles in quotes and names of their own', async () => {
    const found = await words(
      'steps:\n  - when: hosts.web.all(h, h.is("db") && size(steps.upload.code) > 1) && inputs.target.within("7") == true\n',
    );
    for (const wanted of [
      'web class',
      'all method.defaultLibrary',
      'h variable.declaration',
      'h variable',
      'is method.defaultLibrary',
      'db class',
      'size function.defaultLibrary',
      'upload label',
      'code property',
      '1 number',
      'within method.defaultLibrary',
      'true keyword',
    ])
      assert.ok(found.includes(wanted), `${wanted} in ${found.join(', ')}`);
    assert.ok(!found.includes('"db" string'), 'a role in quotes is a role');
  });

  it('read texts with expressions in them, wherever quotes and blocks put them', async () => {
    const found = await words(
      'steps:\n  - title: \'It is ${{ inputs.mode }}\'\n    args: ["${{ secrets.api }}"]\n    manual: |\n      Say\n      ${{ inputs.target }}.\n',
    );
    assert.deepEqual(
      found.filter((word) => !word.includes('namespace')),
      ['mode parameter', 'api variable.readonly', 'target parameter'],
    );
  });

  it('name references outside of expressions', async () => {
    assert.deepEqual(
      await words('steps:\n  - use: "#stage"\n    roles: { db: web }\n  - on_failure: { escalate: support }\n    source: vendor#L1\n'),
      ['stage function', 'web class', 'support variable', 'vendor namespace'],
    );
  });

  it('know what is declared', async () => {
    const tokens = await serviceOver({}).semanticTokens(FILE, HEAD);
    const declared = tokens.filter(({ modifiers }) => modifiers.includes('declaration')).map((token) => shown(HEAD, token).split('.')[0]);
    for (const wanted of ['target parameter', 'api variable', 'app type', 'web class', 'url property', 'queues variable', 'stage function'])
      assert.ok(declared.includes(wanted), wanted);
  });

  it('go on in a broken text', async () => {
    assert.ok((await words('steps:\n  - when: inputs.mode ==\n    on: [web\n')).includes('mode parameter'));
  });

  for (const folder of readdirSync(ROOT))
    for (const name of readdirSync(join(ROOT, folder)).filter((each) => /\.(?:runbook|inventory)\.yaml$/.test(each)))
      it(`of ${folder}/${name} follow one another on their lines`, async () => {
        const text = readFileSync(join(ROOT, folder, name), 'utf8');
        const tokens = await serviceOver({}).semanticTokens(`/${name}`, text);
        assert.ok(tokens.length > 0);
        let behind = 0;
        for (const token of tokens) {
          assert.ok(token.start >= behind && token.end > token.start, shown(text, token));
          assert.doesNotMatch(text.slice(token.start, token.end), /[\r\n]/);
          behind = token.end;
        }
      });
});
