import { ACTIONS } from '../../schema/steps.js';
import type { MappingNode, MemberNode } from '../../text/syntaxNode.js';
import { insertMember } from './insertMember.js';
import { memberOf, textOf, valueOf } from '../../text/asWritten.js';
import { stepAt } from './spots.js';
import type { Rewriting, Selected } from './spots.js';

/** Keys that stand behind the proof of a step by custom. */
export const BEHIND_VERIFY = ['expect', 'figure', 'notes', 'impact', 'watch', 'open', 'approver', 'evidence', 'on_failure', 'source'];
/** Those behind its limit. */
const BEHIND_TIMEOUT = ['retry', 'verify', ...BEHIND_VERIFY];
/** What ends by itself or by its parts, or waits for people. */
const ENDLESS_BY_NATURE = ['steps', 'use', 'manual'];

/** Says how long a step may take, where it does not: twice its estimate, or a guess. */
export function addTimeout(selected: Selected): Rewriting | undefined {
  const step = stepAt(selected)?.step;
  const action = step === undefined ? undefined : actionOf(step);
  if (step === undefined || action === undefined || ENDLESS_BY_NATURE.includes(action) || memberOf(step, 'timeout') !== undefined)
    return undefined;
  const estimate = /^(\d{1,4})([smhd])$/.exec(textOf(valueOf(step, 'estimate')) ?? '');
  const limit =
    estimate === null
      ? action === 'wait' || action === 'reboot'
        ? '30m'
        : '10m'
      : `${String(2 * Number(estimate[1]))}${estimate[2] ?? ''}`;
  const edit = insertMember(selected.text, step, `timeout: ${limit}`, memberBefore(step, BEHIND_TIMEOUT));
  return { title: `Limit this step with "timeout: ${limit}"`, edits: [edit] };
}

/** Gives a step a probe that proves it, as far as its action tells which; the rest is to be filled in. */
export function addVerify(selected: Selected): Rewriting | undefined {
  const step = stepAt(selected)?.step;
  const probe = step === undefined ? undefined : probeFor(selected.text, step);
  if (step === undefined || probe === undefined || memberOf(step, 'verify') !== undefined) return undefined;
  const edit = insertMember(selected.text, step, `verify: { ${probe} }`, memberBefore(step, BEHIND_VERIFY));
  return { title: 'Add "verify" with a probe to look over', edits: [edit] };
}

function probeFor(text: string, step: MappingNode): string | undefined {
  switch (actionOf(step)) {
    case 'service': {
      const service = valueOf(step, 'service');
      const name = valueOf(service, 'name');
      if (name?.kind !== 'scalar' || text.slice(name.start, name.end).includes('\n')) return undefined;
      const state = textOf(valueOf(service, 'state')) === 'stopped' ? ', state: stopped' : '';
      return `service: { name: ${text.slice(name.start, name.end)}${state} }`;
    }
    case 'reboot':
      return 'host: rebooted';
    case 'upload': {
      const to = valueOf(valueOf(step, 'upload'), 'to');
      const path = to?.kind === 'scalar' ? text.slice(to.start, to.end) : undefined;
      // A folder does not say what the file in it is called.
      return path === undefined || /\n|\/["']?$/.test(path) ? undefined : `file: { path: ${path} }`;
    }
    case 'run':
    case 'http':
    case 'methods':
      return 'file: { path: /path/of/what/proves/it }';
    default:
      return undefined;
  }
}

function actionOf(step: MappingNode): string | undefined {
  return step.members.find(({ key }) => (ACTIONS as readonly string[]).includes(key.text))?.key.text;
}

/** The last member before those that stand further down by custom, so that the new one stands where it is looked for. */
export function memberBefore(step: MappingNode, behind: readonly string[]): MemberNode | undefined {
  return step.members.findLast(({ key }) => !behind.includes(key.text)) ?? step.members.at(-1);
}
