import type { ValueType } from '../../schema/runbookSchema.js';
import type { Range } from '../../text/range.js';
import type { MappingNode } from '../../text/syntaxNode.js';
import { textOf, valueOf } from '../../text/asWritten.js';
import { mappingsAround } from './spots.js';
import type { Selected } from './spots.js';

/** Keys whose whole text is a condition, without `${{ }}`. */
const CONDITIONS = ['when', 'unsure_when', 'that'];
/** What a name belongs to, up to the last dot. */
const OWNER = /(?:[a-z]\w*\.)*$/;
const NUMBER_BEHIND = /^\s*(?:[=!<>]=|[<>])\s*-?\d/;
const NUMBER_BEFORE = /\d\s*(?:[=!<>]=|[<>])\s*$/;
const VERSION_BEHIND = /^\s*(?:[=!<>]=|[<>])\s*(?:version\(|hop\.)/;
const VERSION_BEFORE = /(?:version\([^()]*\)|hop\.\w+)\s*(?:[=!<>]=|[<>])\s*$/;
const OPERATOR_BEHIND = /^\s*(?:[=!<>]=?|[+*/%-]|in\b)/;
const OPERATOR_BEFORE = /(?:[=<>+*/%-]|!=)\s*$/;

/** How the type of a name that is not declared is written where it is: as far as what stands beside the name tells it. */
export function typeWritten(selected: Selected, range: Range): string {
  const type = wantedType(selected, range);
  const schemes = valueOf(selected.root, 'versions');
  // Of several, the author knows which.
  const [scheme, ...others] = schemes?.kind === 'mapping' ? schemes.members : [];
  return type === 'version' && scheme !== undefined && others.length === 0 ? `version, scheme: ${scheme.key.text}` : type;
}

/**
 * What a name in an expression must be, as far as what stands beside it tells: what is a condition by itself, or a part of one, is true or false; what
 * is compared with a number or with a version is one, and so is what an upgrade goes to. Anything else is text.
 */
function wantedType(selected: Selected, { start, end }: Range): ValueType {
  const { text, root } = selected;
  const [around] = mappingsAround(root, { start, end });
  if (around !== undefined && around === valueOf(root, 'upgrade')) return 'version';
  const before = text.slice(Math.max(0, start - 200), start).replace(OWNER, '');
  const behind = text.slice(end, end + 200);
  if (NUMBER_BEHIND.test(behind) || NUMBER_BEFORE.test(before)) return 'integer';
  if (VERSION_BEHIND.test(behind) || VERSION_BEFORE.test(before)) return 'version';
  if (OPERATOR_BEHIND.test(behind) || OPERATOR_BEFORE.test(before)) return 'string';
  if (/^\s*(?:&&|\|\||\?)/.test(behind) || /(?:&&|\|\||!)\s*$/.test(before)) return 'boolean';
  return isWholeCondition(around, { start, end }, text) ? 'boolean' : 'string';
}

/** Whether a condition says nothing but this name. */
function isWholeCondition(around: MappingNode | undefined, range: Range, text: string): boolean {
  const member = around?.members.find(({ value }) => value !== undefined && value.start <= range.start && range.end <= value.end);
  const written = textOf(member?.value)?.trim() ?? '';
  const last = /^(?:[a-z]\w*\.)+(\w+)$/.exec(written)?.[1];
  return CONDITIONS.includes(member?.key.text ?? '') && last === text.slice(range.start, range.end);
}
