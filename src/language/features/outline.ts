import type { OutlineNode } from '../project.js';
import { ACTIONS } from '../schema/steps.js';
import { membersOf, textOf, valueOf } from '../text/asWritten.js';
import type { Range } from '../text/range.js';
import type { MappingNode, SyntaxNode } from '../text/syntaxNode.js';
import { defaultId } from './symbols/runbookOutline.js';

type Section = OutlineNode['section'];

/** The steps of a runbook as a tree, read off its nodes, so that a broken file still has one. Steps that an alias repeats are listed where they are written. */
export function outlineOf(root: SyntaxNode | undefined): readonly OutlineNode[] {
  return membersOf(root).flatMap(({ key: { text: section }, value }) => {
    if (section === 'prerequisites' || section === 'steps' || section === 'finally') return stepNodes(value, section, '');
    return section === 'procedures' ? procedureNodes(value) : [];
  });
}

function procedureNodes(procedures: SyntaxNode | undefined): readonly OutlineNode[] {
  return membersOf(procedures).map(({ key, value }): OutlineNode => {
    const name = key.text;
    return {
      path: name,
      id: name,
      title: name,
      section: 'procedures',
      action: 'steps',
      on: [],
      range: { start: key.start, end: Math.max(key.end, value?.end ?? 0) },
      selection: placeOf(key),
      children: stepNodes(value, 'procedures', name),
    };
  });
}

function stepNodes(list: SyntaxNode | undefined, section: Section, prefix: string): readonly OutlineNode[] {
  if (list?.kind !== 'list') return [];
  const taken = new Map<string, number>();
  return list.items.flatMap((step) => {
    if (step?.kind !== 'mapping') return [];
    const wanted = textOf(valueOf(step, 'id')) ?? defaultId(textOf(valueOf(step, 'use')), keysOf(step));
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    return [stepNode(step, section, joined(prefix, count === 1 ? wanted : `${wanted}_${String(count)}`))];
  });
}

function stepNode(step: MappingNode, section: Section, path: string): OutlineNode {
  const named = valueOf(step, 'title') ?? valueOf(step, 'id') ?? step.members[0]?.key;
  const on = valueOf(step, 'on');
  const keys = keysOf(step);
  return {
    path,
    id: textOf(valueOf(step, 'id')),
    title: textOf(valueOf(step, 'title')) ?? (path.split('/').at(-1) ?? '').replaceAll('_', ' '),
    section,
    action: ACTIONS.find((action) => keys.includes(action)),
    on: (on?.kind === 'list' ? on.items : [on]).flatMap((role) => textOf(role) ?? []),
    range: placeOf(step),
    selection: placeOf(named ?? step),
    children: stepNodes(valueOf(step, 'steps'), section, path),
  };
}

function keysOf(step: MappingNode): readonly string[] {
  return step.members.map(({ key }) => key.text);
}

function placeOf({ start, end }: Range): Range {
  return { start, end };
}

function joined(prefix: string, id: string): string {
  return prefix === '' ? id : `${prefix}/${id}`;
}
