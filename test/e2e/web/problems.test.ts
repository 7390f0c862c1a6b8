import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const UNSILENCED = `runbook: v1
id: judged
title: What is judged in a browser
steps:
  - { id: slow, title: Slow, from: local, run: date }
`;

/** Resolves when the findings of a file are as wanted; mocha's own limit ends the wait. */
async function findings(uri: vscode.Uri, wanted: (codes: readonly string[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
  const codes = (): readonly string[] =>
    vscode.languages.getDiagnostics(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code));
  if (!wanted(codes())) {
    await new Promise<void>((resolve) => {
      const listening = vscode.languages.onDidChangeDiagnostics(() => {
        if (!wanted(codes())) return;
        listening.dispose();
        resolve();
      });
    });
  }
  return vscode.languages.getDiagnostics(uri);
}

describe('problems in a browser', () => {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(workspace !== undefined);
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(workspace.uri, path);
  const write = (path: string, text: string): Thenable<void> => vscode.workspace.fs.writeFile(at(path), new TextEncoder().encode(text));
  const configuration = '.runbook-lint.yaml';
  const runbook = 'judged/judged.runbook.yaml';

  after(async () => {
    await vscode.workspace.fs.delete(at(configuration));
    await vscode.workspace.fs.delete(at('judged'), { recursive: true });
  });

  it('come by the settings of the team, which lie in no folder of a machine', async () => {
    await write(runbook, UNSILENCED);
    const document = await vscode.workspace.openTextDocument(at(runbook));
    assert.notEqual(document.uri.scheme, 'file');
    const [before] = await findings(document.uri, (codes) => codes.includes('missing-timeout'));
    assert.equal(before?.severity, vscode.DiagnosticSeverity.Warning);
    await write(configuration, 'rules: { missing-timeout: off }\n');
    await findings(document.uri, (codes) => !codes.includes('missing-timeout'));
    await write(configuration, 'rules: { missing-timeout: error }\n');
    const [after] = await findings(document.uri, (codes) => codes.includes('missing-timeout'));
    assert.equal(after?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('lead to the pages of their rules', async () => {
    const [found] = await findings(at(runbook), (codes) => codes.includes('missing-timeout'));
    const target = typeof found?.code === 'object' ? found.code.target : undefined;
    assert.ok(target !== undefined, 'the rule has a page');
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(target)), /missing-timeout/);
  });

  it('are mended by what is offered', async () => {
    const document = await vscode.workspace.openTextDocument(at(runbook));
    const [found] = await findings(document.uri, (codes) => codes.includes('missing-timeout'));
    assert.ok(found !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    assert.ok(
      actions.some(({ title }) => title === 'Suppress missing-timeout with a reason'),
      actions.map(({ title }) => title).join(),
    );
  });

  it('are found in what a runbook uses, and nothing is read outside of the folder', async () => {
    const outside = vscode.Uri.joinPath(workspace.uri, '../outside.runbook.yaml');
    await vscode.workspace.fs.writeFile(
      outside,
      new TextEncoder().encode('runbook: v1\nid: outside\ntitle: Outside\nsteps: [{ id: a, manual: Look. }]\n'),
    );
    await write(
      'judged/user.runbook.yaml',
      'runbook: v1\nid: user\ntitle: User\nsteps:\n  - { id: all, use: ../../outside.runbook.yaml }\n',
    );
    const user = await vscode.workspace.openTextDocument(at('judged/user.runbook.yaml'));
    const list = await findings(user.uri, (codes) => codes.length > 0);
    assert.ok(
      list.some(({ message }) => message.includes('outside.runbook.yaml')),
      list.map(({ message }) => message).join(),
    );
    await vscode.workspace.fs.delete(outside);
  });
});
