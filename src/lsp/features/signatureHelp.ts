import { markup } from '../client.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

/** Shows the parameters of a function while a call of it is typed in an expression. */
export const signatureHelp: Feature = {
  offer: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','] } }),
  answer: (session) =>
    session.connection.onSignatureHelp(async ({ textDocument, position }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const found = await session.service.signatureHelp(document.file, document.text, document.places.offset(position));
      if (found === undefined) return null;
      return {
        activeSignature: found.active,
        activeParameter: found.argument,
        signatures: found.signatures.map(({ label, parameters, documentation }) => ({
          label,
          parameters: parameters.map((parameter) => ({ label: parameter })),
          ...(documentation === undefined ? {} : { documentation: markup(documentation, session.client.markdownInSignature) }),
        })),
      };
    }),
};
