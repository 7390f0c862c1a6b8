import assert from 'node:assert/strict';
import { readLog } from './workflowCommands.js';

const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u;

/** Fails when a report, printed into a log, would steer a terminal or a build server other than its format is for. */
export function assertSteersNothing(format: string, text: string): void {
  assert.doesNotMatch(text.replaceAll('\n', ''), STEERING);
  const { commands, others } = readLog(text);
  assert.doesNotMatch(others.join('\n'), /##(?:vso|teamcity)?\[/);
  const mine = format === 'github' ? ['error', 'warning', 'notice', 'group', 'endgroup'] : [];
  assert.deepEqual(
    commands.filter(({ name }) => !mine.includes(name)),
    [],
  );
  assert.ok(text.endsWith('\n'));
}
