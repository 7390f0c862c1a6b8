import { nearest, parsePlain } from '../../language/index.js';
import type { Diagnostic, JsonSchema } from '../../language/index.js';
import { isAtLeast } from './change.js';
import type { Change, Danger } from './change.js';
import { CHANGE_KINDS, isChangeKind } from './kinds.js';
import type { ChangeKind } from './kinds.js';

/** Name of the file that says which changes a team minds. It is read from the side that a change is compared with, not from the change itself. */
export const POLICY_FILE = '.runbook-review.yaml';

/** Which changes fail a review. */
export interface ReviewPolicy {
  /** The least danger that fails; `never`: only kinds that are named do. */
  readonly failOn: 'dangerous' | 'notable' | 'never';
  /** Kinds that fail, or are let pass, whatever their danger. */
  readonly kinds: Readonly<Partial<Record<ChangeKind, 'fail' | 'allow'>>>;
}

/** What counts where no policy is written. */
export const DEFAULT_POLICY: ReviewPolicy = { failOn: 'dangerous', kinds: {} };

/** A policy that was read. */
export interface ParsedPolicy {
  /** Absent where anything is wrong with it: half a policy could let pass what the whole would not. */
  readonly policy: ReviewPolicy | undefined;
  /** In order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The shape of `.runbook-review.yaml`: plain data. */
export const policySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Review policy',
  type: 'object',
  additionalProperties: false,
  properties: {
    fail_on: {
      type: 'string',
      enum: ['dangerous', 'notable', 'never'],
      description: 'The least danger of a change that fails the review.',
    },
    kinds: {
      type: 'object',
      description: 'Kinds of changes that fail, or are let pass, whatever their danger.',
      additionalProperties: { type: 'string', enum: ['fail', 'allow'], description: 'Whether changes of this kind fail the review.' },
    },
  },
};

/** Reads a policy. Never throws: what is wrong is found at its place. A file that says nothing is the default. */
export function parsePolicy(file: string, text: string): ParsedPolicy {
  if (/^(?:\s*(?:#.*)?(?:\r?\n|$))*$/.test(text)) return { policy: DEFAULT_POLICY, diagnostics: [] };
  const { value, positions, diagnostics } = parsePlain(file, text, policySchema);
  if (value === undefined) return { policy: undefined, diagnostics };
  const { fail_on: failOn, kinds = {} } = value as { fail_on?: ReviewPolicy['failOn']; kinds?: Readonly<Record<string, 'fail' | 'allow'>> };
  const unknown = Object.keys(kinds).flatMap((kind): readonly Diagnostic[] => {
    if (isChangeKind(kind)) return [];
    const near = nearest(kind, Object.keys(CHANGE_KINDS));
    const message = `there is no kind of change "${kind}"; ${near === undefined ? 'docs/diff.md lists them' : `did you mean "${near}"?`}`;
    return [{ code: 'invalid-policy', severity: 'error', range: positions.key(kinds, kind) ?? { start: 0, end: 0 }, message }];
  });
  if (unknown.length > 0) return { policy: undefined, diagnostics: unknown };
  return { policy: { failOn: failOn ?? DEFAULT_POLICY.failOn, kinds }, diagnostics };
}

/** Whether a policy minds a change. */
export function violates({ kind, danger }: Pick<Change, 'kind' | 'danger'>, { failOn, kinds }: ReviewPolicy): boolean {
  const set = kinds[kind];
  if (set !== undefined) return set === 'fail';
  return failOn !== 'never' && isAtLeast(danger, failOn satisfies Danger);
}
