import { extrasOf, statusFits } from '../http/answer.js';
import { HttpTrouble, request } from '../http/request.js';
import type { HttpResponse } from '../http/request.js';
import { firstGroup } from '../steps/outputs.js';
import { captured, plainValue } from './captured.js';
import { renderText } from './look/text.js';
import { CannotTell, verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';
import { conditionVerdict } from './that.js';

type Settings = ProbeSettings<'http'>;

/**
 * Asks a web address from the machine of the operator. Where nothing listens it does not hold;
 * a name that is not known, a refused certificate or no answer in time leave it open.
 */
export async function httpProbe(settings: Settings, context: ProbeContext): Promise<Verdict> {
  const url = await renderText(context, settings.url);
  if (context.from !== undefined) {
    const next = 'leave out `from`, or use a `command` probe';
    throw new CannotTell(`web addresses are asked from the machine of the operator only, not from ${context.from}; ${next}`);
  }
  const response = await answerOf(settings, context, url);
  if (typeof response === 'string') return verdictOf(false, response);
  const unfit = await misfit(settings, context, url, response);
  if (unfit !== undefined) return unfit;
  if (settings.that !== undefined) {
    const verdict = await conditionVerdict(settings.that, context, extrasOf(response));
    if (verdict.verdict !== 'holds') return { ...verdict, text: `${url} answered ${String(response.status)}, but ${verdict.text}` };
  }
  return withValue(settings, context, url, response);
}

/** The answer, or why there is certainly none. */
async function answerOf(settings: Settings, context: ProbeContext, url: string): Promise<HttpResponse | string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings.headers ?? {})) headers[name] = await renderText(context, value);
  const user = settings.user === undefined ? undefined : await renderText(context, settings.user);
  const password = settings.password === undefined ? undefined : await renderText(context, settings.password);
  try {
    return await request({
      url,
      method: settings.method ?? 'GET',
      headers,
      ...(user === undefined && password === undefined ? {} : { basic: { user: user ?? '', password: password ?? '' } }),
      signal: context.signal,
      assertMayAct: () => context.assertMayAct(),
    });
  } catch (error) {
    if (error instanceof HttpTrouble && error.reason === 'nothing_listens') return error.message;
    throw error;
  }
}

async function misfit(settings: Settings, context: ProbeContext, url: string, response: HttpResponse): Promise<Verdict | undefined> {
  const seen = `${url} answered ${String(response.status)}`;
  if (settings.redirects_to === undefined) {
    return statusFits(response.status, settings.status)
      ? undefined
      : verdictOf(false, `${seen}, not ${settings.status === undefined ? 'a status from 200 to 299' : String(settings.status)}`);
  }
  const wanted = await renderText(context, settings.redirects_to);
  const location = response.headers['location'];
  const redirects = response.status >= 300 && response.status <= 399 && location !== undefined;
  if (settings.status !== undefined && response.status !== settings.status)
    return verdictOf(false, `${seen}, not ${String(settings.status)}`);
  if (!redirects) return verdictOf(false, `${seen}, which is no redirect`);
  const fits = URL.canParse(location, url) && leadsTo(new URL(location, url), wanted);
  return fits ? undefined : verdictOf(false, `${url} redirects to ${location}, not to ${wanted}`);
}

/** A wanted address with a host must match it too; a bare path is compared with the path. */
function leadsTo(target: URL, wanted: string): boolean {
  if (!URL.canParse(wanted)) return target.pathname.startsWith(wanted);
  const address = new URL(wanted);
  return target.origin === address.origin && target.pathname.startsWith(address.pathname);
}

async function withValue(settings: Settings, context: ProbeContext, url: string, response: HttpResponse): Promise<Verdict> {
  const seen = `${url} answered ${String(response.status)}`;
  if (settings.value !== undefined) {
    const value = plainValue(await context.value(settings.value, extrasOf(response)));
    if (value === undefined) throw new CannotTell(`"${settings.value}" gives no text, number or boolean from the answer of ${url}`);
    return verdictOf(true, seen, { value });
  }
  if (settings.capture === undefined) return verdictOf(true, seen, isQuestion(settings) ? {} : captured(response.body));
  const value = firstGroup(settings.capture, response.body);
  if (value !== undefined) return verdictOf(true, seen, captured(value));
  if (response.truncated) throw new CannotTell(`the answer of ${url} is too long to be searched for "${settings.capture}"`);
  return verdictOf(false, `the answer of ${url} has no match of "${settings.capture}"`);
}

/** A probe that asks something of the answer says yes or no; its whole body would be no value. */
function isQuestion(settings: Settings): boolean {
  return settings.that !== undefined || settings.redirects_to !== undefined;
}
