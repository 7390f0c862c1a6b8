import assert from 'node:assert/strict';
import { briefingsOf } from '../../../src/extension/runs/briefings.js';
import type { PlanScope } from '../../../src/planner/index.js';
import { plan, step, Story } from '../../webview/support/runs.js';

const scope: PlanScope = {
  id: 'main',
  file: 'cluster.runbook.yaml',
  names: { inputs: { target: 'version' }, facts: {}, roles: {}, steps: {}, secrets: [], advisories: [], versionSchemes: [] },
  inputs: { target: '7.0' },
  roles: {},
  facts: {},
  factScope: 'main',
  advisories: {},
};

describe('briefings', () => {
  const noted = step('a', 'A', ['primary'], {
    spec: {
      run: 'true',
      impact: 'No logins until ${{ inputs.target }} runs.',
      notes: [{ severity: 'caution', text: 'Take care.' }],
      watch: [{ title: 'Console', open: 'https://console.example.com/' }],
    },
  });
  const made = plan([noted, step('b', 'B', [])], { scopes: { main: scope } });

  it('are for the steps that are under way', () => {
    assert.deepEqual(briefingsOf(new Story(made).state), []);
    assert.deepEqual(
      briefingsOf(new Story(made).begin('a', 'primary').state).map((briefing) => briefing.step),
      ['a'],
    );
  });

  it('carry what the runbook says, with known values filled in', () => {
    const [briefing] = briefingsOf(new Story(made).begin('a', 'primary').state);
    assert.deepEqual(briefing, {
      step: 'a',
      impact: 'No logins until 7.0 runs.',
      notes: [{ severity: 'caution', text: 'Take care.' }],
      watch: [{ title: 'Console', href: 'https://console.example.com/' }],
    });
  });
});
