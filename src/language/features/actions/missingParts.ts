import type { Diagnostic } from '../../diagnostic.js';
import { membersOf } from '../symbols/nodes.js';
import type { MappingNode, MemberNode } from '../../text/syntaxNode.js';
import { insertMember } from './insertMember.js';
import { missingKeys } from './missingKey.js';
import { memberOf, textOf, valueOf } from '../../text/asWritten.js';
import { mappingsAround, stepAt } from './spots.js';
import type { Rewriting, Selected } from './spots.js';
import { addTimeout, addVerify, memberBefore, BEHIND_VERIFY } from './stepKeys.js';

/** Most roles that are offered by themselves. */
const MOST_ROLES = 5;
const OPPOSITE: Readonly<Record<string, string>> = { stopped: 'started', started: 'stopped' };

const BEHIND_UNDO = ['verify', 'timeout', ...BEHIND_VERIFY];

/** Where in a step a key is put: behind some keys, or before others. */
type Place = { readonly after: readonly string[] } | { readonly before: readonly string[] };
type Mend = (selected: Selected, diagnostic: Diagnostic) => readonly (Rewriting | undefined)[];

/** By rule that finds something missing: what may be put in, for the author to look over. */
const MENDS: Readonly<Record<string, Mend>> = {
  'missing-key': missingKeys,
  'missing-timeout': (selected) => [addTimeout(selected)],
  'change-without-verify': (selected) => [addVerify(selected)],
  'change-without-undo': (selected) => [addUndo(selected), addIrreversible(selected)],
  'irreversible-without-help': (selected) =>
    contactsOf(selected).map((contact) =>
      inStep(selected, `on_failure: { escalate: ${contact} }`, `Name "${contact}" for when it fails`, { before: ['source'] }),
    ),
  'all-at-once': (selected) => [
    inStep(selected, 'serial: 1', 'Do it host by host with "serial: 1"', { after: ['id', 'title', 'on', 'from'] }),
  ],
  'disruptive-without-target': (selected) =>
    rolesOf(selected).map((role) => inStep(selected, `on: ${role}`, `Name the role "${role}" with "on"`, { after: ['id', 'title'] })),
  'prerequisite-without-evidence': (selected) => [
    inStep(selected, 'evidence: [{ attest: It is done. }]', 'Add a sentence to confirm, to look over', {
      before: ['lead_time', 'valid_for', 'on_failure', 'source'],
    }),
  ],
  'assertion-without-probe': (selected) => [
    isManual(stepAt(selected)?.step)
      ? inStep(selected, 'verify: { file: { path: /path/of/what/proves/it } }', 'Add "verify" with a probe to look over', {
          before: BEHIND_VERIFY,
        })
      : undefined,
  ],
  'order-without-because': (selected) => [addBecause(selected)],
};

/** What may be put in where something is missing. Each is a guess, and needs a look by the author. */
export function missingParts(selected: Selected, diagnostic: Diagnostic): readonly Rewriting[] {
  const within = { ...selected, range: diagnostic.range };
  return (MENDS[diagnostic.code]?.(within, diagnostic) ?? []).filter((rewriting) => rewriting !== undefined);
}

function addUndo(selected: Selected): Rewriting | undefined {
  const step = stepAt(selected)?.step;
  const service = valueOf(step, 'service');
  const name = valueOf(service, 'name');
  const back = OPPOSITE[textOf(valueOf(service, 'state')) ?? ''];
  const isKnown = name?.kind === 'scalar' && back !== undefined && !selected.text.slice(name.start, name.end).includes('\n');
  const undo = isKnown
    ? `service: { name: ${selected.text.slice(name.start, name.end)}, state: ${back} }`
    : 'manual: How this is taken back.';
  return inStep(selected, `undo: { ${undo} }`, 'Add "undo", to look over', { before: BEHIND_UNDO });
}

function addIrreversible(selected: Selected): Rewriting | undefined {
  const said = 'irreversible: Why this cannot be taken back.';
  return inStep(selected, said, 'Say with "irreversible" why it cannot be taken back', { before: BEHIND_UNDO });
}

function addBecause(selected: Selected): Rewriting | undefined {
  const mapping = mappingsAround(selected.root, selected.range).find((each) =>
    each.members.some(({ key }) => key.start <= selected.range.start && selected.range.start <= key.end),
  );
  if (mapping === undefined || memberOf(mapping, 'because') !== undefined) return undefined;
  return { title: 'Add "because", to look over', edits: [insertMember(selected.text, mapping, 'because: Why this matters.')] };
}

function memberAt(step: MappingNode, place: Place): MemberNode | undefined {
  return 'before' in place ? memberBefore(step, place.before) : step.members.findLast(({ key }) => place.after.includes(key.text));
}

/** Puts a member into the step, at the place where it is looked for. */
function inStep(selected: Selected, member: string, title: string, place: Place): Rewriting | undefined {
  const step = stepAt(selected)?.step;
  const key = member.slice(0, member.indexOf(':'));
  if (step === undefined || memberOf(step, key) !== undefined) return undefined;
  return { title, edits: [insertMember(selected.text, step, member, memberAt(step, place))] };
}

function contactsOf({ root }: Selected): readonly string[] {
  return membersOf(valueOf(root, 'contacts')).map(({ key }) => key.text);
}

function rolesOf({ root }: Selected): readonly string[] {
  return membersOf(valueOf(root, 'roles'))
    .map(({ key }) => key.text)
    .slice(0, MOST_ROLES);
}

function isManual(step: MappingNode | undefined): boolean {
  return memberOf(step, 'manual') !== undefined;
}
