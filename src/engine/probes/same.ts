import { compareVersions, roleNames } from '../../language/index.js';
import type { PlainValue } from '../../planner/index.js';
import { verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

/** A fact has the same value on all hosts of some roles. No hosts, or one, always agree. */
export async function sameProbe(settings: ProbeSettings<'same'>, context: ProbeContext): Promise<Verdict> {
  const hosts = context.hostsOf(roleNames(settings.across));
  const values = await Promise.all(hosts.map(async (host) => ({ host, value: await context.fact(settings.fact, host) })));
  const known = values.flatMap(({ host, value }) => (value === undefined ? [] : [{ host, value }]));
  const [first] = known;
  const detail = known.map(({ host, value }) => `${host}: ${String(value)}`).join('\n');
  const different = first !== undefined && known.some(({ value }) => !agree(context, settings.fact, first.value, value));
  if (different) return verdictOf(false, `${settings.fact} differs: ${detail.replaceAll('\n', ', ')}`, { detail });
  if (known.length < hosts.length) {
    const missing = values.filter(({ value }) => value === undefined).map(({ host }) => host);
    return {
      verdict: 'could_not_tell',
      text: `${settings.fact} is not known of ${missing.join(', ')}`,
      ...(detail === '' ? {} : { detail }),
    };
  }
  if (first === undefined) return verdictOf(true, `no host has one of these roles, so nothing differs`);
  return verdictOf(true, `${settings.fact} is ${String(first.value)} on ${hosts.join(', ')}`, { value: first.value });
}

function agree(context: ProbeContext, fact: string, a: PlainValue, b: PlainValue): boolean {
  return context.factType(fact) === 'version' ? compareVersions(String(a), String(b)) === 0 : a === b;
}
