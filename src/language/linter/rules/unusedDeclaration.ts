import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { Step } from '../../schema/generated/runbook.js';
import { expressionsIn } from '../expressionsIn.js';
import { withoutStrings } from '../namesIn.js';
import type { LintContext, Rule } from '../rule.js';
import { mentions } from '../undefinedName.js';

export const unusedDeclaration: Rule = {
  id: 'unused-declaration',
  family: 'clarity',
  severity: 'information',
  rationale: 'What nothing names is either left over or was forgotten where it was meant to be used.',
  cites: ['capability 88'],
  *check(context) {
    const { runbook, document } = context;
    const declared: Readonly<Record<Kind, object | undefined>> = {
      input: runbook.inputs,
      fact: runbook.facts,
      role: runbook.roles,
      secret: runbook.secrets,
      contact: runbook.contacts,
      document: runbook.documents,
      'version scheme': runbook.versions,
      procedure: runbook.procedures,
    };
    for (const [kind, all] of Object.entries(declared) as [Kind, object | undefined][]) {
      const names = Object.keys(all ?? {});
      if (all === undefined || names.length === 0) continue;
      const used = new Set(NAMED[kind](context));
      for (const name of names) {
        const range = document.positions.key(all, name);
        if (used.has(name) || range === undefined) continue;
        yield { range, message: `nothing names the ${kind} "${name}"; use it, or remove it` };
      }
    }
  },
};

type Kind = 'input' | 'fact' | 'role' | 'secret' | 'contact' | 'document' | 'version scheme' | 'procedure';

/** What is named of each kind. */
const NAMED: Readonly<Record<Kind, (context: LintContext) => Iterable<string>>> = {
  input: (context) => namesOf(context, 'inputs'),
  // A fact of hosts is a member of whatever an expression calls the host.
  fact: (context) => [...expressionsIn(context).flatMap(({ cel }) => membersIn(cel)), ...textsWith(context, 'fact')],
  role: (context) => [...namesOf(context, 'hosts'), ...namesOf(context, 'role'), ...textsWith(context, 'role'), ...rolesOfUsed(context)],
  secret: (context) => [...namesOf(context, 'secrets'), ...textsWith(context, 'secret')],
  contact: (context) => textsWith(context, 'contact'),
  document: (context) => textsWith(context, 'source').map((source) => source.split('#')[0] ?? ''),
  'version scheme': ({ texts }) => texts.filter(({ key }) => key === 'scheme').map(({ text }) => text),
  procedure: usedProcedures,
};

function membersIn(cel: string): readonly string[] {
  return [...withoutStrings(cel).matchAll(/\.\s*([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
}

function namesOf(context: LintContext, space: 'inputs' | 'hosts' | 'role' | 'secrets'): readonly string[] {
  return mentions(context, space).map(({ named }) => named.name);
}

function textsWith({ texts }: LintContext, format: 'fact' | 'role' | 'secret' | 'contact' | 'source'): readonly string[] {
  return texts.filter((place) => place.format === format).map(({ text }) => text);
}

/** Roles that a used file takes over by their name. */
function rolesOfUsed({ steps, runbook, document, files }: LintContext): readonly string[] {
  return [...steps.map(({ step }) => step), ...(runbook.upgrade?.instead ?? [])].flatMap(({ use, roles = {} }) => {
    const file = use === undefined ? undefined : parseUseReference(use)?.file;
    const target = file === undefined ? undefined : files.get(resolveFile(document.file, file))?.value;
    return Object.keys(target?.roles ?? {}).filter((role) => !Object.hasOwn(roles, role));
  });
}

/** Those that any file of the project uses; all of them in a file that uses none, which keeps them for others. */
function usedProcedures({ document, files }: LintContext): ReadonlySet<string> {
  const used = new Set<string>();
  const visit = (value: unknown, file: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { use } = value as { use?: unknown };
    const reference = typeof use === 'string' ? parseUseReference(use) : undefined;
    const target = reference?.file === undefined ? file : resolveFile(file, reference.file);
    if (reference?.id !== undefined && target === document.file) used.add(procedureWith(document, reference.id));
    for (const member of Object.values(value)) visit(member, file);
  };
  visit(document.value, document.file);
  for (const [file, other] of files) if (file !== document.file) visit(other.value, file);
  return used.size === 0 ? new Set(Object.keys(document.value?.procedures ?? {})) : used;
}

/** The procedure that a step used by its id stands in; else the id itself, which may be that of a procedure. */
function procedureWith({ value }: LintContext['document'], id: string): string {
  const holds = (steps: readonly Step[]): boolean => steps.some((step) => step.id === id || holds(step.steps ?? []));
  return Object.entries(value?.procedures ?? {}).find(([name, steps]) => name !== id && holds(steps))?.[0] ?? id;
}
