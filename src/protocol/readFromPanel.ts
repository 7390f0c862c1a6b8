import type { GateAnswer } from '../events/index.js';
import type { FromPanel } from './messages.js';
import { hasKeys, isGiven, isPlain, isRecord, isText } from './shapes.js';

/** Text members of each message that has nothing but text. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ready: [],
  choose_file: ['run', 'gate', 'drawn', 'field'],
  open_link: ['run', 'href'],
  open_terminal: ['run', 'host'],
  reveal_step: ['run', 'step'],
  stop: ['run'],
  resume: ['run'],
  take_over: ['run'],
};

/** A message of the panel, or undefined when it has not exactly the shape of one. */
export function readFromPanel(message: unknown): FromPanel | undefined {
  if (!isRecord(message) || !isText(message['type'])) return undefined;
  const { type } = message;
  if (type === 'answer') {
    const { run, gate, drawn, answer } = message;
    const sound = hasKeys(message, ['type', 'run', 'gate', 'drawn', 'answer']) && isAnswer(answer);
    return sound && isText(run) && isText(gate) && isText(drawn) ? { type, run, gate, drawn, answer } : undefined;
  }
  const texts = Object.hasOwn(TEXTS, type) ? TEXTS[type] : undefined;
  if (texts === undefined || !hasKeys(message, ['type', ...texts]) || !texts.every((key) => isText(message[key]))) return undefined;
  return message as unknown as FromPanel;
}

function isAnswer(value: unknown): value is GateAnswer {
  if (!isRecord(value)) return false;
  const reason = (needed: boolean): boolean =>
    hasKeys(value, needed ? ['kind', 'why'] : ['kind'], ['why']) && (value['why'] === undefined ? !needed : isText(value['why']));
  switch (value['kind']) {
    case 'done': {
      const { evidence, by, why } = value;
      return (
        hasKeys(value, ['kind', 'evidence'], ['by', 'why']) &&
        Array.isArray(evidence) &&
        evidence.length <= 200 &&
        evidence.every(isGiven) &&
        (by === undefined || isText(by)) &&
        (why === undefined || isText(why))
      );
    }
    case 'method':
      return hasKeys(value, ['kind', 'name']) && isText(value['name']);
    case 'remedy':
      return hasKeys(value, ['kind', 'index']) && Number.isInteger(value['index']) && (value['index'] as number) >= 0;
    case 'skip':
    case 'exclude':
    case 'undo':
    case 'succeeded':
    case 'perform':
    case 'begin':
      return reason(true);
    case 'retry':
    case 'stop':
      return reason(false);
    case 'typed':
      return hasKeys(value, ['kind']);
    case 'value':
      return hasKeys(value, ['kind', 'value']) && isPlain(value['value']);
    case 'approve':
      return hasKeys(value, ['kind'], ['typed', 'why']) && ['typed', 'why'].every((key) => value[key] === undefined || isText(value[key]));
    default:
      return false;
  }
}
