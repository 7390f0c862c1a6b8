import { ExpressionError, PROBE_KINDS, UnknownValue } from '../../language/index.js';
import type { Probe, ProbeKind } from '../../language/index.js';
import { HttpTrouble } from '../http/request.js';
import { TransportError } from '../transports/transport.js';
import { allProbe, anyProbe, notProbe } from './combine.js';
import { commandProbe } from './command.js';
import { fileProbe } from './file.js';
import { hostProbe } from './host.js';
import { httpProbe } from './http.js';
import { loginProbe } from './login.js';
import { portProbe } from './port.js';
import { CannotTell } from './probe.js';
import type { AskProbe, ProbeContext, Verdict } from './probe.js';
import { processProbe } from './process.js';
import { sameProbe } from './same.js';
import { serviceProbe } from './service.js';
import { thatProbe } from './that.js';

const kinds: { readonly [Kind in ProbeKind]: AskProbe<Kind> } = {
  command: commandProbe,
  file: fileProbe,
  port: portProbe,
  process: processProbe,
  service: serviceProbe,
  http: httpProbe,
  host: hostProbe,
  login: loginProbe,
  that: thatProbe,
  same: sameProbe,
  all: allProbe(runProbe),
  any: anyProbe(runProbe),
  not: notProbe(runProbe),
};

/**
 * Asks a probe. Read-only, and rejects only for a bug of ours: an unknown value, a host that is away, a broken answer
 * or an aborted signal are could_not_tell, with what is missing.
 */
export async function runProbe(probe: Probe, context: ProbeContext): Promise<Verdict> {
  const kind = PROBE_KINDS.find((name) => probe[name] !== undefined);
  if (kind === undefined) throw new Error('a probe without a kind passed the checks of the language');
  try {
    return await ask(kind, probe, context);
  } catch (error) {
    if (context.signal.aborted) return { verdict: 'could_not_tell', text: 'the look was cut short before there was an answer' };
    if (error instanceof CannotTell) return couldNotTell(error.message, error.detail);
    if (error instanceof UnknownValue || error instanceof ExpressionError || error instanceof HttpTrouble)
      return couldNotTell(error.message);
    if (error instanceof TransportError) return couldNotTell(error.message, error.next);
    throw error;
  }
}

function ask<Kind extends ProbeKind>(kind: Kind, probe: Probe, context: ProbeContext): Promise<Verdict> {
  return kinds[kind](probe[kind] as NonNullable<Probe[Kind]>, context);
}

function couldNotTell(text: string, detail?: string): Verdict {
  return { verdict: 'could_not_tell', text, ...(detail === undefined ? {} : { detail }) };
}
