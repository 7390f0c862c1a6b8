import type { Diagnostic, Fix } from '../diagnostic.js';
import { nearest, quotedList } from '../text/nearest.js';
import { quoteYaml } from '../text/quote.js';
import type { Range } from '../text/range.js';
import type { ScalarNode } from '../text/syntaxNode.js';
import { wrongName } from './checkKeys.js';
import type { JsonSchema } from './jsonSchema.js';
import { patternOf, typesOf } from './lookup.js';

const YES_AND_NO: Readonly<Record<string, boolean>> = { yes: true, on: true, y: true, no: false, off: false, n: false };

/** Checks a scalar against a schema without branches. `label` names it: the key it stands under. */
export function checkScalar(schema: JsonSchema, scalar: ScalarNode, label: string): Diagnostic | undefined {
  const types = typesOf(schema);
  const { value } = scalar;
  const range = { start: scalar.start, end: scalar.end };
  switch (typeof value) {
    case 'string':
      return types.includes('string') ? checkText(schema, value, range) : notText(schema, value, range, label);
    case 'boolean':
      return types.includes('boolean') ? undefined : mustBeQuoted(schema, scalar, range, `the boolean ${String(value)}`);
    case 'number':
      return types.includes('number') || (types.includes('integer') && Number.isInteger(value))
        ? checkNumber(schema, scalar, value, range)
        : mustBeQuoted(schema, scalar, range, `the number ${String(value)}`);
    default:
      return { code: 'wrong-kind', severity: 'error', range, message: `nothing stands under "${label}"; write a value or remove the key` };
  }
}

function checkText(schema: JsonSchema, value: string, range: Range): Diagnostic | undefined {
  if (schema.const !== undefined && value !== schema.const)
    return wrong('unknown-value', range, `"${value}" is not known here; write "${schema.const}"`, replace(range, schema.const));
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    const near = nearest(value, schema.enum);
    return wrong(
      'unknown-value',
      range,
      `"${value}" cannot stand here; ${near === undefined ? `use one of ${quotedList(schema.enum)}` : `did you mean "${near}"?`}`,
      near === undefined ? undefined : { ...replace(range, near), guess: true },
    );
  }
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value)) {
    if (schema.format === 'id') return wrongName(value, range, schema.pattern);
    return wrong(
      'wrong-form',
      range,
      `"${value}" does not have the form that is asked for here; ${schema.description ?? `write ${schema.pattern}`}`,
    );
  }
  return undefined;
}

function checkNumber(schema: JsonSchema, scalar: ScalarNode, value: number, range: Range): Diagnostic | undefined {
  const source = scalar.source;
  if (typesOf(schema).includes('string') && source !== String(value))
    return wrong(
      'reads-as-number',
      range,
      `${source} is read as the number ${String(value)}; put it in quotes to keep it as it is`,
      quote(range, source),
    );
  if (schema.minimum !== undefined && value < schema.minimum)
    return wrong('out-of-range', range, `${source} is too small; the least is ${String(schema.minimum)}`);
  if (schema.maximum !== undefined && value > schema.maximum)
    return wrong('out-of-range', range, `${source} is too large; the most is ${String(schema.maximum)}`);
  return undefined;
}

function notText(schema: JsonSchema, value: string, range: Range, label: string): Diagnostic {
  const types = typesOf(schema);
  const meant = YES_AND_NO[value.toLowerCase()];
  if (types.includes('boolean')) {
    const fix =
      meant === undefined
        ? /^(?:true|false)$/i.test(value)
          ? replace(range, value.toLowerCase())
          : undefined
        : replace(range, String(meant));
    return wrong('wrong-kind', range, `"${label}" is true or false, and this is text; write true or false without quotes`, fix);
  }
  const fix = /^-?\d+$/.test(value) ? replace(range, value) : undefined;
  return wrong('wrong-kind', range, `"${label}" is a number, and this is text; write digits without quotes`, fix);
}

function mustBeQuoted(schema: JsonSchema, scalar: ScalarNode, range: Range, readAs: string): Diagnostic {
  const source = scalar.source;
  if (!typesOf(schema).includes('string')) {
    const wanted = typesOf(schema).includes('boolean') ? 'true or false' : 'a whole number';
    return wrong('wrong-kind', range, `${source} is read as ${readAs}, and ${wanted} is needed; change it`);
  }
  return wrong('reads-as-number', range, `${source} is read as ${readAs}, and text is needed; put it in quotes`, quote(range, source));
}

function wrong(code: string, range: Range, message: string, fix?: Fix): Diagnostic {
  return { code, severity: 'error', range, message, ...(fix === undefined ? {} : { fix }) };
}

function replace(range: Range, text: string): Fix {
  return { title: `Change to "${text}"`, edits: [{ range, text }] };
}

function quote(range: Range, source: string): Fix {
  return { title: 'Put the value in quotes', edits: [{ range, text: quoteYaml(source) }] };
}
