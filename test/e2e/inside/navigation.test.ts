import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const RUNBOOK = 'secret-server/secret_server.runbook.yaml';

function inWorkspace(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined);
  return vscode.Uri.joinPath(folder.uri, path);
}

function named({ uri, range }: { readonly uri: vscode.Uri; readonly range: vscode.Range }): string {
  return `${uri.path.split('/').at(-1) ?? ''}:${String(range.start.line + 1)}`;
}

describe('moving around in VS Code', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await vscode.workspace.openTextDocument(inWorkspace(RUNBOOK));
    await vscode.window.showTextDocument(document);
  });

  /** The place within the first occurrence of a text. */
  function at(text: string, further = 0): vscode.Position {
    const offset = document.getText().indexOf(text);
    assert.ok(offset >= 0, text);
    return document.positionAt(offset + further);
  }

  it('leads from a name to its declaration, in this file and in others', async () => {
    const found = (position: vscode.Position): Thenable<vscode.LocationLink[]> =>
      vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, position);
    const [link] = await found(at('host.url', 6));
    assert.ok(link !== undefined);
    assert.equal(document.getText(link.targetSelectionRange), 'url');
    const [procedure] = await found(at('setup.runbook.yaml#', 'setup.runbook.yaml#'.length + 1));
    assert.ok(procedure?.targetUri.path.endsWith('/setup.runbook.yaml'));
  });

  it('finds every place of a role, in runbooks and inventories', async () => {
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      at('\n  web:', 4),
    );
    const files = new Set(found.map((place) => named(place).split(':')[0]));
    assert.ok(
      files.has('secret_server.runbook.yaml') && files.has('lab.inventory.yaml') && files.has('staging.inventory.yaml'),
      [...files].join(),
    );
  });

  it('changes a name in all files, or says why not', async () => {
    const rename = (position: vscode.Position, name: string): Thenable<vscode.WorkspaceEdit> =>
      vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, position, name);
    const edit = await rename(at('\n  target:', 4), 'wanted');
    const files = edit.entries().map(([uri]) => uri.path.split('/').at(-1));
    assert.ok(files.includes('secret_server.runbook.yaml') && files.includes('staging.inventory.yaml'), files.join());
    assert.ok(edit.entries().every(([, edits]) => edits.every(({ newText }) => newText === 'wanted')));
    await assert.rejects(async () => rename(at('\n  target:', 4), 'clustering'), /already the name of an input/);
  });

  it('finds steps, roles and hosts of the workspace', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'web_token');
    const ours = found.filter(({ location }) => location.uri.path.includes('/secret-server/'));
    assert.ok(ours.length > 0 && ours.every(({ name }) => name === 'web_token'));
  });

  it('folds steps and grows a selection by what belongs together', async () => {
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    const steps = at('\nsteps:', 1).line;
    assert.ok(folds.some(({ start }) => start === steps));
    const position = at('inputs.target', 9);
    const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [position],
    );
    const grown: string[] = [];
    for (let range = selection; range !== undefined; range = range.parent as vscode.SelectionRange)
      grown.push(document.getText(range.range));
    assert.ok(grown.includes('target') && grown.includes('inputs.target'), grown.slice(0, 4).join(' | '));
  });

  it('keeps the paths right that lead to a file which gets another name', async () => {
    const folder = inWorkspace('moving');
    const [user, old] = ['user.runbook.yaml', 'old.runbook.yaml'].map((name) => vscode.Uri.joinPath(folder, name));
    assert.ok(user !== undefined && old !== undefined);
    const write = (uri: vscode.Uri, text: string): Thenable<void> => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      await write(user, 'runbook: v1\nid: user\ntitle: User\nsteps:\n  - { id: all, use: old.runbook.yaml }\n');
      await write(old, 'runbook: v1\nid: old\ntitle: Old\nsteps:\n  - { id: look, manual: Look. }\n');
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(old, vscode.Uri.joinPath(folder, 'parts', 'new.runbook.yaml'));
      assert.ok(await vscode.workspace.applyEdit(edit));
      const changed = await vscode.workspace.openTextDocument(user);
      assert.match(changed.getText(), /use: parts\/new\.runbook\.yaml/);
      await changed.save();
    } finally {
      await vscode.workspace.fs.delete(folder, { recursive: true });
    }
  });
});
