/** A function that expressions can call, in one of its forms. Types are spelled as the library of expressions spells them. */
export interface CelFunction {
  readonly name: string;
  /** Type of what stands before the dot; undefined for one that is called by itself. */
  readonly receiver: string | undefined;
  readonly parameters: readonly string[];
  readonly returns: string;
}

/** What can be written at one kind of place, and of which type it is. Never throws. */
export interface CelOutlook {
  /** Type of a whole expression; undefined for one that is wrong. */
  typeOf(cel: string): string | undefined;
  /** Members of a type, with their types. */
  fieldsOf(type: string): Readonly<Record<string, string>>;
  functions(): readonly CelFunction[];
  /** Names that expressions begin with. */
  variables(): readonly { readonly name: string; readonly type: string }[];
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bHostOfRole\d+\b|\bHost\b/g, 'host'],
  [/\bValuesOfStep\d+\b/g, 'values of a step'],
  [/\bgoogle\.protobuf\.Timestamp\b/g, 'timestamp'],
  [/\bgoogle\.protobuf\.Duration\b/g, 'duration'],
  [/\bversion_range\b/g, 'version range'],
  [/\bmap<dyn, dyn>/g, 'map'],
  [/\blist<dyn>/g, 'list'],
  [/\bdyn\b/g, 'any'],
  [/\bast\b/g, 'expression'],
];

/** A type as people read it. */
export function typeInWords(type: string): string {
  return WORDS.reduce((text, [pattern, words]) => text.replace(pattern, words), type);
}

/** What each item of a list is; undefined for what is no list. */
export function itemType(type: string): string | undefined {
  return /^list<(.+)>$/.exec(type)?.[1];
}
