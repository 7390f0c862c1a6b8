import { haveSshd } from '../../support/sshd.js';
import { canaryRun } from '../means/canaries/canaryRun.js';
import type { Findings } from '../means/canaries/canaryRun.js';
import { PATHS } from '../means/canaries/documents.js';
import { FORMS } from '../means/canaries/forms.js';
import { SINKS } from '../means/canaries/sinks.js';
import type { FaultCase, Row, Verdict } from '../row.js';
import { faultCase } from '../runner/faultCase.js';

/** The first cases share one run of each way; the later ones have one for each form, each with other canaries that are cut elsewhere. */
const FIRST_CASES = 300;
/** Shares no divisor with the number of all cases: the first few already go everywhere. */
const STRIDE = 1_009;
const ALL = SINKS.length * FORMS.length * PATHS.length;

/** Secrets are printed in every form by everything that is given them, and every sink is looked through for them afterwards. */
export const canaries: Row = {
  id: 'canaries',
  title: `secrets that steps, probes, terminals and web servers print in ${String(FORMS.length)} forms, cut anywhere, in runs that go ${String(PATHS.length)} ways, here and over OpenSSH; ${String(SINKS.length)} sinks`,
  must: 'no canary, whole or half of one, in any sink',
  cases: { pr: FIRST_CASES, nightly: ALL },
  concurrency: 2,
  missing: () => Promise.resolve(haveSshd ? undefined : 'there is no OpenSSH server'),
  limitMs: 600_000,
  open: () => {
    const runs = new Map<string, Promise<Findings>>();
    return Promise.resolve({
      run: (fault) => lookedThrough(fault, runs),
      close: () => Promise.resolve(),
    });
  },
};

async function lookedThrough({ index }: FaultCase, runs: Map<string, Promise<Findings>>): Promise<Verdict> {
  const chosen = (index * STRIDE) % ALL;
  const path = PATHS[chosen % PATHS.length] as (typeof PATHS)[number];
  const form = Math.floor(chosen / PATHS.length) % FORMS.length;
  const sink = SINKS[Math.floor(chosen / PATHS.length / FORMS.length)] as (typeof SINKS)[number];
  // Shared by many cases, so it must not depend on which of them comes first.
  const key = `${path} ${index < FIRST_CASES ? 'first' : String(form)}`;
  const run = runs.get(key) ?? canaryRun(path, faultCase(0, `canaries ${key}`, 0).random);
  runs.set(key, run);
  const { found, astray } = await run;
  if (astray !== undefined) return { kind: 'broken', what: `${path}: ${astray}` };
  const hits = (found.get(sink) ?? []).filter((hit) => hit.startsWith(`canary ${String(form)} `));
  return hits.length === 0 ? { kind: 'held' } : { kind: 'broken', what: `${path}, ${sink}: ${hits.join('; ')}` };
}
