import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const TEXT = `runbook: v1
id: hints
title: Hints
inputs: { size: { type: integer, title: Size, default: 3 } }
steps:
  - { id: look, title: Look, from: local, run: date, when: inputs.size > 2, timeout: 90m }
`;

/** An answer as soon as it is as wanted; the last one when that takes too long. */
async function eventually<T>(ask: () => Thenable<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('what stands within and above the lines in VS Code', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await vscode.workspace.openTextDocument({ language: 'runbook', content: TEXT });
    await vscode.window.showTextDocument(document);
  });

  const all = (): vscode.Range => new vscode.Range(0, 0, document.lineCount, 0);

  it('colours names by their meaning', async () => {
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    const types = new Set(
      Array.from(
        data.filter((_, index) => index % 5 === 3),
        (type) => legend.tokenTypes[type],
      ),
    );
    for (const type of ['parameter', 'namespace', 'number', 'operator', 'label']) assert.ok(types.has(type), type);
  });

  it('says a time in words', async () => {
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all());
    assert.ok(hints.some(({ label }) => label === '1 hour and 30 minutes'));
  });

  it('leads to the plan, and from files on the disk to runs', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 50);
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => title.endsWith('Show plan')),
      titles.join(),
    );
    assert.ok(!titles.some((title) => title.endsWith(' Run')), 'a text without a file cannot be run');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder !== undefined);
    const file = vscode.Uri.joinPath(folder.uri, 'certificate-rotation/rotation.runbook.yaml');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    const ofFile = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file, 200);
    assert.ok(ofFile.some(({ command }) => command?.command === 'runbook.runStep'));
  });

  it('puts a dash where a list begins', async () => {
    const made = await vscode.workspace.openTextDocument({ language: 'runbook', content: 'steps:\n\n' });
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatOnTypeProvider',
      made.uri,
      new vscode.Position(1, 0),
      '\n',
      { tabSize: 2, insertSpaces: true },
    );
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      ['  - '],
    );
  });

  it('mends all that needs no decision at once', async () => {
    const content = TEXT.replace('title: Hints', 'title: !!str Hints');
    const made = await vscode.workspace.openTextDocument({ language: 'runbook', content });
    const kind = vscode.CodeActionKind.SourceFixAll.append('runbook').value;
    const ask = (): Thenable<vscode.CodeAction[]> =>
      vscode.commands.executeCommand('vscode.executeCodeActionProvider', made.uri, new vscode.Range(0, 0, 0, 0), kind);
    const actions = await eventually(ask, (found) => found.length > 0);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Mend all that needs no decision'],
    );
    const [edit] = actions[0]?.edit?.get(made.uri) ?? [];
    assert.deepEqual([edit?.newText, edit && made.getText(edit.range).trim()], ['', '!!str']);
  });

  it('writes brackets line by line', async () => {
    const at = document.positionAt(document.getText().indexOf('size:'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.RefactorRewrite.value,
    );
    assert.ok(actions.some(({ title }) => title === 'Write this mapping line by line'));
  });
});
