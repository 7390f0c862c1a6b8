import { randomInt } from 'node:crypto';
import { HumanError } from '../../events/index.js';

/** Letters and digits that are not taken for one another when read aloud. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const SHAPE = /^[0-9]{8}-[0-9]{4}-[a-z0-9_]+-[a-z0-9]{4}$/;
const NEAR = 5;

/** A new name for a run: when it was begun (UTC), of which runbook, and four letters that make it unlike others of that minute. */
export function newRunId(runbook: string, now: Date): string {
  const [day, time] = now.toISOString().split('T') as [string, string];
  const letters = Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${day.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}-${nameOf(runbook)}-${letters}`;
}

function nameOf(runbook: string): string {
  return (
    runbook
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]+/g, '_')
      .slice(0, 60) || 'run'
  );
}

/** Whether the name of a run is one of this runbook; another runbook may go by the same. */
export function isOfRunbook(run: string, runbook: string): boolean {
  return run.split('-')[2] === nameOf(runbook);
}

/** True when a name of a directory is the name of a run. */
export function isRunId(name: string): boolean {
  return SHAPE.test(name);
}

/** The run that a name, the beginning of one, or its four last letters mean. Throws a HumanError that names what is near. `ids`: newest first. */
export function findRunId(ids: readonly string[], name: string): string {
  if (ids.includes(name)) return name;
  const found = name === '' ? [] : ids.filter((id) => id.startsWith(name) || id.endsWith(`-${name}`));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) throw new HumanError(`"${name}" means more than one run: ${some(found)}.`, 'Give more of its name.');
  if (ids.length === 0) throw new HumanError(`There is no run "${name}"; there are no runs at all.`, 'Start one with `runbook run`.');
  const near = ids.filter((id) => name.length > 2 && id.includes(name));
  const hint = near.length > 0 ? `Near it: ${some(near)}` : `The newest are: ${some(ids)}`;
  throw new HumanError(`There is no run "${name}". ${hint}.`, '`runbook runs` lists all.');
}

function some(ids: readonly string[]): string {
  const more = ids.length - NEAR;
  return `${ids.slice(0, NEAR).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
