import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { Diagnostic as ShownDiagnostic } from 'vscode-languageserver/node';
import type { Diagnostic, Severity } from '../../language/index.js';
import type { Session } from '../session.js';
import type { TextPlaces } from '../documents/textPlaces.js';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** Rules that find what could go without a loss: editors show it faded. */
const NEEDLESS: ReadonlySet<string> = new Set(['unused-declaration', 'unreachable-step', 'unused-suppression', 'ineffective-key']);

/** A diagnostic of a text, as far as the client can show it. */
export async function shownDiagnostic(diagnostic: Diagnostic, places: TextPlaces, session: Session): Promise<ShownDiagnostic> {
  const { client, rulePage } = session;
  const { code, severity, message, range, related = [] } = diagnostic;
  const page = client.codeDescriptions ? rulePage(code) : undefined;
  return {
    range: places.range(range),
    severity: SEVERITY[severity],
    code,
    source: 'runbook',
    message,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(client.tags && NEEDLESS.has(code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(client.relatedInformation && related.length > 0 ? { relatedInformation: await relatedOf(related, session) } : {}),
  };
}

function relatedOf(
  related: NonNullable<Diagnostic['related']>,
  { documents, placesOf }: Session,
): Promise<NonNullable<ShownDiagnostic['relatedInformation']>> {
  return Promise.all(
    related.map(async ({ file, range, message }) => ({
      location: { uri: documents.uriOf(file), range: (await placesOf(file)).range(range) },
      message,
    })),
  );
}
