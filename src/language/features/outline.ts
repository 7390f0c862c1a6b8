import { isMap, isSeq } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { OutlineNode } from '../project.js';
import { ACTIONS } from '../schema/steps.js';
import type { Range } from '../text/range.js';
import { childOf, keysOf, rangeOf, textOf } from './astPath.js';
import { defaultId } from './symbols/runbookOutline.js';

type Section = OutlineNode['section'];

/** The steps of a runbook as a tree, read off its syntax, so that a broken file still has one. */
export function outlineOf(document: Document, text: string): readonly OutlineNode[] {
  const root = document.contents;
  const nodes: OutlineNode[] = [];
  for (const section of keysOf(root)) {
    if (section === 'prerequisites' || section === 'steps' || section === 'finally')
      nodes.push(...stepNodes(childOf(root, section), section, '', text));
    if (section === 'procedures') nodes.push(...procedureNodes(childOf(root, section), text));
  }
  return nodes;
}

function procedureNodes(procedures: Node | null, text: string): OutlineNode[] {
  if (!isMap(procedures)) return [];
  return (procedures.items as Pair<Node, Node | null>[]).map((pair) => {
    const name = textOf(pair.key) ?? '';
    const selection = trimmed(rangeOf(pair.key), text);
    const range = {
      start: selection.start,
      end: Math.max(selection.end, pair.value === null ? 0 : trimmed(rangeOf(pair.value), text).end),
    };
    return {
      path: name,
      id: name,
      title: name,
      section: 'procedures',
      action: 'steps',
      on: [],
      range,
      selection,
      children: stepNodes(pair.value, 'procedures', name, text),
    };
  });
}

function stepNodes(list: Node | null, section: Section, prefix: string, text: string): OutlineNode[] {
  if (!isSeq(list)) return [];
  const taken = new Map<string, number>();
  return (list.items as (Node | null)[]).flatMap((step) => {
    if (!isMap(step)) return [];
    const wanted = textOf(childOf(step, 'id')) ?? defaultId(textOf(childOf(step, 'use')), keysOf(step));
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    return [stepNode(step, section, joined(prefix, count === 1 ? wanted : `${wanted}_${String(count)}`), text)];
  });
}

function stepNode(step: Node, section: Section, path: string, text: string): OutlineNode {
  const id = textOf(childOf(step, 'id'));
  const range = trimmed(rangeOf(step), text);
  const named = childOf(step, 'title') ?? childOf(step, 'id') ?? (isMap(step) ? ((step.items[0]?.key ?? null) as Node | null) : null);
  const on = childOf(step, 'on');
  return {
    path,
    id,
    title: textOf(childOf(step, 'title')) ?? (path.split('/').at(-1) ?? '').replaceAll('_', ' '),
    section,
    action: actionOf(step),
    on: isSeq(on) ? (on.items as (Node | null)[]).flatMap((item) => textOf(item) ?? []) : [textOf(on)].flatMap((role) => role ?? []),
    range,
    selection: named === null ? range : trimmed(rangeOf(named), text),
    children: stepNodes(childOf(step, 'steps'), section, path, text),
  };
}

function actionOf(step: Node): string | undefined {
  const keys = keysOf(step);
  return ACTIONS.find((action) => keys.includes(action));
}

function joined(prefix: string, id: string): string {
  return prefix === '' ? id : `${prefix}/${id}`;
}

function trimmed(range: Range, text: string): Range {
  let { end } = range;
  while (end > range.start && /\s/.test(text[end - 1] ?? '')) end--;
  return { start: range.start, end };
}
