import assert from 'node:assert/strict';
import { planText } from '../../../src/extension/views/planText.js';
import { clusterPlan } from '../../webview/support/runs.js';

describe('a plan as text', () => {
  it('names hosts, steps with their places, and what is open', () => {
    const text = planText({
      plan: clusterPlan(),
      digest: 'abc',
      problems: [],
      missingInputs: [],
      openRoles: [{ scope: 'main', role: 'leader', of: ['primary', 'secondary'], where: 'host.leads', facts: [] }],
      openFacts: [],
      comparisons: [],
      questions: [{ scope: 'main', fact: 'installed', host: 'primary', text: 'Which firmware?', probed: true }],
    });
    assert.match(text, /^Upgrade the session cluster on Staging\ndigest abc\n/);
    assert.match(text, /\n {2}minion_1 {2}root@192\.0\.2\.21\n/);
    assert.match(text, /\n {4}Reboot the primary {2}\[reboot: primary\] {2}\(cannot be taken back\)\n/);
    assert.match(text, /which of primary, secondary is leader\n {2}Which firmware\? \(primary\) – the host is asked first/);
  });

  it('says why there is none', () => {
    const diagnostic = {
      code: 'missing-input',
      severity: 'error' as const,
      range: { start: 0, end: 0 },
      message: 'input "to" has no value',
    };
    assert.equal(
      planText({
        plan: undefined,
        digest: '',
        problems: [{ file: '/a/b.runbook.yaml', diagnostic }],
        missingInputs: [],
        openRoles: [],
        openFacts: [],
        comparisons: [],
        questions: [],
      }),
      'There is no plan yet:\n  b.runbook.yaml: input "to" has no value\n',
    );
  });
});
