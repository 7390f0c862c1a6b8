import type { Failure } from '../../events/index.js';
import type { Step } from '../../language/index.js';
import type { PlainValue } from '../../planner/index.js';
import { parsedBody, statusFits } from '../http/answer.js';
import { HttpTrouble, request } from '../http/request.js';
import type { HttpRequest, HttpResponse } from '../http/request.js';
import type { Action, ActionContext, ActionResult } from './action.js';
import { failed, specOf } from './action.js';
import { outputValues } from './outputs.js';

const SHOWN = 2000;
const TIMEOUT_MS = 60_000;

/** `http`: one request from the machine of the operator. */
export const http: Action = {
  async perform(context) {
    const spec = specOf(context, 'http');
    const made = await requestOf(context, spec);
    context.print('note', `${made.method} ${made.url}\n`);
    try {
      return await judged(context, spec, made.url, await request(made));
    } catch (error) {
      if (!(error instanceof HttpTrouble)) throw error;
      const failure = failureOf(context, error);
      // A request that may have arrived and was not a mere question cannot be called failed: it may have acted.
      return error.sent && made.method !== 'GET' ? { kind: 'unknown', failure } : { kind: 'failed', failure };
    }
  },
  recover: (context) =>
    Promise.resolve(
      (context.step.spec.http?.method ?? 'GET') === 'GET'
        ? { kind: 'again', why: 'A GET request only reads.' }
        : { kind: 'unknown', why: 'The runner ended while the request was under way; nobody can know whether it arrived.' },
    ),
};

function failureOf(context: ActionContext, { reason, message }: HttpTrouble): Failure {
  if (context.stopped()) return { reason: 'cancelled', message };
  if (reason !== 'aborted' && reason !== 'timeout') return { reason: 'connection_lost', message };
  return { reason: 'timeout', message: `There was no answer in the time the step has: ${message}.` };
}

type HttpSpec = NonNullable<Step['http']>;

async function requestOf(context: ActionContext, spec: HttpSpec): Promise<HttpRequest> {
  const text = (value: PlainValue): Promise<string> => context.renderText(value, { secrets: true });
  const form = spec.form === undefined ? undefined : await each(spec.form, text);
  const json = spec.json === undefined ? undefined : await each(spec.json, (value) => context.render(value, { secrets: true }));
  const headers = spec.headers === undefined ? undefined : await each(spec.headers, text);
  return {
    url: await context.renderText(spec.url),
    method: spec.method ?? 'GET',
    ...(headers === undefined ? {} : { headers }),
    ...(form !== undefined ? { body: { form } } : json !== undefined ? { body: { json } } : {}),
    ...(spec.user === undefined
      ? {}
      : { basic: { user: await text(spec.user), password: spec.password === undefined ? '' : await text(spec.password) } }),
    timeoutMs: context.step.timeoutMs ?? TIMEOUT_MS,
    signal: context.signal,
    assertMayAct: () => {
      context.assertMayAct();
    },
  };
}

async function judged(context: ActionContext, spec: HttpSpec, url: string, response: HttpResponse): Promise<ActionResult> {
  const seen = { body: parsedBody(response), status: response.status };
  const detail = context.quoted(response.body).slice(0, SHOWN);
  context.print('stdout', `${String(response.status)}\n${detail}\n`);
  if (!statusFits(response.status, spec.status))
    return failed(
      'unexpected_answer',
      `${url} answered with status ${String(response.status)}, not ${String(spec.status ?? '200 to 299')}.`,
      { detail },
    );
  if (spec.that !== undefined && (await context.evaluate(spec.that, seen)) !== true) {
    return failed('unexpected_answer', `${url} answered, but this is not true of it: ${spec.that}`, { detail });
  }
  const values = await outputValues(context, seen);
  return 'failure' in values ? { kind: 'failed', failure: values.failure } : { kind: 'done', values: values.values };
}

async function each<A, B>(values: Readonly<Record<string, A>>, change: (value: A) => Promise<B>): Promise<Record<string, B>> {
  const made: Record<string, B> = {};
  for (const [name, value] of Object.entries(values)) made[name] = await change(value);
  return made;
}
