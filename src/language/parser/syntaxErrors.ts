import type { YAMLError } from 'yaml';
import type { Diagnostic, Fix } from '../diagnostic.js';
import { endOfValue, quoteYaml } from '../text/quote.js';
import { lineStart } from '../text/lines.js';

const MOST = 20;

/** Errors of the YAML composer in plain words, the first of each line only: those that follow are mostly its echo. */
export function syntaxDiagnostics(text: string, errors: readonly YAMLError[]): Diagnostic[] {
  const lines = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  for (const error of errors) {
    const start = Math.min(error.pos[0], text.length);
    const line = lineStart(text, start);
    if (lines.has(line) || diagnostics.length >= MOST) continue;
    lines.add(line);
    diagnostics.push(translate(text, error, start));
  }
  return diagnostics;
}

function translate(text: string, error: YAMLError, start: number): Diagnostic {
  const lineEnd = endOfLine(text, start);
  const [message, fix] = words(text, error, start, lineEnd);
  // What is missing at the end of a text is shown on its last visible character.
  const visible = text.slice(start).trim() === '' ? text.trimEnd().length - 1 : start;
  const end = Math.max(Math.min(error.pos[1], lineEnd), Math.min(visible + 1, text.length));
  return {
    code: 'yaml-syntax',
    severity: 'error',
    range: { start: Math.max(0, Math.min(visible, end)), end },
    message,
    ...(fix === undefined ? {} : { fix }),
  };
}

function words(text: string, error: YAMLError, start: number, lineEnd: number): [message: string, fix?: Fix] {
  const word = text.slice(start, Math.min(start + 1, text.length));
  switch (error.code) {
    case 'TAB_AS_INDENT': {
      const tabs = /^[\t ]*/.exec(text.slice(start, lineEnd))?.[0] ?? '';
      const edits = [{ range: { start, end: start + tabs.length }, text: tabs.replaceAll('\t', '  ') }];
      return ['a tab stands in the indentation; indent with spaces', { title: 'Indent with spaces', edits }];
    }
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/:(?:\s|$)/.test(text.slice(start, lineEnd)))
        return ['this text contains ": ", which YAML takes for another key; put the text in quotes', quoteValue(text, start)];
      return ['the next line is indented deeper than the key before it; align it, or put the value in quotes'];
    case 'MULTILINE_IMPLICIT_KEY':
      return ['this line is no "key: value"; add the ":" and a space after it'];
    case 'BAD_SCALAR_START':
      return [`text cannot begin with "${word}"; put it in quotes`, quoteValue(text, start)];
    case 'MISSING_CHAR':
      return /quote/.test(error.message)
        ? ['the closing quote is missing; add it at the end of the text']
        : ['a ":" or "," is missing here; write "key: value", with "," between members of "{ }" and "[ ]"'];
    case 'BAD_INDENT':
      return /Flow/.test(error.message)
        ? ['a "]" or "}" is missing, or stands too far to the left; close what was opened, indented']
        : ['this line is indented otherwise than its neighbours; align it with them'];
    case 'BAD_DQ_ESCAPE':
      return ['this escape has no meaning between double quotes; double the "\\" or use single quotes'];
    case 'NON_STRING_KEY':
      return ['a list or mapping cannot be a key; write a name before the ":"'];
    case 'BLOCK_IN_FLOW':
      return ['a list or mapping over several lines cannot stand inside "{ }" or "[ ]"; write it in one of the two ways'];
    case 'KEY_OVER_1024_CHARS':
      return ['this key is longer than 1024 characters; shorten it, or look for a missing quote before it'];
    case 'MULTIPLE_ANCHORS':
    case 'ALIAS_PROPS':
    case 'BAD_ALIAS':
    case 'BAD_PROP_ORDER':
      return ['this anchor or alias is not sound; remove it and use "procedures" to write steps once'];
    case 'BAD_DIRECTIVE':
      return ['this line is no directive of YAML; remove it'];
    case 'UNEXPECTED_TOKEN':
      if (/block-seq-ind/.test(error.message)) return ['a list cannot begin on the line of its key; begin it on the next line, indented'];
      return [
        `"${word === '\n' ? 'the end of the line' : word}" is not expected here; look for a missing quote, bracket or line break before it`,
      ];
    default:
      return ['this cannot be read as YAML; compare it with the lines around it'];
  }
}

function quoteValue(text: string, start: number): Fix {
  const range = { start, end: endOfValue(text, start, false) };
  return { title: 'Put the value in quotes', edits: [{ range, text: quoteYaml(text.slice(range.start, range.end)) }] };
}

function endOfLine(text: string, start: number): number {
  const end = text.slice(start).search(/[\r\n]/);
  return end < 0 ? text.length : start + end;
}
