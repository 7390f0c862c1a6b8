import { isSeq } from 'yaml';
import type { Document, Node } from 'yaml';
import type { RunbookCard } from '../languageService.js';
import { resolveFile } from '../model/useReference.js';
import { childOf, textOf } from './astPath.js';
import { fileName } from '../text/fileName.js';

/** What a list of runbooks says about one of them, read off its syntax. What is missing or broken is left out. */
export function cardOf(document: Document | undefined, file: string): RunbookCard {
  const root = document?.contents ?? null;
  const priority = scalarOf(childOf(root, 'priority'));
  return {
    file,
    title: textOf(childOf(root, 'title')) ?? fileName(file),
    tags: itemsOf(childOf(root, 'tags')).flatMap((tag) => textOf(tag) ?? []),
    ...(typeof priority === 'number' ? { priority } : {}),
    related: itemsOf(childOf(root, 'related')).flatMap((item) => {
      const link = textOf(childOf(item, 'link'));
      return link === undefined ? [] : [{ title: textOf(childOf(item, 'title')) ?? link, target: resolveFile(file, link) }];
    }),
  };
}

/** Lower priorities first, those without one last; then by title. */
export function byPriority(a: RunbookCard, b: RunbookCard): number {
  const difference = (a.priority ?? Infinity) - (b.priority ?? Infinity);
  return Number.isNaN(difference) || difference === 0 ? a.title.localeCompare(b.title) : difference;
}

function itemsOf(list: Node | null): readonly (Node | null)[] {
  return isSeq(list) ? (list.items as (Node | null)[]) : [];
}

function scalarOf(node: Node | null): unknown {
  return (node as { value?: unknown } | null)?.value;
}
