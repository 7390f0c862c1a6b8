import { HumanError } from '../engine/index.js';
import { createChecker } from '../language/index.js';
import type { Project } from '../language/index.js';
import { orderDiagnostic, reportOf, variantsOf, variantSpace } from '../planner/index.js';
import type { PlanReport, Variant } from '../planner/index.js';
import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { variantsText } from './reporters/variantsText.js';
import { UsageError } from './usage.js';
import { projectWorkspace } from './projectWorkspace.js';
import { languagePath } from './workspace.js';

/** One row of the matrix. */
export interface VariantRow {
  readonly label: string;
  readonly sizes: Variant['sizes'];
  readonly platforms: Variant['platforms'];
  readonly inputs: Variant['inputs'];
  readonly facts: Variant['facts'];
  /** Absent where there is no plan: see `problems`. What breaks an order stands there, too. */
  readonly hops?: readonly { readonly from?: string; readonly to: string; readonly dispatched_to?: string }[];
  readonly steps?: number;
  readonly gates?: number;
  readonly estimate_ms?: number;
  readonly order?: 'holds' | 'broken' | 'none' | 'not_known';
  readonly problems: readonly string[];
}

/** `runbook plan FILE --variants`: every variant the document declares, planned without any inventory. A broken order is a finding. */
export async function planVariants(args: Arguments, io: Io): Promise<ExitCode> {
  const [runbook, ...more] = args.operands;
  if (runbook === undefined || more.length > 0) throw new UsageError('Name one runbook.');
  for (const name of ['inventory', 'at'] as const)
    if (args.text(name) !== undefined) throw new UsageError(`--variants is about every environment; leave out --${name}.`);
  for (const name of ['set', 'fact'] as const)
    if (args.list(name).length > 0) throw new UsageError(`--variants goes through the values itself; leave out --${name}.`);
  const file = languagePath(io.cwd, runbook);
  const project = await createChecker({ workspace: await projectWorkspace(file, io.cwd) }).loadProject(file);
  if (project === undefined) throw new HumanError(`${runbook} cannot be read.`, 'Check the name of the file.');
  if (!project.sound)
    throw new HumanError(`${runbook} is not sound, so it has no plans.`, `See what is wrong with: runbook lint ${runbook}`);
  const rows = [...variantsOf(project)].map((variant) => variantRow(variant, project));
  const { pairwise } = variantSpace(project);
  if (args.flag('json')) io.out(`${JSON.stringify({ format: 1, pairwise, variants: rows }, null, 2)}\n`);
  else io.out(variantsText(project.root.value?.title ?? runbook, rows, pairwise, io));
  return rows.some(({ order }) => order === 'broken') ? ExitCode.failed : ExitCode.ok;
}

function variantRow({ label, sizes, platforms, inputs, facts, draft }: Variant, project: Project): VariantRow {
  const about = { label, sizes, platforms, inputs, facts };
  const { plan } = draft;
  if (plan === undefined) return { ...about, problems: draft.problems.map(({ diagnostic }) => diagnostic.message) };
  const report = reportOf({ ...draft, plan }, { facts });
  const planned = report.steps.filter(({ verdict }) => verdict !== 'no');
  return {
    ...about,
    hops: report.hops.map(({ from, to, dispatched_to: file }) => ({
      ...(from === undefined ? {} : { from }),
      to,
      ...(file === undefined ? {} : { dispatched_to: file }),
    })),
    steps: planned.length,
    gates: planned.filter(({ gate }) => gate !== undefined).length,
    estimate_ms: report.timeline.work_ms,
    order: orderOf(report),
    problems: (draft.proof?.violations ?? []).map((violation) => orderDiagnostic(project, violation).diagnostic.message),
  };
}

function orderOf({ order_proof: proof }: PlanReport): NonNullable<VariantRow['order']> {
  if (proof === undefined) return 'not_known';
  return !proof.proven ? 'broken' : proof.orders.length === 0 ? 'none' : 'holds';
}
