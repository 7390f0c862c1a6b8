import { reportHtml } from '../../../src/cli/journal/formats/html.js';
import { reportJson } from '../../../src/cli/journal/formats/json.js';
import { reportMarkdown } from '../../../src/cli/journal/formats/markdown.js';
import { reportOf as report } from '../../../src/cli/journal/report.js';
import { driveInteractively } from '../../../src/cli/interactive.js';
import { formatReport, FORMATS } from '../../../src/cli/lint/formats/index.js';
import { eventLine, summary } from '../../../src/cli/reporters/progress.js';
import { planText } from '../../../src/cli/reporters/planText.js';
import type { JournalVerdict, RunHandle } from '../../../src/engine/index.js';
import { plainText } from '../../../src/engine/terminal/escapeFilter.js';
import { plainEvent } from '../../../src/engine/terminal/plainEvent.js';
import type { EventBody, Gate, RunEvent, RunState } from '../../../src/events/index.js';
import { noticeText } from '../../../src/extension/noticeText.js';
import { confirmText } from '../../../src/extension/runs/confirmText.js';
import { ending, heading } from '../../../src/extension/terminals/terminalText.js';
import { nodesOfPlan, nodesOfRun } from '../../../src/extension/views/stepsModel.js';
import type { StepNode } from '../../../src/extension/views/stepsModel.js';
import { titlesOf } from '../../../src/protocol/index.js';
import { reportOf as planReport } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';
import { finding, PIPE, reportOf } from '../../cli/lint/formats/reports.js';
import { group, plan, step, Story } from '../../webview/support/runs.js';

/** What a sink was given to show, by the name of the sink. */
export type Shown = readonly (readonly [sink: string, text: string])[];

const AT = { step: 'phase/one', target: 'primary' } as const;

/** A run in which a hostile text stands wherever a text may come from a host, an author or a person. */
export function hostileStory(text: string): Story {
  const failure = { reason: 'exit_code', message: text, next: text, detail: text } as const;
  const story = new Story(
    plan(
      [
        group('phase', text, [
          step('phase/one', text, ['primary'], { spec: { run: 'true', impact: text, expect: text, irreversible: text } }),
          step('phase/two', text, []),
        ]),
      ],
      {
        runbook: { id: 'cluster', title: text, file: 'cluster.runbook.yaml', digest: '' },
        environment: { id: 'staging', title: text, production: false, approvers: [], windows: [], blackouts: [] },
        notes: [{ severity: 'important', text }],
        invariants: [{ title: text, holds: { that: 'true' }, moments: [] }] as unknown as ReturnType<typeof plan>['invariants'],
      },
    ),
  );
  for (const event of hostileEvents(text, failure)) story.tell(plainEvent(event));
  return story;
}

function hostileEvents(text: string, failure: Extract<Gate, { kind: 'failure' }>['failure']): readonly EventBody[] {
  const remedy = { index: 0, title: text, cause: text, matches: true, acts: true };
  const gates: readonly Gate[] = [
    { id: 'g1', kind: 'failure', ...AT, failure, remedies: [remedy], undo: [], excludable: true, exclusion: [text], escalate: text },
    {
      id: 'g2',
      kind: 'manual',
      ...AT,
      text,
      open: text,
      expect: text,
      figure: text,
      evidence: [
        { id: 'a', kind: 'attest', title: text },
        { id: 'b', kind: 'value', title: text, pattern: text },
        { id: 'c', kind: 'choice', title: text, options: [text] },
      ],
      otherPerson: true,
      optional: true,
    },
    { id: 'g3', kind: 'unknown', ...AT, attempt: 1, text },
    { id: 'g4', kind: 'prompt', ...AT, text },
    { id: 'g5', kind: 'doubt', ...AT, text },
    { id: 'g6', kind: 'window', text },
    { id: 'g7', kind: 'value', scope: 'main', fact: 'installed', text, request: { id: 'x', kind: 'value', title: text } },
    { id: 'g8', kind: 'method', ...AT, methods: [{ name: 'a', title: text, needsPerson: true }] },
    {
      id: 'g9',
      kind: 'confirm',
      digest: 'd',
      text: `${text}? ${text}`,
      hosts: [{ name: 'primary', address: text, user: text, fingerprint: text }],
      irreversible: [{ step: AT.step, title: text, why: text }],
      typed: text,
      unrehearsed: text,
    },
  ];
  return [
    { type: 'host_seen', host: 'primary', user: text, fingerprint: text },
    { type: 'fact_known', scope: 'main', fact: 'installed', host: 'primary', value: text, from: 'probe' },
    { type: 'attempt_intended', ...AT, attempt: 1, id: 'x', at_host: 'primary' },
    { type: 'attempt_progress', ...AT, attempt: 1, text },
    { type: 'attempt_ended', ...AT, attempt: 1, outcome: 'failed', durationMs: 1, failure, values: { seen: text } },
    { type: 'skipped', step: 'phase/two', target: '-', reason: 'operator', text, by: text },
    { type: 'remark', severity: 'warning', text },
    { type: 'invariant_checked', index: 0, moment: 'start', verdict: 'does_not_hold', text },
    { type: 'host_excluded', host: 'primary', by: text, why: text },
    ...gates.map((gate): EventBody => ({ type: 'gate_opened', gate })),
    { type: 'gate_closed', gate: 'g3', answer: { kind: 'retry', why: text }, by: text },
    { type: 'run_closed', outcome: 'failed', text, next: [text] },
  ];
}

/** Gives a text to every sink that is no terminal of a host and no page. */
export async function textSinks(text: string): Promise<Shown> {
  const story = hostileStory(text);
  const { state } = story;
  const shown: (readonly [string, string])[] = [
    ['plain text', plainText(text)],
    ['notification', noticeText(text)],
  ];
  const before = new Story(state.plan);
  const events: RunEvent[] = [];
  for (const event of hostileEvents(text, { reason: 'signal', message: text })) {
    const plain = plainEvent(event);
    before.tell(plain);
    events.push(stamped(plain));
    shown.push([`line of ${event.type}`, eventLine(stamped(plain), before.state, { color: false }) ?? '']);
    if (plain.type === 'attempt_ended')
      shown.push(['end of an attempt', withoutColours(ending(stamped(plain) as Extract<RunEvent, { type: 'attempt_ended' }>))]);
    if (plain.type === 'gate_opened' && plain.gate.kind === 'confirm') shown.push(['dialog', confirmText(plain.gate, state)]);
  }
  shown.push(['summary', summary(state, { color: false })], ['heading', withoutColours(heading(titlesOf(state, AT.step).at(-1) ?? '', 2))]);
  for (const node of [...nodesOfRun(state, true), ...nodesOfPlan(state.plan)].flatMap(flat))
    shown.push(['label of the tree', node.label], ['description in the tree', node.description], ['tooltip', node.tooltip]);
  for (const asked of await questions(state)) shown.push(['question of the command line', asked]);
  for (const format of FORMATS) {
    const said = finding({ file: `${text}.runbook.yaml`, message: text, rule: 'some-rule', related: [] });
    shown.push([`lint as ${format}`, formatReport(format, reportOf([said]), { ...PIPE, sources: new Map([[said.file, `a\n${text}\n`]]) })]);
  }
  shown.push(['plan', await planShown(text)], ...exported(text, state, events));
  return shown;
}

/** What the command line says about every open gate before it asks. */
async function questions(state: RunState): Promise<readonly string[]> {
  const said: string[] = [];
  const handle = {
    run: state.run,
    state,
    onEvent: () => () => undefined,
    answer: () => undefined,
    input: () => undefined,
    stop: () => Promise.resolve(),
  } as unknown as RunHandle;
  const io = {
    out: (text: string) => void said.push(text),
    err: () => undefined,
    interactive: true,
    columns: () => 80,
    color: false,
    cwd: '/',
    env: {},
  };
  const ask = (question: string): Promise<string> => {
    said.push(question);
    // The first answer that is not understood ends it: everything has been said by then.
    return Promise.reject(new Error('asked'));
  };
  const all: Promise<unknown>[] = [];
  const together = (work: (asking: typeof ask) => Promise<unknown>): Promise<unknown> => {
    const done = work(ask).catch(() => undefined);
    all.push(done);
    return done;
  };
  driveInteractively(handle, { together } as unknown as Parameters<typeof driveInteractively>[1], io);
  await Promise.all(all);
  return said;
}

async function planShown(text: string): Promise<string> {
  const quoted = JSON.stringify(text);
  const made = await draft({
    runbooks: {
      'a.runbook.yaml': `runbook: v1\nid: a\ntitle: ${quoted}\nroles: { server: { hosts: 1 } }\nsteps:\n  - { id: one, title: ${quoted}, on: server, run: "true", timeout: 1m, impact: ${quoted}, irreversible: ${quoted} }\n`,
    },
    inventory: `inventory: v1\nenvironment: lab\nhosts: { a: { address: 192.0.2.1 } }\nroles: { server: [a] }\n`,
  });
  if (made.plan === undefined) return made.problems.map(({ diagnostic }) => diagnostic.message).join('\n');
  return planText(planReport({ ...made, plan: made.plan }, { now: 0 }), { color: false, width: 100 });
}

/** The report of a run, as files. */
function exported(text: string, state: RunState, events: readonly RunEvent[]): Shown {
  const verdict: JournalVerdict = {
    run: state.run,
    file: '/x/journal.jsonl',
    condition: 'damaged',
    records: events.length,
    soundBytes: 1,
    head: 'f'.repeat(64),
    text,
  };
  const source = { state, events, verdict };
  const blocks = report(source);
  return [
    ['export as Markdown', reportMarkdown(blocks)],
    ['export as HTML', reportHtml(text, blocks)],
    ['export as JSON', reportJson(source)],
  ];
}

function stamped(event: EventBody): RunEvent {
  return { ...event, seq: 1, at: '', mono: 0 };
}

function flat(node: StepNode): readonly StepNode[] {
  return [node, ...node.children.flatMap(flat)];
}

/** Without the colours we set ourselves; those of a text would be shown as such and stay. */
function withoutColours(text: string): string {
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '').replaceAll('\r\n', '\n');
}
