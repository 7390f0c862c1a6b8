import assert from 'node:assert/strict';
import { runOutput } from '../../../src/extension/views/runOutput.js';
import type { OutputSection } from '../../../src/extension/views/runOutput.js';
import { clusterPlan, Story } from '../../webview/support/runs.js';

const REF = { file: 'output/1', bytes: 10, dropped: 0 };

/** A run in which one step has printed something, one has failed, and one is under way. */
function story(): Story {
  const told = new Story(clusterPlan());
  told.begin('prepare/backup', 'primary').tell({
    type: 'attempt_ended',
    step: 'prepare/backup',
    target: 'primary',
    attempt: 1,
    outcome: 'succeeded',
    exitCode: 0,
    durationMs: 1500,
    output: REF,
  });
  return told.done('prepare/healthy', 'primary').fail('prepare/healthy', 'secondary').begin('stage/upload', 'primary');
}

const named = (sections: readonly OutputSection[]): unknown =>
  sections.map(({ name, detail, children }) => [name, detail, named(children)]);

describe('the output of a run as a text', () => {
  it('has a section for each step that was begun, and in it one for each host', () => {
    const { text, sections } = runOutput(story().state, () => ({ text: 'one\ntwo', file: '/state/output/1', cut: false }));
    assert.deepEqual(named(sections), [
      ['Prepare › Export the configuration', 'prepare/backup', [['primary', 'succeeded', []]]],
      [
        'Prepare › No open issues',
        'prepare/healthy',
        [
          ['primary', 'succeeded', []],
          ['secondary', 'failed', []],
        ],
      ],
      ['Stage the firmware › Upload the firmware', 'stage/upload', [['primary', 'not at its end', []]]],
    ]);
    const lines = text.split('\n');
    for (const { name, start, end, children } of sections) {
      assert.equal(lines[start - 1], `## ${name}`);
      assert.ok(children.every((child) => child.start > start && child.end <= end && /^### /.test(lines[child.start - 1] ?? '')));
    }
    assert.match(text, /^### primary: succeeded in 1\.5 s, exit code 0, begun .*\n {4}one\n {4}two\n\n##/m);
    assert.match(text, /^### secondary: failed .*\nThe script ended with exit code 1\.\n\(no output\)$/m);
  });

  it('says where the rest is, and takes nothing of it for a heading or an order to a terminal', () => {
    const { text, sections } = runOutput(story().state, () => ({ text: '## fake\n\u001b[2J\u202e', file: '/state/output/1', cut: true }));
    assert.match(
      text,
      /\(only the end of its output is shown; what was kept is in \/state\/output\/1\.\)\n {4}## fake\n {4}␛\[2J<U\+202E>\n/,
    );
    assert.equal(sections.length, 3);
  });

  it('says that nothing was begun', () => {
    const { text, sections } = runOutput(new Story(clusterPlan()).state, () => assert.fail());
    assert.deepEqual(sections, []);
    assert.match(text, /\nNo step was begun\.\n$/);
  });
});
