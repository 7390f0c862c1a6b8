import assert from 'node:assert/strict';
import { createLanguageService } from '../../../src/language/index.js';
import type { Diagnostic, Project } from '../../../src/language/index.js';
import { diagnoseProject, draftPlan, PLAN_RULES, proveOrders } from '../../../src/planner/index.js';
import type { OrderProof, PlainValue, Plan } from '../../../src/planner/index.js';

/** A project of documents that exist only in memory, the first of them its root. */
export async function projectOf(runbooks: Readonly<Record<string, string>>): Promise<Project> {
  const files = Object.fromEntries(Object.entries(runbooks).map(([name, text]) => [`/work/${name}`, text]));
  const service = createLanguageService({ workspace: { readText: (file) => Promise.resolve(files[file]) } });
  const project = await service.loadProject(Object.keys(files)[0] ?? '');
  if (project === undefined) throw new Error('no runbook');
  const errors = [...project.diagnostics.values()].flat().filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return project;
}

/** What plans show of a project, by code: the rules of text are tested elsewhere. */
export async function planDiagnostics(runbooks: Readonly<Record<string, string>>, code: string): Promise<readonly Found[]> {
  const project = await projectOf(runbooks);
  return [...diagnoseProject(project)].flatMap(([file, diagnostics]) =>
    diagnostics
      .filter((diagnostic) => diagnostic.code === code)
      .map((diagnostic) => {
        assert.equal(diagnostic.severity, PLAN_RULES.find(({ id }) => id === code)?.severity);
        const text = project.known.get(file)?.text ?? '';
        return { ...diagnostic, file: file.slice('/work/'.length), marked: text.slice(diagnostic.range.start, diagnostic.range.end) };
      }),
  );
}

export interface Found extends Diagnostic {
  readonly file: string;
  /** The text that is marked. */
  readonly marked: string;
}

/** `minion: [minion_1, minion_2]` as an inventory with hosts that need nothing. */
export function inventoryOf(roles: Readonly<Record<string, readonly string[]>>, more = ''): string {
  const hosts = [...new Set(Object.values(roles).flat())].map((host) => `  ${host}: {}`).join('\n');
  const bound = Object.entries(roles).map(([role, members]) => `  ${role}: [${members.join(', ')}]`);
  return `inventory: v1\nenvironment: rehearsal\nhosts:\n${hosts}\nroles:\n${bound.join('\n')}\n${more}`;
}

/** A plan made without proof, whatever orders it breaks. */
export async function unprovenPlan(runbook: string, inventory: string, inputs: Readonly<Record<string, PlainValue>> = {}): Promise<Plan> {
  const project = await projectOf({ 'a.runbook.yaml': runbook });
  const parsed = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });
  const request = { project, inventory: parsed.parseInventory('/work/x.inventory.yaml', inventory), inputs, facts: [] };
  const { plan, problems } = draftPlan({ ...request, proof: false });
  if (plan === undefined) throw new Error(problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return plan;
}

/** The proof of a plan of one runbook. */
export async function proofOf(runbook: string, inventory: string, inputs: Readonly<Record<string, PlainValue>> = {}): Promise<OrderProof> {
  return proveOrders(await unprovenPlan(runbook, inventory, inputs));
}

/** Backups of `db` that are left out only if more pigeons than holes have a hole each: never, which takes long to find out. */
export function pigeons(holes: number): { readonly facts: string; readonly steps: string } {
  const [inHoles, all] = [holes, holes + 1].map((length) => Array.from({ length }, (_, index) => index)) as [number[], number[]];
  const name = (pigeon: number, hole: number): string => `p${String(pigeon)}_${String(hole)}`;
  const homeless = all.map((pigeon) => `!(${inHoles.map((hole) => `facts.${name(pigeon, hole)}`).join(' || ')})`);
  const crowded = inHoles.flatMap((hole) =>
    all.flatMap((a) => all.filter((b) => b > a).map((b) => `facts.${name(a, hole)} && facts.${name(b, hole)}`)),
  );
  const step = (when: string, index: number): string =>
    `  - { id: save_${String(index)}, on: db, when: '${when}', run: "true", effects: [backup] }\n`;
  return {
    facts: all.flatMap((pigeon) => inHoles.map((hole) => `  ${name(pigeon, hole)}: { type: boolean, ask: There? }\n`)).join(''),
    steps: [...homeless, ...crowded].map(step).join(''),
  };
}
