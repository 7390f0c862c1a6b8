import type { AttemptState, RunState, TargetState } from '../../events/index.js';
import { NO_HOST, stepTitle } from '../../planner/index.js';
import { duration } from '../reporters/duration.js';
import type { Block } from './block.js';

/** The rows of one step for one target: one for each attempt, or one that says why there is none. */
export function attemptRows(title: string, path: string, key: string, target: TargetState): readonly (readonly string[])[] {
  const name = title === path ? path : `${title} (${path})`;
  const about = key === NO_HOST ? '' : key;
  const rows = target.attempts.map((attempt) => [
    name,
    about,
    attempt.atHost,
    attempt.ended?.outcome ?? 'not known yet',
    attempt.startedAt,
    attempt.ended === undefined ? '' : duration(attempt.ended.durationMs),
    endText(attempt),
  ]);
  const { skipped } = target;
  if (skipped !== undefined) {
    const by = skipped.by === undefined ? '' : `${skipped.by}: `;
    rows.push([name, about, '', 'skipped', skipped.at, '', `${by}${skipped.text}`]);
  }
  if (rows.length === 0) rows.push([name, about, '', target.status, '', '', '']);
  if (target.undone) rows.push([name, about, '', 'taken back', '', '', '']);
  return rows;
}

function endText({ number, method, ended }: AttemptState): string {
  const parts = [
    number > 1 ? `attempt ${String(number)}` : '',
    method === undefined ? '' : `way: ${method}`,
    ended?.exitCode === undefined ? '' : `exit code ${String(ended.exitCode)}`,
    ended?.by === undefined ? '' : `by ${ended.by}`,
    ended?.why ?? '',
    ended?.failure?.message ?? '',
    ended?.output === undefined || ended.output.dropped === 0 ? '' : `${String(ended.output.dropped)} bytes of its output were not kept`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** Every attempt that failed or that nobody knows the end of, with what was seen. */
export function troubleOf(state: RunState): readonly Block[] {
  const blocks: Block[] = [];
  for (const [path, targets] of Object.entries(state.steps)) {
    for (const [key, { attempts }] of Object.entries(targets)) {
      for (const { number, ended } of attempts) {
        const failure = ended?.failure;
        if (failure === undefined) continue;
        const where = key === NO_HOST ? '' : ` for ${key}`;
        blocks.push({ kind: 'heading', level: 3, text: `${stepTitle(state.plan, path)}${where}, attempt ${String(number)}` });
        blocks.push({ kind: 'text', text: `${failure.reason.replaceAll('_', ' ')}: ${failure.message}` });
        if (failure.detail !== undefined) blocks.push({ kind: 'code', text: failure.detail });
        if (failure.next !== undefined) blocks.push({ kind: 'text', text: failure.next });
      }
    }
  }
  return blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text: 'Failures' }, ...blocks];
}
