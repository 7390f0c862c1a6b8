import type { Diagnostic, Severity } from '../diagnostic.js';
import { createExpressions, nameTypesOf } from '../expressions/index.js';
import type { ParsedInventory, ParsedRunbook } from '../project.js';
import { INVENTORY_RULES } from './inventoryRules/index.js';
import { optionOf } from './rule.js';
import type { Finding, LintContext, RuleOptions } from './rule.js';
import { RULES } from './rules/index.js';
import { walkRunbook } from './walk.js';

/** Applies every rule to a runbook. Empty when it has not its proper shape: then its shape is the news. */
export function lintRunbook(
  document: ParsedRunbook,
  files: ReadonlyMap<string, ParsedRunbook>,
  options: RuleOptions = {},
): readonly Diagnostic[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  const names = nameTypesOf(runbook);
  const context: LintContext = {
    document,
    runbook,
    files,
    names,
    expressions: createExpressions(names),
    ...walkRunbook(document, runbook),
    option: (rule, name) => optionOf(rule, name, options),
  };
  const found: Diagnostic[] = [];
  for (const rule of RULES) for (const finding of rule.check(context)) found.push(diagnosticOf(rule, finding));
  return distinct(found);
}

/** Applies every rule to an inventory by itself. */
export function lintInventory(document: ParsedInventory): readonly Diagnostic[] {
  const inventory = document.value;
  if (inventory === undefined) return [];
  return distinct(
    INVENTORY_RULES.flatMap((rule) => [...rule.check({ document, inventory })].map((finding) => diagnosticOf(rule, finding))),
  );
}

function diagnosticOf(rule: { readonly id: string; readonly severity: Severity }, finding: Finding): Diagnostic {
  return { code: rule.id, severity: rule.severity, ...finding };
}

/** What is used several times is visited several times; its author needs to hear it once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const place = `${diagnostic.code} ${String(diagnostic.range.start)} ${String(diagnostic.range.end)} ${diagnostic.message}`;
    if (!byPlace.has(place)) byPlace.set(place, diagnostic);
  }
  return [...byPlace.values()].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
