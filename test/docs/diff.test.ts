import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CHANGE_KINDS, parsePolicy } from '../../src/review/index.js';

const page = readFileSync(new URL('../../docs/diff.md', import.meta.url), 'utf8');

describe('the page about runbook diff', () => {
  it('lists every kind of change with its danger', () => {
    const rows = [...page.matchAll(/^\| `([^`]+)` \| (\w+) \| (.+) \|$/gm)].map(([, kind, danger, title]) => [kind, danger, title]);
    assert.deepEqual(
      rows,
      Object.entries(CHANGE_KINDS).map(([kind, { danger, title }]) => [kind, danger, title]),
    );
  });

  it('shows a policy that is sound', () => {
    const [, policy = ''] = /```yaml\n(fail_on[\s\S]+?)```/.exec(page) ?? [];
    assert.deepEqual(parsePolicy('/.runbook-review.yaml', policy), {
      policy: { failOn: 'dangerous', kinds: { 'suppression-added': 'allow', 'timeout-raised': 'fail' } },
      diagnostics: [],
    });
  });
});
