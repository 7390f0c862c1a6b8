import { parseUseReference, resolveFile } from '../../model/useReference.js';
import { isPlainVersion, versionFields } from '../../model/version.js';
import { parseVersionRange, versionsOfRange } from '../../model/versionRange.js';
import type { Runbook } from '../../schema/generated/runbook.js';
import { quoteYaml } from '../../text/quote.js';
import type { Range } from '../../text/range.js';
import { sourceRange } from '../../text/scalarSource.js';
import { expressionsIn } from '../expressionsIn.js';
import type { Finding, LintContext, Rule } from '../rule.js';
import { schemeOfUpgrade, schemeBeside } from '../versionScheme.js';
import type { SchemeHere } from '../versionScheme.js';

/** A version or a range that stands in the text as such. */
interface Literal {
  readonly text: string;
  readonly kind: 'version' | 'range';
  readonly scheme: SchemeHere;
  readonly range: Range;
}

export const versionLiteral: Rule = {
  id: 'version-literal',
  family: 'correctness',
  severity: 'error',
  rationale: 'A version with one digit too few compares without complaint, and takes the wrong way.',
  cites: ['capability 18', 'capability 30'],
  *check(context) {
    const literals = [...inExpressions(context), ...inUpgrade(context)];
    const widths = paddedWidths(literals);
    for (const literal of literals) {
      const message =
        wrongRange(literal) ??
        versionsOf(literal)
          .map((version) => wrongVersion(version, literal.scheme, widths))
          .find((wrong) => wrong !== undefined);
      if (message !== undefined) yield { range: literal.range, message };
    }
    yield* readAsNumber(context);
  },
};

function* inExpressions(context: LintContext): Generator<Literal> {
  const { runbook } = context;
  for (const { cel, rangeOf } of expressionsIn(context)) {
    if (!cel.includes('(')) continue;
    for (const match of cel.matchAll(/(?<![\w])(version|crosses|range|within)\s*\(\s*(["'])((?:(?!\2).)*)\2\s*\)/g)) {
      const [whole, call = '', , text = ''] = match;
      const start = match.index + whole.lastIndexOf(text, whole.length - 2);
      const ofPath = call === 'crosses' ? schemeOfUpgrade(runbook) : undefined;
      const scheme = ofPath ?? schemeBeside(cel, { start: match.index, end: match.index + whole.length }, runbook);
      yield {
        text,
        kind: call === 'version' || call === 'crosses' ? 'version' : 'range',
        scheme,
        range: rangeOf({ start, end: start + text.length }),
      };
    }
  }
}

function* inUpgrade({ texts, runbook, document }: LintContext): Generator<Literal> {
  const scheme = schemeOfUpgrade(runbook);
  for (const place of texts) {
    const { text, format } = place;
    if (format !== 'version' && format !== 'version_range') continue;
    const inside = sourceRange(document.text, place.range, text, { start: 0, end: text.length });
    yield { text, kind: format === 'version' ? 'version' : 'range', scheme, range: inside };
  }
}

function wrongRange({ kind, text }: Literal): string | undefined {
  if (kind === 'version' || parseVersionRange(text) !== undefined) return undefined;
  return `"${text}" is no version range; write for example ">= 7.1" or ">= 10.0 < 10.6"`;
}

function versionsOf({ kind, text }: Literal): readonly string[] {
  const range = kind === 'version' ? undefined : parseVersionRange(text);
  return kind === 'version' ? [text] : range === undefined ? [] : versionsOfRange(range);
}

function wrongVersion(version: string, scheme: SchemeHere, widths: ReadonlyMap<number, number>): string | undefined {
  if (!fits(version, scheme))
    return scheme.pattern === undefined
      ? `"${version}" is no version; write dotted numbers such as "11.6.0"`
      : `"${version}" is no version of the scheme "${scheme.name ?? ''}"; write one of the form ${scheme.pattern}`;
  for (const [index, part] of version.split('.').entries()) {
    const width = widths.get(index);
    if (width !== undefined && isPadded(part) && part.length !== width)
      return `"${version}" has ${String(part.length)} digits where other versions here have ${String(width)}; count its zeros`;
  }
  return undefined;
}

function fits(version: string, { pattern }: SchemeHere): boolean {
  return pattern === undefined ? isPlainVersion(version) : versionFields(pattern, version) !== undefined;
}

/** By place in a version: how many digits most of those have that are filled up with zeros. */
function paddedWidths(literals: readonly Literal[]): ReadonlyMap<number, number> {
  const counts = new Map<number, Map<number, number>>();
  for (const version of new Set(literals.flatMap((literal) => versionsOf(literal).filter((text) => fits(text, literal.scheme))))) {
    for (const [index, part] of version.split('.').entries()) {
      if (!isPadded(part)) continue;
      const ofIndex = counts.get(index) ?? new Map<number, number>();
      counts.set(index, ofIndex.set(part.length, (ofIndex.get(part.length) ?? 0) + 1));
    }
  }
  return new Map(
    [...counts].flatMap(([index, lengths]) => {
      const [[width, most] = [0, 0], [, next] = [0, 0]] = [...lengths].sort((a, b) => b[1] - a[1]);
      return most > next ? [[index, width] as const] : [];
    }),
  );
}

function isPadded(part: string): boolean {
  return /^0\d+$/.test(part);
}

/** `with: {target: 10.10}`: YAML has made a number of it before anybody could ask. */
function* readAsNumber({ steps, runbook, files, document }: LintContext): Generator<Finding> {
  for (const { use, with: given } of [...steps.map(({ step }) => step), ...(runbook.upgrade?.instead ?? [])]) {
    const file = use === undefined || given === undefined ? undefined : parseUseReference(use)?.file;
    const target: Runbook | undefined = file === undefined ? undefined : files.get(resolveFile(document.file, file))?.value;
    if (target === undefined || given === undefined) continue;
    for (const [name, value] of Object.entries(given)) {
      const range = document.positions.value(given, name);
      const declared = target.inputs !== undefined && Object.hasOwn(target.inputs, name) ? target.inputs[name] : undefined;
      if (typeof value !== 'number' || range === undefined || !/^version/.test(declared?.type ?? '')) continue;
      const written = document.text.slice(range.start, range.end);
      yield {
        range,
        message: `${written} is read as a number, and "${name}" is a version; put it in quotes`,
        fix: { title: 'Put the value in quotes', edits: [{ range, text: quoteYaml(written) }] },
      };
    }
  }
}
