import { hasKeys, isRecord, isText } from '../shapes.js';
import type { FromPlanPage } from './messages.js';

/** A message of the page of a plan, or undefined when it has not exactly the shape of one. */
export function readFromPlanPage(message: unknown): FromPlanPage | undefined {
  if (!isRecord(message)) return undefined;
  const { type } = message;
  switch (type) {
    case 'ready':
    case 'choose_inventory':
    case 'as_text':
      return hasKeys(message, ['type']) ? { type } : undefined;
    case 'reveal': {
      const { file, line } = message;
      return hasKeys(message, ['type', 'file', 'line']) && isText(file) && isCount(line) && line > 0 ? { type, file, line } : undefined;
    }
    case 'reveal_problem': {
      const { index } = message;
      return hasKeys(message, ['type', 'index']) && isCount(index) ? { type, index } : undefined;
    }
    case 'open_link': {
      const { href } = message;
      return hasKeys(message, ['type', 'href']) && isText(href) ? { type, href } : undefined;
    }
    default:
      return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
