import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { previewText } from '../../../src/extension/views/planText.js';
import { nodesOfOutline, nodesOfPlan } from '../../../src/extension/views/stepsModel.js';
import { treeWorkspace } from '../../../src/cli/lint/tree.js';
import { createEngine, listRuns, settleDraft } from '../../../src/engine/index.js';
import { createLanguageService } from '../../../src/language/index.js';
import { draftPlan } from '../../../src/planner/index.js';
import type { Draft, GivenFact, Plan } from '../../../src/planner/index.js';

/** Told where a process or a socket would have been opened. */
class Refused extends Error {}

/**
 * What the editor does with every file of a folder that nobody has trusted, and what it would do if every menu were open: it reads, checks, explains,
 * plans and previews; and a run, a resume and the questions to hosts are tried, and must be refused where a process or a socket would begin.
 * A process of its own, which is watched from outside: `looksOnly FOLDER STATE_DIRECTORY`.
 */
async function main([folder = '', stateDirectory = '']: readonly string[]): Promise<void> {
  const names = readdirSync(folder).filter((name) => /\.(?:runbook|inventory)\.ya?ml$/.test(name));
  // Links, pipes and devices lie there, too.
  const workspace = treeWorkspace([folder]);
  const service = createLanguageService({ workspace });
  const inventory = join(folder, 'trap.inventory.yaml');
  let plans = 0;
  for (const name of names) {
    const file = join(folder, name);
    const text = await workspace.readText(file);
    if (text === undefined) continue;
    await service.diagnose(file);
    nodesOfOutline(service.outline(file, text));
    service.links(file, text);
    for (let offset = 0; offset < Math.min(text.length, 3000); offset += 97) {
      await service.hover(file, text, offset);
      await service.complete(file, text, offset);
      await service.signatureHelp(file, text, offset);
    }
    const project = await service.loadProject(file);
    const environment = await workspace.readText(inventory);
    if (project === undefined || environment === undefined) continue;
    const make = (facts: readonly GivenFact[]): Draft =>
      draftPlan({ project, inventory: service.parseInventory(inventory, environment), inputs: {}, facts });
    const draft = make([]);
    previewText(draft, 0);
    if (draft.plan === undefined) continue;
    nodesOfPlan(draft.plan);
    plans += 1;
    await mustBeRefused(stateDirectory, folder, draft.plan, draft, make);
  }
  process.stdout.write(`looked at ${String(names.length)} files and ${String(plans)} plans, ${String(refusals)} refusals\n`);
  if ((await listRuns(stateDirectory)).length > 0) throw new Error('a run was begun');
}

let refusals = 0;

async function mustBeRefused(
  stateDirectory: string,
  baseDirectory: string,
  plan: Plan,
  draft: Draft,
  make: (facts: readonly GivenFact[]) => Draft,
): Promise<void> {
  const engine = createEngine({
    stateDirectory,
    version: '0.0.0',
    operator: 'nobody',
    baseDirectory,
    secret: () => Promise.resolve(undefined),
    assertMayAct: () => {
      throw new Refused();
    },
    ssh: { knownHosts: [], identities: [], trustUnknownKey: () => Promise.resolve(true), askSecret: () => Promise.resolve(undefined) },
  });
  await refused('start', () => engine.start({ plan, digest: draft.digest ?? '', facts: [], approval: 'flag' }));
  await refused('resume', () => engine.resume('20260101-0000-trap-aaaa', { onUnknown: 'rerun', approval: 'flag' }));
  if (draft.openRoles.length + draft.openFacts.length > 0)
    await refused('the questions to hosts', () =>
      settleDraft(
        engine,
        (facts) => Promise.resolve(make(facts)),
        [],
        () => Promise.resolve(undefined),
      ),
    );
}

async function refused(what: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw new Error(`${what} failed, but was not refused: ${(error as Error).message}`);
    refusals += 1;
    return;
  }
  throw new Error(`${what} was not refused`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 1;
});
