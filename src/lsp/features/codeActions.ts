import type { CodeAction as ShownAction, CodeActionParams } from 'vscode-languageserver/node';
import { suppressionEdit } from '../../review/index.js';
import type { Diagnostic, Range, TextEdit } from '../../language/index.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import { shownDiagnostic } from '../problems/shownDiagnostic.js';
import type { Session } from '../session.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';
import { assertUnchanged, workspaceEditOf } from './workspaceEdit.js';

const KINDS = ['quickfix', 'refactor.extract', 'refactor.rewrite'];

/** What only the team calls an error can be silenced. */
const RAISED = { severity: 'warning' } as const;

/** A finding, `firm` where its rule, not only the team, calls it an error. */
type Finding = Diagnostic & { readonly firm?: boolean };

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly preferred: boolean;
  readonly code?: string;
}

/** Offers the mends of findings, rewritings of what is selected, and for what is no error, to silence it. */
export const codeActions: Feature = {
  offer: ({ codeActionLiterals }) => (codeActionLiterals ? { codeActionProvider: { codeActionKinds: KINDS } } : {}),
  answer: (session, problems) =>
    session.connection.onCodeAction(async ({ textDocument, range, context }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined || !session.client.codeActionLiterals) return null;
      const selected = document.places.offsets(range);
      const stood = session.documents.all;
      const findings = await problems.of(document);
      assertUnchanged(session, document.file, document);
      const actions: readonly Action[] = [
        ...(await session.service.codeActions(document.file, document.text, selected, findings)),
        ...findings.filter((finding) => touches(finding.range, selected)).flatMap((finding) => suppression(finding, document)),
      ];
      const wanted = actions.filter(({ kind }) => isWanted(kind, context));
      return Promise.all(wanted.map((action) => shownAction(action, findings, selected, stood, document, session)));
    }),
};

function isWanted(kind: string, { only }: CodeActionParams['context']): boolean {
  return only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

function touches(range: Range, selected: Range): boolean {
  return range.start <= selected.end && selected.start <= range.end;
}

async function shownAction(
  { title, kind, edits, preferred, code }: Action,
  findings: readonly Diagnostic[],
  selected: Range,
  stood: readonly OpenDocument[],
  { places }: OpenDocument,
  session: Session,
): Promise<ShownAction> {
  const mended = findings.filter((finding) => finding.code === code && touches(finding.range, selected));
  return {
    title,
    kind,
    edit: await workspaceEditOf(edits, session, stood),
    ...(preferred ? { isPreferred: true } : {}),
    ...(mended.length === 0 ? {} : { diagnostics: await Promise.all(mended.map((finding) => shownDiagnostic(finding, places, session))) }),
  };
}

/** Puts in the comment; it silences nothing until somebody has written a reason behind it. */
function suppression(finding: Finding, { file, text }: OpenDocument): readonly Action[] {
  const made = suppressionEdit(text, { ...finding, ...(finding.firm === false ? RAISED : {}) });
  if (made === undefined) return [];
  const title = `Suppress ${finding.code}; write the reason behind the comment`;
  return [{ title, kind: 'quickfix', edits: new Map([[file, [made.edit]]]), preferred: false, code: finding.code }];
}
