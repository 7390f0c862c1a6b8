import type { RunbookCard } from '../languageService.js';
import { resolveFile } from '../model/useReference.js';
import { textOf, valueOf } from '../text/asWritten.js';
import { fileName } from '../text/fileName.js';
import type { SyntaxNode } from '../text/syntaxNode.js';

/** What a list of runbooks says about one of them, read off its syntax. What is missing or broken is left out. */
export function cardOf(root: SyntaxNode | undefined, file: string): RunbookCard {
  const written = valueOf(root, 'priority');
  const priority = written?.kind === 'scalar' ? written.value : undefined;
  return {
    file,
    title: textOf(valueOf(root, 'title')) ?? fileName(file),
    tags: itemsOf(valueOf(root, 'tags')).flatMap((tag) => textOf(tag) ?? []),
    ...(typeof priority === 'number' ? { priority } : {}),
    related: itemsOf(valueOf(root, 'related')).flatMap((item) => {
      const link = textOf(valueOf(item, 'link'));
      return link === undefined ? [] : [{ title: textOf(valueOf(item, 'title')) ?? link, target: resolveFile(file, link) }];
    }),
  };
}

/** Lower priorities first, those without one last; then by title. */
export function byPriority(a: RunbookCard, b: RunbookCard): number {
  const difference = (a.priority ?? Infinity) - (b.priority ?? Infinity);
  return Number.isNaN(difference) || difference === 0 ? a.title.localeCompare(b.title) : difference;
}

function itemsOf(list: SyntaxNode | undefined): readonly (SyntaxNode | undefined)[] {
  return list?.kind === 'list' ? list.items : [];
}
