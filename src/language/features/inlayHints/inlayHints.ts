import { parseDuration } from '../../model/duration.js';
import { parseLeadTime } from '../../model/leadTime.js';
import type { JsonSchema, TextFormat } from '../../schema/jsonSchema.js';
import type { Range } from '../../text/range.js';
import type { MappingNode, SyntaxNode } from '../../text/syntaxNode.js';
import { durationInWords, versionRangeInWords } from '../hover/inWords.js';
import { schemaWalk } from '../schemaWalk.js';

/** A word or two that are shown within a line and are no part of the text. */
export interface InlayHint {
  /** Offset in front of which it is shown. */
  readonly at: number;
  readonly label: string;
  /** Why it is said. */
  readonly tooltip: string;
}

/** Time between two looks where nothing says it, as the reference has it. */
const EVERY = 'every 10s';

/** What a reader would have to work out or look up: times of another unit than they are written in, ranges in words, and pauses that nobody has set. */
export function inlayHintsIn(text: string, root: SyntaxNode | undefined, schema: JsonSchema, { start, end }: Range): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const place of schemaWalk(root, schema)) {
    if (place.node.start > end) break;
    if (place.kind === 'mapping') hints.push(...(place.isStep ? pauses(text, place.node) : []));
    else if (typeof place.node.value === 'string') {
      const label = hintFor(place.schema.format, place.node.value);
      if (label !== undefined) hints.push({ at: place.node.end, label, tooltip: 'What this value says' });
    }
  }
  return hints.filter(({ at }) => at >= start && at <= end).sort((a, b) => a.at - b.at);
}

function hintFor(format: TextFormat | undefined, written: string): string | undefined {
  switch (format) {
    case 'duration':
      return otherwise(written);
    case 'lead_time':
      return parseLeadTime(written)?.unit === 'working_days' ? 'without Saturdays and Sundays' : otherwise(written);
    case 'version_range': {
      const words = versionRangeInWords(written);
      return words?.includes(',') === true || words?.includes(';') === true ? words : undefined;
    }
    default:
      return undefined;
  }
}

/** `90m` is one hour and a half; `1h30m` says so itself. */
function otherwise(written: string): string | undefined {
  const milliseconds = parseDuration(written);
  if (milliseconds === undefined || milliseconds === 0) return undefined;
  const isPlain = compact(milliseconds) === written.trim() || isFamiliar(milliseconds, written.trim());
  return isPlain ? undefined : durationInWords(written);
}

/** What everybody reads as it is: `90s`, `24h`. */
function isFamiliar(milliseconds: number, written: string): boolean {
  return milliseconds < 120_000 || /^(?:24|36|48)h$/.test(written);
}

function compact(milliseconds: number): string {
  let rest = milliseconds;
  return (
    [
      [86_400_000, 'd'],
      [3_600_000, 'h'],
      [60_000, 'm'],
      [1_000, 's'],
      [1, 'ms'],
    ] as const
  )
    .map(([size, unit]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : `${String(count)}${unit}`;
    })
    .join('');
}

/** A `wait`, and a `retry`, without `every`. */
function* pauses(text: string, step: MappingNode): Generator<InlayHint> {
  const has = (mapping: MappingNode, key: string): boolean => mapping.members.some((member) => member.key.text === key);
  for (const { key, value } of step.members) {
    const isOpen = key.text === 'wait' ? !has(step, 'every') : key.text === 'retry' && value?.kind === 'mapping' && !has(value, 'every');
    if (!isOpen || value === undefined) continue;
    const isOneLine = !/[\r\n]/.test(text.slice(key.start, value.end));
    const colon = text.indexOf(':', key.end);
    const what = key.text === 'wait' ? 'two looks' : 'two tries';
    yield { at: isOneLine ? value.end : colon + 1, label: EVERY, tooltip: `Time between ${what}, unless "every" says another` };
  }
}
