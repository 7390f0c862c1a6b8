import type { RuleDescription } from '../linter/rule.js';
import { shapeRules } from './shapeRules.js';

/** What may be wrong with a text before it is known to be YAML that this language reads. */
const textRules: readonly RuleDescription[] = [
  {
    id: 'yaml-syntax',
    family: 'correctness',
    severity: 'error',
    rationale: 'What cannot be read as YAML is read by nobody the way it was meant, so nothing is planned from it.',
    cites: ['threat T23'],
  },
  {
    id: 'yaml-directive',
    family: 'correctness',
    severity: 'error',
    rationale: 'A directive such as %YAML 1.1 makes the rest of the file mean something else: "no" becomes false and 0777 becomes 511.',
    cites: ['threat T23'],
  },
  {
    id: 'yaml-documents',
    family: 'correctness',
    severity: 'error',
    rationale: 'A second document in a file would be left out without a word, and with it every step in it.',
    cites: ['threat T23'],
  },
  {
    id: 'yaml-tag',
    family: 'correctness',
    severity: 'error',
    rationale: 'A tag changes what a value is, and text that only begins with "!" is lost to it, as in the condition "!run.failed".',
    cites: ['threat T23'],
  },
  {
    id: 'unquoted-value',
    family: 'correctness',
    severity: 'error',
    rationale: 'Text that begins with "|" or ">" is the start of a block for YAML, and the rest of the line is lost or refused.',
    cites: ['threat T23'],
  },
  {
    id: 'unquoted-template',
    family: 'correctness',
    severity: 'error',
    rationale: 'Between "{ }" or "[ ]", YAML takes the braces of an expression for mappings and makes another structure of them.',
    cites: ['capability 16', 'threat T23'],
  },
  {
    id: 'explicit-key',
    family: 'security',
    severity: 'error',
    rationale:
      'Keys marked with "?" can be nested so that a file of one kilobyte keeps a machine busy for a minute; nobody needs them here.',
    cites: ['threat T21'],
  },
  {
    id: 'too-large',
    family: 'security',
    severity: 'error',
    rationale: 'A file that takes seconds to read would stop the editor of everybody who opens it, and no reviewer reads it either.',
    cites: ['threat T21'],
  },
  {
    id: 'too-deep',
    family: 'security',
    severity: 'error',
    rationale: 'Deep nesting exhausts a parser long before it says anything to a person.',
    cites: ['threat T21'],
  },
  {
    id: 'too-many-keys',
    family: 'security',
    severity: 'error',
    rationale: 'A mapping with thousands of keys takes seconds to check, and no real procedure has one.',
    cites: ['threat T21'],
  },
  {
    id: 'too-many-aliases',
    family: 'security',
    severity: 'error',
    rationale: 'A few aliases of aliases grow into gigabytes; procedures say the same once and stay small.',
    cites: ['threat T21'],
  },
  {
    id: 'undefined-anchor',
    family: 'correctness',
    severity: 'error',
    rationale: 'An alias of nothing has no value, and one that contains itself has no end.',
    cites: ['threat T21', 'threat T23'],
  },
  {
    id: 'byte-order-mark',
    family: 'portability',
    severity: 'warning',
    rationale: 'A mark that no editor shows becomes a part of the first word for tools that do not expect it.',
    cites: ['threat T23'],
  },
  {
    id: 'invisible-character',
    family: 'security',
    severity: 'warning',
    rationale:
      'Characters that turn the direction of writing or are not shown make a reviewer read another text than the one that runs, also where an escape puts them there. In a script, this is an error.',
    cites: ['threat T24'],
  },
  {
    id: 'lone-carriage-return',
    family: 'security',
    severity: 'error',
    rationale: 'A carriage return by itself ends a line for some tools and not for others, so that a line can hide behind a comment.',
    cites: ['threat T24'],
  },
  {
    id: 'control-character',
    family: 'security',
    severity: 'error',
    rationale:
      'Control characters move the cursor of whoever shows the text, and nothing that is meant to be read needs them, however they are spelled.',
    cites: ['threat T7', 'threat T24'],
  },
];

/** Every rule that a text breaks before any rule of the language can look at it: those of YAML, and those of the shape. */
export const SYNTAX_RULES: readonly RuleDescription[] = [...textRules, ...shapeRules];
