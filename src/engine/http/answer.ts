import type { CelValue } from '../../language/index.js';
import type { Extras } from '../probes/probe.js';
import type { HttpResponse } from './request.js';

/** What expressions see of an answer: `status`, and `body` as parsed JSON where it is JSON, else as text. */
export function extrasOf(response: HttpResponse): Extras {
  return { status: response.status, body: parsedBody(response) };
}

/** A body counts as JSON when its type says so or it begins like an object or a list, and it parses. */
export function parsedBody(response: HttpResponse): CelValue {
  const json = /\bjson\b/i.test(response.headers['content-type'] ?? '') || /^\s*[{[]/.test(response.body);
  if (!json || response.truncated) return response.body;
  try {
    return JSON.parse(response.body) as CelValue;
  } catch {
    return response.body;
  }
}

/** Whether the status is the one asked for; by default any of 200 to 299. */
export function statusFits(status: number, wanted: number | undefined): boolean {
  return wanted === undefined ? status >= 200 && status <= 299 : status === wanted;
}
