import { typeInWords } from '../../expressions/index.js';
import type { CelFunction } from '../../expressions/index.js';
import type { Declarations, Declared } from '../declared/declared.js';
import { HOST_BASICS } from '../declared/declared.js';
import { FUNCTION_DOCS, MEMBER_DOCS } from './functionDocs.js';

/** What a member of a type is declared as; undefined for one that is declared nowhere. */
export function declaredMember(type: string, name: string, declarations: Declarations): Declared | undefined {
  return membersDeclared(type, declarations).find((declared) => declared.name === name);
}

/** What is said of a member that is declared nowhere. */
export function builtInMember(type: string, name: string): string | undefined {
  return (
    MEMBER_DOCS[`${type.toLowerCase()}.${name}`] ??
    (type === 'version' ? 'Field of the version, from the pattern of its scheme.' : undefined)
  );
}

/** A function with the names of its parameters and all types. */
export function signatureOf(form: CelFunction): { readonly label: string; readonly parameters: readonly string[] } {
  const names = FUNCTION_DOCS[form.name]?.parameters ?? [];
  const parameters = form.parameters.map((type, index) => {
    const name = nameOf(form, names, index);
    return type === 'ast' ? name : `${name}: ${typeInWords(type)}`;
  });
  const receiver = form.receiver === undefined ? '' : `${typeInWords(form.receiver)}.`;
  return { label: `${receiver}${form.name}(${parameters.join(', ')}): ${typeInWords(form.returns)}`, parameters };
}

/** `map` with two arguments has no condition. */
function nameOf({ name, parameters }: CelFunction, names: readonly string[], index: number): string {
  if (name === 'map' && index === 1) return parameters.length === 2 ? 'expression' : 'condition';
  return names[index] ?? 'value';
}

/** Whether a form of a function can be called on a value of a type. */
export function isFormOf(form: CelFunction, type: string): boolean {
  const { receiver } = form;
  if (receiver === undefined) return false;
  if (receiver === type) return true;
  if (receiver.startsWith('list<')) return type.startsWith('list<') && (receiver === 'list<dyn>' || type === 'list<dyn>');
  if (receiver.startsWith('map<')) return type.startsWith('map<');
  return type === 'dyn' && ['string', 'list<dyn>', 'map<dyn, dyn>'].includes(receiver);
}

function membersDeclared(type: string, declarations: Declarations): readonly Declared[] {
  switch (type) {
    case 'Inputs':
      return declarations.inputs;
    case 'Facts':
      return declarations.facts;
    case 'Secrets':
      return declarations.secrets;
    case 'Hosts':
      return declarations.roles;
    case 'Advisories':
      return declarations.advisories;
    case 'Steps':
      return declarations.steps;
    default:
      if (/^Host(?:OfRole\d+)?$/.test(type)) return [...declarations.hostFacts, ...declarations.variables, ...HOST_BASICS];
      return type.startsWith('ValuesOfStep') ? declarations.steps.flatMap(({ values }) => values) : [];
  }
}
