import type { JsonSchema } from '../schema/jsonSchema.js';
import { branchesOf } from '../schema/lookup.js';
import { celAt } from './cel/celAt.js';
import { isFormOf, signatureOf } from './cel/celDocs.js';
import { celWritingAt } from './cel/celWriting.js';
import { FUNCTION_DOCS } from './cel/functionDocs.js';
import { outlookAt } from './declared/surroundings.js';
import { cursorAt, writtenIn } from './rough/cursor.js';
import { schemaOf } from './rough/nodePath.js';

/** One form of a function, with what each argument is. */
export interface Signature {
  readonly label: string;
  /** Parts of the label, in order. */
  readonly parameters: readonly string[];
  /** Markdown. */
  readonly documentation: string | undefined;
}

/** The forms of the function that is being called at a place. */
export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  /** The form that takes the argument under the cursor. */
  readonly active: number;
  /** Number of the argument under the cursor, from 0. */
  readonly argument: number;
}

/** Help for the innermost call around an offset, within an expression; undefined elsewhere. */
export function signatureHelpAt(text: string, root: JsonSchema, offset: number): SignatureHelp | undefined {
  const cursor = cursorAt(text, offset);
  const { path } = cursor;
  if (path?.hit.kind !== 'value' || path.hit.node.kind !== 'scalar') return undefined;
  const schema = schemaOf(root, path.steps);
  const written = writtenIn(cursor, path.hit.node);
  if (schema === undefined || written === undefined) return undefined;
  const found = branchesOf(root, schema)
    .map(({ format }) => celAt(written.value, written.at, format))
    .find((expression) => expression !== undefined);
  const call = found === undefined ? undefined : celWritingAt(found.cel, found.at).calls[0];
  if (call === undefined) return undefined;
  const outlook = outlookAt(cursor.root, path);
  const type = call.receiver === undefined ? undefined : (outlook.typeOf(call.receiver) ?? 'dyn');
  const forms = outlook
    .functions()
    .filter((form) => form.name === call.name && (type === undefined ? form.receiver === undefined : isFormOf(form, type)));
  if (forms.length === 0) return undefined;
  const fitting = forms.findIndex(({ parameters }) => parameters.length > call.argument);
  return {
    signatures: forms.map((form) => ({ ...signatureOf(form), documentation: FUNCTION_DOCS[form.name]?.text })),
    active: Math.max(fitting, 0),
    argument: call.argument,
  };
}
