import { serviceState } from './look/serviceState.js';
import { renderText } from './look/text.js';
import { verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

/** A service of the host, asked from its service manager. One that is on its way up or down is neither started nor stopped. */
export async function serviceProbe(settings: ProbeSettings<'service'>, context: ProbeContext): Promise<Verdict> {
  const name = await renderText(context, settings.name);
  const { state, word } = await serviceState(context, name);
  return verdictOf(state === (settings.state ?? 'started'), `the service "${name}" is ${word}`);
}
