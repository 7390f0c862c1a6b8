/** What a function of expressions does, and what its parameters are called. */
export interface FunctionDoc {
  readonly text: string;
  readonly parameters: readonly string[];
}

const ITEM = 'a name for each item';

/** By name: the forms of one name do the same. Names of parameters are in order; those that may be left out come last. */
export const FUNCTION_DOCS: Readonly<Record<string, FunctionDoc>> = {
  version: { text: 'A version from its text: `version("7.0.2")`. Versions compare by their numbers, part by part.', parameters: ['text'] },
  range: { text: 'A version range from its text: `range(">= 7.1 < 8")`.', parameters: ['text'] },
  within: { text: 'Whether the version lies in a range: `inputs.target.within(">= 7.1 < 8")`.', parameters: ['range'] },
  crosses: {
    text: 'Whether the hop begins below this version and ends at it or above: `hop.from < version <= hop.to`.',
    parameters: ['version'],
  },
  is: { text: 'Whether the host has this role.', parameters: ['role'] },
  size: { text: 'How many characters, items or members there are.', parameters: ['value'] },
  has: { text: 'Whether a member is there at all: `has(body.nodes)`.', parameters: ['member'] },
  all: { text: 'Whether the condition holds for every item: `hosts.server.all(h, h.port == 8443)`.', parameters: [ITEM, 'condition'] },
  exists: { text: 'Whether the condition holds for at least one item.', parameters: [ITEM, 'condition'] },
  exists_one: { text: 'Whether the condition holds for exactly one item.', parameters: [ITEM, 'condition'] },
  map: {
    text: 'A list of what the expression gives for each item; with three arguments, only for those for which the condition in the middle holds.',
    parameters: [ITEM, 'condition or expression', 'expression'],
  },
  filter: { text: 'The items for which the condition holds.', parameters: [ITEM, 'condition'] },
  bind: {
    text: 'Gives a name to a value, for use in the last argument: `cel.bind(v, inputs.target, v.within(">= 7"))`.',
    parameters: ['name', 'value', 'expression'],
  },
  startsWith: { text: 'Whether the text begins with this.', parameters: ['beginning'] },
  endsWith: { text: 'Whether the text ends with this.', parameters: ['end'] },
  contains: { text: 'Whether this stands somewhere in the text.', parameters: ['part'] },
  matches: { text: 'Whether the text contains a match of this pattern.', parameters: ['pattern'] },
  lowerAscii: { text: 'The text with its letters A to Z in lower case.', parameters: [] },
  upperAscii: { text: 'The text with its letters a to z in upper case.', parameters: [] },
  trim: { text: 'The text without blanks and line breaks around it.', parameters: [] },
  indexOf: { text: 'Where the part first stands in the text, from 0; -1 where it does not.', parameters: ['part', 'from'] },
  lastIndexOf: { text: 'Where the part last stands in the text, from 0; -1 where it does not.', parameters: ['part', 'up to'] },
  substring: { text: 'The part of the text from one place up to another, or to its end.', parameters: ['start', 'end'] },
  split: { text: 'The parts of the text between this separator.', parameters: ['separator', 'most parts'] },
  join: { text: 'The items as one text, with this between them.', parameters: ['separator'] },
  string: { text: 'The value as text.', parameters: ['value'] },
  int: { text: 'The value as a whole number.', parameters: ['value'] },
  uint: { text: 'The value as a whole number that is not negative.', parameters: ['value'] },
  double: { text: 'The value as a number with a fraction.', parameters: ['value'] },
  bool: { text: 'The text `true` or `false` as a boolean.', parameters: ['value'] },
  bytes: { text: 'The text as bytes.', parameters: ['value'] },
  dyn: { text: 'The same value, whose type is looked at only when the expression is evaluated.', parameters: ['value'] },
  type: { text: 'The type of a value.', parameters: ['value'] },
  timestamp: { text: 'A moment from its text, `2026-11-28T22:00:00Z`, or from seconds since 1970.', parameters: ['moment'] },
  duration: { text: 'A length of time from its text: `duration("1h30m")`.', parameters: ['text'] },
  getFullYear: { text: 'Year of the moment.', parameters: ['time zone'] },
  getMonth: { text: 'Month of the moment, from 0.', parameters: ['time zone'] },
  getDate: { text: 'Day of the month, from 1.', parameters: ['time zone'] },
  getDayOfMonth: { text: 'Day of the month, from 0.', parameters: ['time zone'] },
  getDayOfWeek: { text: 'Day of the week, from 0 for Sunday.', parameters: ['time zone'] },
  getDayOfYear: { text: 'Day of the year, from 0.', parameters: ['time zone'] },
  getHours: { text: 'Hours of the moment or of the length of time.', parameters: ['time zone'] },
  getMinutes: { text: 'Minutes of the moment, or the whole length of time in minutes.', parameters: ['time zone'] },
  getSeconds: { text: 'Seconds of the moment, or the whole length of time in seconds.', parameters: ['time zone'] },
  getMilliseconds: { text: 'Milliseconds of the moment or of the length of time.', parameters: ['time zone'] },
  json: { text: 'The JSON that the bytes hold.', parameters: [] },
  hex: { text: 'The bytes in hexadecimal digits.', parameters: [] },
  base64: { text: 'The bytes in Base64.', parameters: [] },
  at: { text: 'The byte at a place, from 0.', parameters: ['index'] },
};

/** Words of expressions that are neither names nor functions. */
export const CEL_WORDS: Readonly<Record<string, string>> = {
  true: 'Holds.',
  false: 'Does not hold.',
  null: 'No value, as in a JSON answer.',
  in: 'Whether an item is in a list, or a key in a mapping: `"a" in body.names`.',
};

/** What the names are that expressions begin with. */
export const ROOT_DOCS: Readonly<Record<string, string>> = {
  inputs: 'Values given for this run.',
  facts: 'Facts of the run.',
  host: 'The host the step is about, each in turn.',
  hosts: 'Hosts by role: one host for a role of exactly one, else a list.',
  steps: 'Values of earlier steps, as `steps.ID.NAME`.',
  secrets: 'Secrets, where they stay out of sight.',
  run: 'The run itself.',
  hop: 'The part of the upgrade path that this is about.',
  advisories: 'Whether an advisory applies, by its id.',
  body: 'The answer: parsed JSON, or text.',
  status: 'The status code of the answer.',
  stdout: 'What the script printed.',
  exit: 'The exit code of the script.',
  cel: 'Holds `cel.bind`, which gives a name to a value.',
};

/** What the members are that are not declared in a runbook. */
export const MEMBER_DOCS: Readonly<Record<string, string>> = {
  'run.failed': 'A step has failed. To be asked in `finally`.',
  'hop.from': 'The version the hop begins at.',
  'hop.to': 'The version the hop ends at.',
  'hop.number': 'Number of the hop, from 1.',
  'hop.last': 'It is the last hop of the path.',
};
