import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markMasked } from '../../../src/engine/secrets/masked.js';
import type { Masked } from '../../../src/engine/secrets/masked.js';
import type { Owner, RunEvent } from '../../../src/events/index.js';
import type { Plan } from '../../../src/planner/index.js';

/** A plan without steps. */
export const EMPTY_PLAN: Plan = {
  format: 2,
  runbook: { id: 'sps_upgrade', title: 'Upgrade of the appliances', file: 'sps.runbook.yaml', digest: '' },
  environment: { id: 'staging', title: 'Staging', production: false, approvers: [], windows: [], blackouts: [] },
  hosts: {},
  scopes: {},
  inputs: {},
  secrets: {},
  contacts: {},
  notes: [],
  steps: [],
  invariants: [],
  advisories: [],
  orders: [],
  derivedRoles: [],
  next: [],
};

/** First event of a run. */
export function created(run: string, at = '2026-11-21T04:35:00.000Z'): Masked<RunEvent> {
  return markMasked<RunEvent>({
    type: 'run_created',
    run,
    format: 1,
    engine: '0.1.0',
    base: '/srv/runbooks',
    plan: EMPTY_PLAN,
    digest: 'd1',
    operator: 'ada',
    seq: 1,
    at,
    mono: 0,
  });
}

/** The event that an opening of a run begins with. */
export function opened(seq: number, epoch: number, owner: Owner): Masked<RunEvent> {
  return markMasked<RunEvent>({ type: 'run_opened', epoch, owner, operator: 'ada', seq, at: '2026-11-21T04:35:00.500Z', mono: seq });
}

/** A later event, different for each number. */
export function remark(seq: number, text = `remark ${String(seq)} – ✓`): Masked<RunEvent> {
  return markMasked<RunEvent>({ type: 'remark', severity: 'info', text, seq, at: '2026-11-21T04:35:01.000Z', mono: seq });
}

export function closed(seq: number, outcome: 'succeeded' | 'failed' | 'stopped' | 'halted'): Masked<RunEvent> {
  return markMasked<RunEvent>({ type: 'run_closed', outcome, text: 'the end', next: [], seq, at: '2026-11-21T04:36:00.000Z', mono: seq });
}

/** A private directory for each test, removed afterwards. Call it inside `describe`. */
export function temporaryDirectory(): () => string {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'runbook-journal-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });
  return () => directory;
}
