import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';

const ID = 'runbook-studio.runbook-studio';

describe('the extension in VS Code', () => {
  it('is there and activates', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command it contributes', async () => {
    const extension = vscode.extensions.getExtension<unknown>(ID);
    await extension?.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const { contributes } = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('opens an example as a runbook without a finding, and finds a mistake that is typed', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const document = await vscode.workspace.openTextDocument(join(folder, 'sps/sps.runbook.yaml'));
    assert.equal(document.languageId, 'runbook');
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'tiemout: 5m\n'));
    assert.match((await findings(document.uri, (found) => found.length > 0)).join(), /tiemout/);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 1, 0)));
    assert.deepEqual(await findings(document.uri, (found) => found.length === 0), []);
  });
});

/** Messages of the diagnostics of a file, once they are as wanted; whatever they are after ten seconds. */
async function findings(uri: vscode.Uri, wanted: (found: readonly string[]) => boolean): Promise<readonly string[]> {
  const read = (): readonly string[] => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
  if (wanted(read())) return read();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, 10_000);
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (wanted(read())) done();
    });
    function done(): void {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
  });
  return read();
}
