import assert from 'node:assert/strict';
import { reportOf } from '../../../src/planner/index.js';
import type { GivenFact, PlanReport } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';

const VERSIONS = `versions: { vault: { pattern: '\\d+\\.\\d+' } }`;

const RUNBOOK = `
runbook: v1
id: vault
title: Upgrade the vault
${VERSIONS}
documents: { vendor: { title: Manual of the vault } }
inputs:
  target: { type: version, scheme: vault, title: Target }
roles:
  web: { hosts: 1.. }
  store: { hosts: 1 }
facts:
  installed: { on: store, type: version, scheme: vault, title: Installed version, read: { file: { path: /etc/vault, contains: v } }, ask: Which version is installed? }
  queue: { type: boolean, title: A queue is used, ask: Is a queue used? }
upgrade:
  installed: installed
  to: \${{ inputs.target }}
  stops: [{ from: '< 9.1', to: '>= 10.0', via: '9.1', because: Nothing leads further. }]
  instead:
    - { when: hop.to == version("10.9"), use: special.runbook.yaml, title: The page for 10.9, with: { target: '\${{ hop.to }}' } }
advisories:
  - { id: queues, title: Queues fill up, severity: important, when: crosses("10.6") && facts.queue, text: Clear them., demands: acknowledgement }
outage: { of: web, because: Nobody can log on meanwhile. }
prerequisites:
  - id: change
    title: The change is approved
    manual: Have it approved.
    evidence: [{ attest: It is approved. }, { value: ticket, type: string, title: Number of the change }]
    approver: other_person
    lead_time: 2 working days
    valid_for: 7d
    estimate: 10m
steps:
  - id: stop
    title: Stop the web servers
    on: web
    serial: 1
    pause_between: 1m
    run: systemctl stop vault
    effects: [stop]
    estimate: 2m
    timeout: 5m
    verify: { port: { number: 443, state: closed } }
    undo: { title: Start them again, run: systemctl start vault }
  - id: hops
    per_hop: true
    title: From \${{ hop.from }} to \${{ hop.to }}
    steps:
      - { id: back_up, title: Back up, on: store, run: backup, effects: [backup], estimate: 10m, timeout: 1h, verify: { file: { path: /backup } }, source: vendor#L3 }
      - { id: convert, title: Convert the store, on: store, run: convert, effects: [upgrade], irreversible: The data is converted., timeout: 1h, verify: { file: { path: /done } } }
      - { id: clear, title: Clear the queues, on: store, when: advisories.queues, run: clear, timeout: 1m }
  - id: start
    title: Start the web servers
    on: web
    run: systemctl start vault
    effects: [start]
    estimate: 3m
    timeout: 5m
    verify: { port: { number: 443 } }
next:
  - { use: special.runbook.yaml, title: Go on, when: facts.queue }
`;

const SPECIAL = `
runbook: v1
id: special
title: The page for 10.9
${VERSIONS}
inputs: { target: { type: version, scheme: vault, title: Target } }
roles: { store: { hosts: 1 } }
steps:
  - { id: convert, title: Convert at once, on: store, run: convert, effects: [upgrade], irreversible: The data is converted., timeout: 1h, verify: { file: { path: /done } } }
`;

const INVENTORY = `
inventory: v1
environment: production
title: Production
production: true
hosts: { web_1: {}, web_2: {}, store: {} }
roles: { web: [web_1, web_2], store: [store] }
inputs: { target: '10.9' }
windows: [{ title: Saturday night, days: [sat], from: '22:00', to: '02:00', zone: Europe/Budapest }]
`;

const INSTALLED: GivenFact = { scope: 'main', fact: 'installed', host: 'store', value: '9.0' };
const NOW = Date.parse('2026-11-23T12:00Z');

async function report(facts: readonly GivenFact[], now?: number, inventory = INVENTORY): Promise<PlanReport> {
  const made = await draft({ runbooks: { 'a.runbook.yaml': RUNBOOK, 'special.runbook.yaml': SPECIAL }, inventory, facts });
  assert.ok(made.plan !== undefined, made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return reportOf({ ...made, plan: made.plan }, { facts, ...(now === undefined ? {} : { now }) });
}

describe('reportOf', () => {
  let known: PlanReport;
  before(async () => {
    known = await report([INSTALLED, { scope: 'main', fact: 'queue', value: true }], NOW);
  });

  it('lists hops with their steps, and for a dispatched one the generic steps', () => {
    assert.deepEqual(
      known.hops.map(({ number, from, to, last, dispatched_to: file }) => [number, from, to, last, file]),
      [
        [1, '9.0', '9.1', false, undefined],
        [2, '9.1', '10.9', true, 'special.runbook.yaml'],
      ],
    );
    assert.deepEqual(known.hops[0]?.steps, ['hops@1/back_up', 'hops@1/convert']);
    assert.deepEqual(known.hops[1]?.steps, ['hops@2/convert']);
    assert.deepEqual(
      known.hops[1]?.generic?.map(({ title }) => title),
      ['Back up', 'Convert the store', 'Clear the queues'],
    );
  });

  it('has every step in order, with hosts, place, origin and what a person must give', () => {
    assert.deepEqual(
      known.steps.map(({ number, path, section, hop }) => [number, path, section, hop]),
      [
        [1, 'advisories/queues', 'prerequisites', undefined],
        [2, 'change', 'prerequisites', undefined],
        [3, 'stop', 'steps', undefined],
        [4, 'hops@1/back_up', 'steps', 1],
        [5, 'hops@1/convert', 'steps', 1],
        [6, 'hops@2/convert', 'steps', 2],
        [7, 'start', 'steps', undefined],
      ],
    );
    assert.deepEqual(known.steps[1]?.gate, {
      kind: 'manual',
      other_person: true,
      gives: ['confirms: It is approved.', 'types Number of the change (string)'],
      methods: [],
    });
    assert.deepEqual([known.steps[2]?.hosts, known.steps[2]?.at_once, known.steps[6]?.at_once], [['web_1', 'web_2'], 1, 2]);
    assert.equal(known.steps[3]?.source, 'Manual of the vault, line 3');
    assert.deepEqual(known.steps[5]?.reached_by, ['special.runbook.yaml']);
    assert.equal(known.steps[5]?.place.file, 'special.runbook.yaml');
  });

  it('judges advisories hop by hop, with the reason', async () => {
    assert.deepEqual(known.advisories[0]?.hops, [
      { hop: 1, verdict: 'does_not_apply', because: 'this hop leads to 9.1, which is below 10.6' },
      { hop: 2, verdict: 'applies', because: '10.6 lies between 9.1 and 10.9 and a queue is used' },
    ]);
    const asked = await report([INSTALLED], NOW);
    assert.deepEqual(asked.advisories[0]?.hops[1], {
      hop: 2,
      verdict: 'must_be_asked',
      because: '10.6 lies between 9.1 and 10.9, but it is not known yet whether a queue is used',
    });
  });

  it('says of each condition whether it holds and why', async () => {
    assert.deepEqual(known.steps[0]?.conditions, [
      {
        cel: 'advisories.queues',
        verdict: 'yes',
        because: 'the advisory "Queues fill up" applies: 10.6 lies between 9.1 and 10.9 and a queue is used',
        hosts: [],
      },
    ]);
    const without = await report([INSTALLED, { scope: 'main', fact: 'queue', value: false }], NOW);
    assert.equal(without.steps[0]?.verdict, 'no');
    assert.equal((await report([INSTALLED], NOW)).steps[0]?.verdict, 'asked');
  });

  it('asks first for what decides the path, then for advisories, then for steps', async () => {
    const open = await report([], NOW);
    assert.equal(open.settled, false);
    assert.deepEqual(open.questions, [
      {
        fact: 'installed',
        host: 'store',
        text: 'Which version is installed?',
        asked_of: 'hosts',
        decides: 'path',
        file: 'a.runbook.yaml',
        option: '--fact installed@store=…',
      },
      {
        fact: 'queue',
        text: 'Is a queue used?',
        asked_of: 'person',
        decides: 'advisory',
        file: 'a.runbook.yaml',
        option: '--fact queue=…',
      },
    ]);
  });

  it('adds estimates up: host by host with its pauses, prerequisites apart', () => {
    assert.deepEqual(
      known.timeline.entries.map(({ path, starts_after_ms: start, length_ms: length }) => [path, start / 60_000, length / 60_000]),
      [
        ['advisories/queues', 0, 0],
        ['change', 0, 10],
        ['stop', 0, 5],
        ['hops@1/back_up', 5, 10],
        ['hops@1/convert', 15, 0],
        ['hops@2/convert', 15, 0],
        ['start', 15, 3],
      ],
    );
    assert.deepEqual([known.timeline.prerequisites_ms, known.timeline.work_ms], [600_000, 18 * 60_000]);
    assert.equal(known.timeline.steps_without_estimate, 3);
  });

  it('counts as least what is certain', async () => {
    const { timeline } = await report([INSTALLED], NOW);
    assert.equal(timeline.least_work_ms, timeline.work_ms);
    const spare = RUNBOOK.replace(
      'run: systemctl start vault\n    effects: [start]',
      'when: facts.queue\n    run: systemctl start vault\n    effects: [start]',
    );
    const made = await draft({
      runbooks: { 'a.runbook.yaml': spare, 'special.runbook.yaml': SPECIAL },
      inventory: INVENTORY,
      facts: [INSTALLED],
    });
    assert.ok(made.plan !== undefined);
    const perhaps = reportOf({ ...made, plan: made.plan }, { facts: [INSTALLED] }).timeline;
    assert.deepEqual([perhaps.work_ms, perhaps.least_work_ms], [18 * 60_000, 15 * 60_000]);
  });

  it('finds the window the work fits in, and when it must begin at the latest', async () => {
    assert.deepEqual(known.window?.fitting, {
      from: '2026-11-28T21:00:00.000Z',
      to: '2026-11-29T01:00:00.000Z',
      zone: 'Europe/Budapest',
      title: 'Saturday night',
    });
    assert.equal(known.window?.latest_safe_start, '2026-11-29T00:42:00.000Z');
    const late = await report([INSTALLED], Date.parse('2026-11-29T00:50Z'));
    assert.deepEqual([late.window?.open, late.window?.fits, late.window?.fitting?.from], [true, false, '2026-12-05T21:00:00.000Z']);
    assert.equal((await report([INSTALLED])).window, undefined);
  });

  it('says when a prerequisite must begin, counting working days', () => {
    assert.deepEqual(known.lead_times, [
      {
        path: 'change',
        title: 'The change is approved',
        needs: '2 working days',
        ready_at: '2026-11-25T12:00:00.000Z',
        must_begin_by: '2026-11-25T23:00:00.000Z',
        not_before: '2026-11-21T21:00:00.000Z',
        too_late: false,
        because:
          'it must begin by Thu 26 Nov 2026, 00:00 Europe/Budapest for the window that opens at Sat 28 Nov 2026, 22:00 Europe/Budapest',
      },
    ]);
    assert.deepEqual(known.warnings, []);
  });

  it('warns when it is too late for that, and names the first window in time', async () => {
    const { lead_times: leadTimes, warnings } = await report([INSTALLED], Date.parse('2026-11-27T09:00Z'));
    assert.equal(leadTimes[0]?.too_late, true);
    assert.equal(leadTimes[0]?.ready_at, '2026-12-01T09:00:00.000Z');
    assert.match(leadTimes[0]?.because ?? '', /the first window in time opens at Sat 5 Dec 2026, 22:00/);
    assert.deepEqual(
      warnings.map(({ code, file, line }) => [code, file, (line ?? 0) > 1]),
      [['lead-time-too-long', 'a.runbook.yaml', true]],
    );
  });

  it('tells no deadline without windows', async () => {
    const anytime = await report([INSTALLED], NOW, INVENTORY.replace(/windows:.*/, ''));
    assert.deepEqual([anytime.lead_times[0]?.must_begin_by, anytime.lead_times[0]?.too_late], [undefined, false]);
    assert.deepEqual([anytime.window?.fits, anytime.window?.latest_safe_start], [true, undefined]);
  });

  it('says after each step what undo would take back, and where it ends', () => {
    assert.deepEqual(
      known.undo.map(({ after, takes_back: back, stays, ends_at: end }) => [after.path, back, stays, end?.path]),
      [
        ['stop', ['stop'], [], undefined],
        ['hops@1/back_up', ['stop'], ['hops@1/back_up'], undefined],
        ['hops@1/convert', [], [], 'hops@1/convert'],
        ['hops@2/convert', [], [], 'hops@2/convert'],
        ['start', [], ['start'], 'hops@2/convert'],
      ],
    );
  });

  it('names the point of no return and what comes before', () => {
    assert.deepEqual(known.point_of_no_return, {
      path: 'hops@1/convert',
      title: 'Convert the store',
      number: 5,
      hosts: ['store'],
      because: 'The data is converted.',
      starts_after_ms: 15 * 60_000,
      steps_without_estimate: 0,
      before: { path: 'hops@1/back_up', title: 'Back up' },
      backups: [{ path: 'hops@1/back_up', title: 'Back up' }],
    });
  });

  it('spans the outage of the declared hosts from the first stop to the last start', () => {
    assert.deepEqual(known.outage, {
      hosts: ['web_1', 'web_2'],
      because: 'Nobody can log on meanwhile.',
      from: { path: 'stop', title: 'Stop the web servers' },
      to: { path: 'start', title: 'Start the web servers' },
      starts_after_ms: 0,
      length_ms: 18 * 60_000,
      steps_without_estimate: 2,
    });
  });

  it('judges what comes next', () => {
    assert.deepEqual(known.next, [
      { use: 'special.runbook.yaml', title: 'Go on', when: 'facts.queue', verdict: 'yes', because: 'a queue is used' },
    ]);
  });

  it('gives the same for the same, and nothing that JSON would lose', async () => {
    assert.deepEqual(JSON.parse(JSON.stringify(known)), known);
    assert.deepEqual(await report([INSTALLED, { scope: 'main', fact: 'queue', value: true }], NOW), known);
  });
});
