import assert from 'node:assert/strict';
import { createLanguageService } from '../../../../src/language/index.js';
import { applied } from '../../../support/language/completing.js';

const FILE = '/work/restart.runbook.yaml';

/** What somebody does who knows nothing of the language: types a little, and takes what is offered at the end of the text. */
type Doing = { readonly types: string } | { readonly takes: string };

const DOINGS: readonly Doing[] = [
  { takes: 'runbook' },
  { types: '\n' },
  { takes: 'id' },
  { types: 'restart\n' },
  { takes: 'title' },
  { types: 'Restart the shop\n' },
  { takes: 'roles' },
  { takes: 'hosts' },
  { takes: '2..' },
  { types: '\n    ' },
  { takes: 'vars' },
  { types: '\n' },
  { takes: 'steps' },
  { takes: 'step: group of steps' },
  { types: '\n        evid' },
  { takes: 'evidence' },
  { takes: 'attest' },
  { types: 'Done.\n      ' },
  { types: '- ' },
  { takes: 'step: restart a service' },
  { types: '\n      - ' },
  { takes: 'id' },
  { types: 'waited\n        ' },
  { takes: 'title' },
  { types: 'It answers again\n        ' },
  { takes: 'wait' },
  { takes: 'port' },
  { types: '8443\n        tim' },
  { takes: 'timeout' },
];

describe('a first runbook', () => {
  it('is written by taking what is offered, with no finding at the end', async () => {
    let text = '';
    const service = createLanguageService({ workspace: { readText: async () => text } });
    for (const doing of DOINGS) {
      if ('types' in doing) {
        text += doing.types;
        continue;
      }
      const items = await service.complete(FILE, text, text.length);
      const item = items.find(({ label }) => label === doing.takes);
      assert.ok(item !== undefined, `${doing.takes} is offered at the end of\n${text}\n(${items.map(({ label }) => label).join(', ')})`);
      text = applied(text, item);
    }
    assert.deepEqual(
      (await service.diagnose(FILE)).map(({ message, severity }) => `${severity}: ${message}`),
      [],
      text,
    );
  });
});
