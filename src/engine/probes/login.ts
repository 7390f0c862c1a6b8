import { request } from '../http/request.js';
import { look } from './look/look.js';
import { oneLine, renderText } from './look/text.js';
import { CannotTell, verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

type Settings = ProbeSettings<'login'>;

/** Proves that a secret works, without changing anything: against basic authentication, or a management controller. */
export function loginProbe(settings: Settings, context: ProbeContext): Promise<Verdict> {
  return settings.http === undefined ? ipmiLogin(settings, context) : httpLogin(settings, settings.http, context);
}

/** Asks twice: an address that answers without a login would prove nothing. */
async function httpLogin(settings: Settings, address: string, context: ProbeContext): Promise<Verdict> {
  const url = await renderText(context, address);
  if (settings.user === undefined) throw new CannotTell(`the login at ${url} has no \`user\``);
  const basic = { user: await renderText(context, settings.user), password: await context.secret(settings.secret) };
  const ask = { url, method: 'GET', signal: context.signal, assertMayAct: () => context.assertMayAct() };
  const without = await request(ask);
  if (without.status !== 401)
    throw new CannotTell(`${url} answered ${String(without.status)} to a request without a login, so it proves nothing about one`);
  const { status } = await request({ ...ask, basic });
  if (status === 401 || status === 403) return verdictOf(false, `${url} refuses the login of "${basic.user}" (${String(status)})`);
  if (status >= 400) throw new CannotTell(`${url} answered ${String(status)}, which tells nothing about the login of "${basic.user}"`);
  return verdictOf(true, `${url} accepts the login of "${basic.user}"`);
}

/** Reads the power status; the password goes through the environment, where ipmitool looks for it. */
async function ipmiLogin(settings: Settings, context: ProbeContext): Promise<Verdict> {
  const address = await renderText(context, settings.ipmi ?? '');
  const user = settings.user === undefined ? '' : await renderText(context, settings.user);
  if (/^-|\s/.test(address) || address === '' || user.startsWith('-'))
    throw new CannotTell(`"${address}" is not an address that ipmitool can be asked about`);
  const args = ['-I', 'lanplus', '-H', address, ...(user === '' ? [] : ['-U', user]), '-E', 'chassis', 'power', 'status'];
  const env = { IPMI_PASSWORD: await context.secret(settings.secret), LC_ALL: 'C' };
  const seen = await look(context, { script: 'ipmitool "$@"', shell: 'sh', args, env });
  if (seen.code === 0) return verdictOf(true, `the controller ${address} accepts the login: ${oneLine(seen.stdout)}`);
  const said = context.mask(oneLine(`${seen.stderr} ${seen.stdout}`)).slice(0, 300);
  if (
    /RAKP 2 HMAC is invalid|unauthorized name|insufficient privilege|invalid user|password.*(wrong|invalid)|authentication (failed|type)/i.test(
      said,
    )
  ) {
    return verdictOf(false, `the controller ${address} refuses the login: ${said}`);
  }
  throw new CannotTell(`the controller ${address} could not be asked: ${said === '' ? `exit code ${String(seen.code)}` : said}`);
}
