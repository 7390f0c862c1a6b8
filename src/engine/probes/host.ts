import { CannotTell, verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

/** The hosts the step is about, as seen from the machine of the operator: reachable, unreachable, or booted since the run began. */
export async function hostProbe(settings: ProbeSettings<'host'>, context: ProbeContext): Promise<Verdict> {
  if (context.about.length === 0) throw new CannotTell('the step is about no host, so there is none to look at; give it `on`');
  context.assertMayAct();
  const seen = await Promise.all(
    context.about.map((host) => (settings === 'rebooted' ? rebooted(host, context) : reached(settings, host, context))),
  );
  const decided = seen.find(({ verdict }) => verdict === 'does_not_hold') ?? seen.find(({ verdict }) => verdict === 'could_not_tell');
  return decided ?? verdictOf(true, seen.map(({ text }) => text).join('; '));
}

async function reached(settings: 'reachable' | 'unreachable', host: string, context: ProbeContext): Promise<Verdict> {
  const answers = await context.reachable(host);
  return verdictOf(answers === (settings === 'reachable'), `${host} ${answers ? 'answers' : 'does not answer'}`);
}

async function rebooted(host: string, context: ProbeContext): Promise<Verdict> {
  const before = context.bootIdAtStart(host);
  if (before === undefined) return { verdict: 'could_not_tell', text: `the boot id ${host} had when the run began is not known` };
  const now = await context.bootIdNow(host);
  if (now === undefined) return { verdict: 'could_not_tell', text: `${host} does not tell its boot id` };
  return verdictOf(
    now !== before,
    now === before ? `${host} has not booted since the run began` : `${host} has booted since the run began`,
  );
}
