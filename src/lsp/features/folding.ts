import { FoldingRangeKind } from 'vscode-languageserver/node';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Folds keys, steps and comments; the outer ones, where the client takes only so many. */
export const folding: Feature = {
  offer: () => ({ foldingRangeProvider: true }),
  answer: (session) =>
    session.connection.onFoldingRanges(({ textDocument }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const { foldingLimit } = session.client;
      const all = session.service.foldingRanges(document.file, document.text);
      const kept = all.length <= foldingLimit ? all : [...all].sort((a, b) => b.end - b.start - (a.end - a.start)).slice(0, foldingLimit);
      return kept.map(({ start, end, kind }) => ({
        startLine: start - 1,
        endLine: end - 1,
        ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}),
      }));
    }),
};
