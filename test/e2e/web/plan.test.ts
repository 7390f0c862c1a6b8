import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the views of runbooks in a browser', () => {
  it('show the plan of a runbook beside its text', async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace !== undefined);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(workspace.uri, 'windows-patching/patching.runbook.yaml'));
    await vscode.commands.executeCommand('runbook.steps.focus');
    const isPlan = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputWebview && input.viewType.includes('runbook.plan');
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isPlan);
    const opened = new Promise<void>((resolve) => {
      const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (tabs().length === 0) return;
        listening.dispose();
        resolve();
      });
    });
    void vscode.commands.executeCommand('runbook.previewPlan');
    await opened;
    await vscode.window.tabGroups.close(tabs());
  });

  it('leave out what needs a machine', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(known.has('runbook.previewPlan') && known.has('runbook.chooseInventory'));
    for (const command of ['runbook.runAll', 'runbook.resume', 'runbook.openTerminal', 'runbook.compareWith'])
      assert.ok(!known.has(command), command);
    assert.ok(!known.has('runbook.runs.focus'), 'the view of runs is not there');
  });
});
