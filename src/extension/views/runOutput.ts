import { showControls, showInLine } from '../../events/index.js';
import type { AttemptState, RunState } from '../../events/index.js';
import { NO_HOST } from '../../planner/index.js';
import { stepsIn, titlesOf } from '../../protocol/index.js';

type OutputRef = NonNullable<NonNullable<AttemptState['ended']>['output']>;

/** What an attempt has printed, as far as it is shown. */
export interface ShownOutput {
  readonly text: string;
  /** The file with all of it. */
  readonly file: string;
  /** Something stands before the text in the file. */
  readonly cut: boolean;
}

/** A part of the text: lines from 1, the last included. */
export interface OutputSection {
  readonly name: string;
  readonly detail: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly OutputSection[];
}

/** The output of a run as one text, and its outline: steps, and in each of them its attempts, host by host. */
export interface RunOutput {
  readonly text: string;
  readonly sections: readonly OutputSection[];
}

/** Puts together what the steps of a run have printed, in the order of the plan. What is shown of each is up to `outputOf`; it was masked when it was kept. */
export function runOutput(state: RunState, outputOf: (output: OutputRef) => ShownOutput): RunOutput {
  const { runbook, environment } = state.plan;
  const lines = [
    `# ${showInLine(runbook.title)} on ${showInLine(environment.title)}`,
    '',
    `Run ${state.run}: ${state.status}. Begun ${state.createdAt}.`,
  ];
  const planned = stepsIn(state.plan.steps).map(({ path }) => path);
  const paths = [...planned, ...Object.keys(state.steps).filter((path) => !planned.includes(path))];
  const sections = paths.flatMap((path): OutputSection[] => {
    const tried = Object.entries(state.steps[path] ?? {}).filter(([, { attempts }]) => attempts.length > 0);
    if (tried.length === 0) return [];
    const name = titlesOf(state, path).map(showInLine).join(' › ');
    lines.push('', `## ${name}`);
    const start = lines.length;
    const children = tried.flatMap(([key, { attempts }]) => attempts.map((attempt) => attemptSection(lines, key, attempt, outputOf)));
    return [{ name, detail: path, start, end: lines.length, children }];
  });
  if (sections.length === 0) lines.push('', 'No step was begun.');
  return { text: `${lines.join('\n')}\n`, sections };
}

function attemptSection(lines: string[], key: string, attempt: AttemptState, outputOf: (output: OutputRef) => ShownOutput): OutputSection {
  const { number, atHost, ended, startedAt } = attempt;
  const host = key === NO_HOST || key === atHost ? atHost : `${key}, at ${atHost}`;
  const name = number === 1 ? host : `${host}, attempt ${String(number)}`;
  const outcome = ended === undefined ? 'not at its end' : ended.outcome;
  const took = ended === undefined ? '' : ` in ${(ended.durationMs / 1000).toFixed(1)} s`;
  const exit = ended?.exitCode === undefined ? '' : `, exit code ${String(ended.exitCode)}`;
  lines.push('', `### ${showInLine(name)}: ${outcome}${took}${exit}, begun ${startedAt}`);
  const start = lines.length;
  if (ended?.failure !== undefined) lines.push(showInLine(ended.failure.message));
  lines.push(...outputLines(ended?.output, outputOf));
  return { name: showInLine(name), detail: outcome, start, end: lines.length, children: [] };
}

function outputLines(output: OutputRef | undefined, outputOf: (output: OutputRef) => ShownOutput): readonly string[] {
  if (output === undefined) return ['(no output)'];
  const { text, file, cut } = outputOf(output);
  if (text === '') return [`(its output is not there any more: ${file})`];
  const dropped = output.dropped === 0 ? '' : ` ${String(output.dropped)} bytes of it were never kept.`;
  const note = cut || output.dropped > 0 ? [`(only the end of its output is shown; what was kept is in ${file}.${dropped})`] : [];
  // What a host has printed is set in, so that none of its lines is taken for a heading.
  return [
    ...note,
    ...showControls(text)
      .split('\n')
      .map((line) => `    ${line}`.trimEnd()),
  ];
}
