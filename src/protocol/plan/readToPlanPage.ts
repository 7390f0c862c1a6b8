import { isRecord, isText } from '../shapes.js';
import type { NoPlan, ToPlanPage } from './messages.js';
import type { PlanSheet } from './sheet.js';

/** Members of a sheet that are lists, so that the page can walk through them. */
const LISTS = [
  'summary',
  'warnings',
  'notes',
  'hops',
  'sections',
  'hostLists',
  'orders',
  'advisories',
  'questions',
  'timeline',
  'times',
  'next',
] as const satisfies readonly (keyof PlanSheet)[];

const TEXTS = ['uri', 'runbook', 'title', 'environment', 'inventory', 'digest'] as const satisfies readonly (keyof PlanSheet)[];

/** A message of the host, or undefined when it has not the shape of one. A sheet is checked as deep as the page's first steps into it. */
export function readToPlanPage(message: unknown): ToPlanPage | undefined {
  if (!isRecord(message)) return undefined;
  switch (message['type']) {
    case 'plan': {
      const { sheet } = message;
      return isSheet(sheet) ? { type: 'plan', sheet } : undefined;
    }
    case 'no_plan':
      return isNoPlan(message) ? message : undefined;
    case 'cursor': {
      const { paths } = message;
      return Array.isArray(paths) && paths.every(isText) ? { type: 'cursor', paths } : undefined;
    }
    default:
      return undefined;
  }
}

function isSheet(value: unknown): value is PlanSheet {
  if (!isRecord(value)) return false;
  const { sections } = value;
  return (
    TEXTS.every((key) => isText(value[key])) &&
    LISTS.every((key) => Array.isArray(value[key])) &&
    (sections as readonly unknown[]).every((section) => isRecord(section) && Array.isArray(section['rows']) && section['rows'].every(isRow))
  );
}

function isRow(value: unknown): boolean {
  return (
    isRecord(value) &&
    (value['kind'] === 'group' || value['kind'] === 'step') &&
    isText(value['path']) &&
    isText(value['title']) &&
    Number.isSafeInteger(value['depth']) &&
    isRecord(value['place']) &&
    Array.isArray(value['remarks'])
  );
}

function isNoPlan(value: Record<string, unknown>): value is Record<string, unknown> & NoPlan {
  const { uri, runbook, inventory, why, problems, broken } = value;
  const isProblem = (one: unknown): boolean => isRecord(one) && isText(one['file']) && isText(one['message']);
  return (
    isText(uri) &&
    isText(runbook) &&
    (inventory === undefined || isText(inventory)) &&
    isText(why) &&
    Array.isArray(problems) &&
    problems.every(isProblem) &&
    Array.isArray(broken) &&
    broken.every(isRecord)
  );
}
