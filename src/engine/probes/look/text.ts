import { CannotTell } from '../probe.js';
import type { ProbeContext } from '../probe.js';

/** A text setting with its values put in. */
export async function renderText(context: ProbeContext, template: string): Promise<string> {
  return String(await context.render(template));
}

/** An absolute path on the host, with its values put in. */
export async function renderPath(context: ProbeContext, template: string): Promise<string> {
  const path = await renderText(context, template);
  if (path.includes('\0')) throw new CannotTell('the path contains a NUL character');
  const absolute = context.platform === 'windows' ? /^([A-Za-z]:[\\/]|\\\\)/ : /^\//;
  if (!absolute.test(path)) throw new CannotTell(`"${path}" is not an absolute path`);
  return path;
}

/** Text of a host as part of a message, which keeps to one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
