import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const SPS = { runbook: 'sps/sps.runbook.yaml', inventory: 'sps/lab_single.inventory.yaml' };

/** Runs a task; resolves with the exit code of its process. */
async function exitCodeOf(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution.task.name !== task.name) return;
      listening.dispose();
      resolve(event.exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

describe('runbooks as tasks in VS Code', () => {
  it('offers a runbook with every inventory beside it', async () => {
    const offered = (await vscode.tasks.fetchTasks({ type: 'runbook' })).map(({ definition }) => definition);
    const inventories = offered.filter(({ runbook }) => runbook === SPS.runbook).map(({ inventory }) => String(inventory));
    for (const layout of ['single', 'pair', 'pair_minions', '']) {
      const file = layout === '' ? 'sps/staging.inventory.yaml' : `sps/lab_${layout}.inventory.yaml`;
      assert.ok(inventories.includes(file), file);
    }
  });

  it('ends with exit code 2 where the runbook cannot be run', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const broken = vscode.Uri.joinPath(folder.uri, 'broken.runbook.yaml');
    const inventory = vscode.Uri.joinPath(folder.uri, 'broken.inventory.yaml');
    const text = (lines: string): Uint8Array => new TextEncoder().encode(lines);
    await vscode.workspace.fs.writeFile(broken, text('runbook: v1\nid: broken\ntitle: Broken\nsteps: []\ntiemout: 5m\n'));
    await vscode.workspace.fs.writeFile(inventory, text('inventory: v1\nenvironment: nowhere\nhosts: {}\n'));
    const tasks = await vscode.tasks.fetchTasks({ type: 'runbook' });
    const task = tasks.find(({ definition }) => definition['runbook'] === 'broken.runbook.yaml');
    assert.ok(task, 'the new runbook is offered as a task');
    assert.equal(await exitCodeOf(task), 2);
  });
});
