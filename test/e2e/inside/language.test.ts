import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const MISTAKEN = `runbook: v1
id: mistaken
title: Mistaken
steps:
  - id: hello
    title: Say hello
    from: local
    run: echo hello
    tiemout: 5m
`;

const DISORDERLY = `runbook: v1
id: disorderly
title: Disorderly
roles: { app: { hosts: 1 } }
order: [ { first: { backup: app }, then: { upgrade: app }, because: A failed upgrade needs it. } ]
procedures:
  install:
    - { id: install, title: Install, on: app, manual: Install it., effects: [upgrade], verify: { host: reachable }, timeout: 5m, irreversible: It stays. }
steps:
  - { id: early, title: Install at once, use: "#install" }
`;

/** Waits for the findings of a document to be as wanted. */
async function findings(uri: vscode.Uri, wanted: (list: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
  const now = vscode.languages.getDiagnostics(uri);
  if (wanted(now)) return now;
  return new Promise((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      const list = vscode.languages.getDiagnostics(uri);
      if (!wanted(list)) return;
      listening.dispose();
      resolve(list);
    });
  });
}

describe('the language in VS Code', () => {
  let document: vscode.TextDocument;

  before(async () => {
    document = await vscode.workspace.openTextDocument({ language: 'runbook', content: MISTAKEN });
    await vscode.window.showTextDocument(document);
  });

  it('finds a mistake, says where it stands, and what was meant', async () => {
    const [finding, ...others] = await findings(document.uri, (list) => list.length > 0);
    assert.deepEqual(others, []);
    assert.match(finding?.message ?? '', /unknown key "tiemout".*"timeout"/);
    assert.equal(document.getText(finding?.range), 'tiemout');
  });

  it('offers what may stand there, and says what it means', async () => {
    const at = document.positionAt(document.getText().indexOf('tiemout'));
    const completions = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = completions.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('timeout'), labels.join(' '));
    const word = document.positionAt(document.getText().indexOf('from: local') + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, word);
    assert.ok(hovers.length > 0);
  });

  it('has nothing to say once the mistake is mended', async () => {
    const edit = new vscode.WorkspaceEdit();
    const start = document.getText().indexOf('tiemout');
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + 'tiemout'.length)), 'timeout');
    await vscode.workspace.applyEdit(edit);
    await findings(document.uri, (list) => list.length === 0);
  });

  it('knows the steps of the document', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    const names = (list: readonly vscode.DocumentSymbol[]): readonly string[] =>
      list.flatMap(({ name, children }) => [name, ...names(children)]);
    assert.ok(names(symbols).includes('Say hello'), names(symbols).join(', '));
  });

  it('shows an order that the plans break, the use that leads there, and nothing once it is mended', async () => {
    const disorderly = await vscode.workspace.openTextDocument({ language: 'runbook', content: DISORDERLY });
    const isBroken = ({ code }: vscode.Diagnostic): boolean => typeof code === 'object' && code.value === 'order-broken';
    const list = await findings(disorderly.uri, (found) => found.some(isBroken));
    const broken = list.find(isBroken);
    assert.equal(disorderly.getText(broken?.range), 'install');
    assert.match(broken?.message ?? '', /reached by use "#install", breaks the order "backup of app before upgrade of app"/);
    assert.deepEqual(
      broken?.relatedInformation?.map(({ location }) => disorderly.lineAt(location.range.start.line).text.trim().slice(0, 11)),
      ['order: [ { ', '- { id: ear'],
    );
    const edit = new vscode.WorkspaceEdit();
    const start = disorderly.getText().indexOf('order:');
    edit.delete(
      disorderly.uri,
      new vscode.Range(disorderly.positionAt(start), disorderly.positionAt(disorderly.getText().indexOf('procedures:'))),
    );
    await vscode.workspace.applyEdit(edit);
    await findings(disorderly.uri, (found) => !found.some(isBroken));
  });
});
