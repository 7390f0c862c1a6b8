import assert from 'node:assert/strict';
import { isBound, isShownAddress } from '../../../src/extension/views/panelGuard.js';
import { gateDigest } from '../../../src/protocol/index.js';
import * as gates from '../../webview/support/gates.js';
import { clusterPlan, Story } from '../../webview/support/runs.js';

describe('what the panel may ask for', () => {
  const { state } = new Story(clusterPlan()).begin('stage/notes', 'primary').ask(gates.manual);
  const { run } = state;

  it('is bound to the run that is shown', () => {
    assert.equal(isBound({ type: 'stop', run }, state), true);
    assert.equal(isBound({ type: 'stop', run: 'another' }, state), false);
  });

  it('is bound to a question that is open', () => {
    const drawn = gateDigest(state, 'g1') ?? '';
    assert.equal(isBound({ type: 'answer', run, gate: 'g1', drawn, answer: { kind: 'stop' } }, state), true);
    assert.equal(isBound({ type: 'answer', run, gate: 'g2', drawn, answer: { kind: 'stop' } }, state), false);
    assert.equal(isBound({ type: 'answer', run, gate: 'g2', drawn: '', answer: { kind: 'stop' } }, state), false);
  });

  it('is bound to a question as it was drawn', () => {
    const drawn = gateDigest(state, 'g1') ?? '';
    const answer = { type: 'answer', run, gate: 'g1', drawn, answer: { kind: 'stop' } } as const;
    const [gate] = state.gates;
    assert.ok(gate !== undefined);
    for (const later of [
      { ...state, gates: [{ ...gate, text: 'Something else entirely' } as typeof gate] },
      { ...state, gates: [] },
      { ...state, epoch: state.epoch + 1 },
      { ...state, digest: 'e'.repeat(64) },
    ])
      assert.equal(isBound(answer, later), false);
    assert.equal(isBound(answer, { ...state, lastSeq: state.lastSeq + 9 }), true);
  });

  it('opens web pages it was sent, and nothing else', () => {
    const sent = JSON.stringify({ state });
    assert.equal(isShownAddress('https://primary.example.com/firmwares', sent), true);
    assert.equal(isShownAddress('https://evil.example.com/', sent), false);
    for (const href of ['javascript:alert(1)', 'file:///etc/passwd', 'vscode://x/y', 'command:x', 'https://', ''])
      assert.equal(isShownAddress(href, `${sent}${href}`), false, href);
  });
});
