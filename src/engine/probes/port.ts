import { listeningPorts } from './look/listeningPorts.js';
import { CannotTell, verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

/** Whether a program of the host listens on a TCP port, as the host itself sees it. */
export async function portProbe(settings: ProbeSettings<'port'>, context: ProbeContext): Promise<Verdict> {
  const rendered = await context.render(settings.number);
  const number = Number(rendered);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new CannotTell(`"${String(rendered)}" is not a port, which is a number from 1 to 65535`);
  const open = (await listeningPorts(context)).has(number);
  return verdictOf(open === (settings.state !== 'closed'), `${open ? 'a program listens' : 'nothing listens'} on port ${String(number)}`);
}
