import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
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

  it('opens an example as a runbook, without a finding', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const example = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('sps.runbook.yaml'));
    assert.ok(example, 'the example is in the workspace');
    const document = await vscode.workspace.openTextDocument(join(folder, example));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'runbook');
    assert.deepEqual(
      vscode.languages.getDiagnostics(document.uri).map(({ message }) => message),
      [],
    );
  });
});
