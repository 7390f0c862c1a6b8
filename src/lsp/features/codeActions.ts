import type { CodeAction as ShownAction, CodeActionParams } from 'vscode-languageserver/node';
import { editBetween, suppressionEdit } from '../../review/index.js';
import type { Diagnostic, Range, TextEdit } from '../../language/index.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import type { Problems } from '../problems/problems.js';
import { shownDiagnostic } from '../problems/shownDiagnostic.js';
import type { Session } from '../session.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';
import { assertUnchanged, workspaceEditOf } from './workspaceEdit.js';

const FIX_ALL = 'source.fixAll.runbook';
const KINDS = ['quickfix', 'refactor.extract', 'refactor.rewrite', FIX_ALL];

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

/** Offers the mends of findings, rewritings of what is selected, for what is no error, to silence it, and when asked for it, all mends at once. */
export const codeActions: Feature = {
  offer: ({ codeActionLiterals }) => (codeActionLiterals ? { codeActionProvider: { codeActionKinds: KINDS } } : {}),
  answer: (session, problems) =>
    session.connection.onCodeAction(async ({ textDocument, range, context }, token) => {
      const document = documentOf(session, textDocument);
      if (document === undefined || !session.client.codeActionLiterals) return null;
      const selected = document.places.offsets(range);
      const stood = session.documents.all;
      if (context.only?.every((asked) => FIX_ALL === asked || FIX_ALL.startsWith(`${asked}.`)) === true && context.only.length > 0) {
        const all = await fixAll(document, problems);
        assertUnchanged(session, document.file, document);
        return Promise.all(all.map((action) => shownAction(action, [], selected, stood, document, session)));
      }
      const findings = await problems.of(document);
      assertUnchanged(session, document.file, document);
      const actions: readonly Action[] = [
        ...(await session.service.codeActions(document.file, document.text, selected, {
          diagnostics: findings,
          wants: (kind) => isWanted(kind, context),
          isCancelled: () => token.isCancellationRequested,
        })),
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

/** As `runbook lint --fix` mends the file: on saving, in editors that ask for it then. */
async function fixAll(document: OpenDocument, problems: Problems): Promise<readonly Action[]> {
  const edit = editBetween(document.text, await problems.mended(document));
  if (edit === undefined) return [];
  return [{ title: 'Mend all that needs no decision', kind: FIX_ALL, edits: new Map([[document.file, [edit]]]), preferred: false }];
}

/** Puts in the comment; it silences nothing until somebody has written a reason behind it. */
function suppression(finding: Finding, { file, text }: OpenDocument): readonly Action[] {
  const made = suppressionEdit(text, { ...finding, ...(finding.firm === false ? RAISED : {}) });
  if (made === undefined) return [];
  const title = `Suppress ${finding.code}; write the reason behind the comment`;
  return [{ title, kind: 'quickfix', edits: new Map([[file, [made.edit]]]), preferred: false, code: finding.code }];
}
