import assert from 'node:assert/strict';
import { confirmText } from '../../../src/extension/runs/confirmText.js';
import { clusterPlan, Story } from '../../webview/support/runs.js';
import { confirm } from '../../webview/support/gates.js';

describe('the confirmation before the first act', () => {
  const { state } = new Story(clusterPlan());

  it('names hosts, users, fingerprints, and what cannot be taken back', () => {
    const text = confirmText(confirm, state);
    assert.match(text, /^primary: root@192\.0\.2\.11\nSHA256:qhT5/);
    assert.match(text, /Cannot be taken back:\n• Reboot the primary \(primary\): the databases are migrated/);
  });

  it('says first what the run leaves out', () => {
    const text = confirmText({ ...confirm, text: 'Run it? Only "stage" is carried out.' }, state);
    assert.match(text, /^Only "stage" is carried out\.\n\nprimary: /);
  });

  it('names what was ended in the middle and is begun again', () => {
    const stopped = new Story(clusterPlan()).begin('stage/upload', 'primary').tell({
      type: 'attempt_ended',
      step: 'stage/upload',
      target: 'primary',
      attempt: 1,
      outcome: 'cancelled',
      durationMs: 1,
      failure: { reason: 'cancelled', message: 'It was stopped.' },
    });
    assert.match(confirmText(confirm, stopped.state), /is begun again from its start:\n• Upload.* \(primary\)\n/);
    assert.doesNotMatch(confirmText(confirm, state), /again/);
  });

  it('leaves out what there is not', () => {
    assert.equal(confirmText({ ...confirm, irreversible: [], hosts: [{ name: 'web', address: '192.0.2.9' }] }, state), 'web: 192.0.2.9');
  });
});
