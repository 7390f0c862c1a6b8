import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine } from '../../../../src/engine/index.js';
import type { RunHandle } from '../../../../src/engine/index.js';
import type { RunEvent, RunState } from '../../../../src/events/index.js';
import { createLanguageService } from '../../../../src/language/index.js';
import { draftPlan } from '../../../../src/planner/index.js';
import { fileWorkspace } from '../../../../src/cli/workspace.js';
import type { Sshd } from '../../../support/sshd.js';
import type { Path, Place } from './documents.js';
import type { SinkContents } from './sinks.js';

/** The same run as the editor carries it out, in this process: with gates, terminals and a panel. */
export async function editorRun(
  path: Path,
  { folder, hidden, state, sshd }: Place & { readonly sshd: Sshd },
  secrets: readonly string[],
  contents: SinkContents,
): Promise<void> {
  const engine = createEngine({
    stateDirectory: join(state, 'editor'),
    version: 'test',
    operator: 'pat',
    baseDirectory: folder,
    assertMayAct: () => undefined,
    secret: (name) => {
      const value = secrets[Number(name.slice(1))];
      return Promise.resolve(value === undefined ? undefined : { value, from: 'what was typed' });
    },
    ssh: {
      knownHosts: [join(hidden, 'known_hosts')],
      identities: [sshd.identity],
      useConfig: false,
      trustUnknownKey: () => Promise.resolve(false),
      askSecret: () => Promise.resolve(undefined),
    },
  });
  for (const mark of ['failed-once', 'hold.done']) rmSync(join(hidden, mark), { force: true });
  // A runner of the command line that was killed may still hold them.
  const ignoredHostLocks = { near: 'the other run is over', far: 'the other run is over' };
  const { plan, digest } = await planned(folder);
  const handle = await engine.start({ plan, digest, facts: [], approval: 'ask', ignoredHostLocks });
  await follow(handle, path, join(hidden, 'hold.done'), contents);
  if (path !== 'crash') return;
  writeFileSync(join(hidden, 'hold.release'), '');
  await follow(await engine.resume(handle.run, { onUnknown: 'stop', approval: 'ask', ignoredHostLocks }), 'ok', '', contents);
}

async function planned(folder: string): Promise<{ plan: Parameters<ReturnType<typeof createEngine>['start']>[0]['plan']; digest: string }> {
  const service = createLanguageService({ workspace: fileWorkspace });
  const project = await service.loadProject(join(folder, 'canaries.runbook.yaml'));
  const inventory = join(folder, 'here.inventory.yaml');
  if (project === undefined) throw new Error('the runbook of the canaries cannot be read');
  const { plan, digest, problems } = draftPlan({
    project,
    inventory: service.parseInventory(inventory, readFileSync(inventory, 'utf8')),
    inputs: {},
    facts: [],
  });
  if (plan === undefined) throw new Error(problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  return { plan, digest };
}

/** Answers what it asks until it ends; a run that is to be interrupted is stopped once its last step has printed. */
async function follow(handle: RunHandle, path: Path, printed: string, contents: SinkContents): Promise<void> {
  const seen: { event: RunEvent; state: RunState }[] = [];
  handle.onOutput(({ text }) => {
    contents.giveOutput(text);
  });
  handle.onEvent((event, state) => {
    seen.push({ event, state });
    if (event.type !== 'gate_opened') return;
    const { gate } = event;
    queueMicrotask(() => {
      handle.answer(gate.id, gate.kind === 'confirm' ? { kind: 'approve' } : { kind: 'stop', why: 'It has been seen.' });
    });
  });
  let over = false;
  void handle.finished.then(() => (over = true));
  if (path === 'cancel' || path === 'crash') {
    while (!over && !existsSync(printed)) await sleep(50);
    await handle.stop('Interrupted.');
  }
  await handle.finished;
  contents.giveToEditor(seen);
}
