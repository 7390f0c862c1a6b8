import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

const UNTIDY = `runbook: v1
id: writing
title: Writing
roles: {web: {hosts: 2..}}
steps:
    - id: look
      title: Look
      on:   web
      check: {host: reachable}
    - id: settle
      title: Settle
      on: web
      run:   "systemctl is-active shop"
      when: host.address.startsWith( "10." )
`;

const BARE = `runbook: v1
id: bare
title: Bare
roles: { web: { hosts: 2.. } }
documents: { vendor: { title: Guide, link: "https://docs.example.com/guide" } }
steps:
  - id: look
    title: Look
    on: web
    check: { host: reachable }
`;

interface Snippet {
  readonly isFileTemplate?: boolean;
  readonly prefix?: string;
  readonly body: readonly string[];
}

async function opened(content: string, language = 'runbook'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

async function findings(uri: vscode.Uri, wanted: (list: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
  const until = Date.now() + 60_000;
  for (;;) {
    const list = vscode.languages.getDiagnostics(uri);
    if (wanted(list)) return list;
    if (Date.now() > until) throw new Error(list.map(({ message }) => message).join('\n') || 'nothing was found');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function apply({ document }: vscode.TextEditor, edits: readonly vscode.TextEdit[]): Promise<string> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...edits]);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document.getText();
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('runbook-studio.runbook-studio');
  assert.ok(found !== undefined);
  return found;
}

describe('writing in VS Code', function () {
  this.timeout(120_000);
  const formatting = { tabSize: 2, insertSpaces: true };

  it('tidies a whole text up, and changes nothing but space', async () => {
    const editor = await opened(UNTIDY);
    const { uri } = editor.document;
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', uri, formatting);
    const made = await apply(editor, edits);
    assert.notEqual(made, UNTIDY);
    assert.equal(made.replace(/\s/g, ''), UNTIDY.replace(/\s/g, ''));
    assert.match(made, /\n {2}- id: look\n {4}title: Look\n {4}on: web\n/);
  });

  it('tidies up what is selected, and nothing else', async () => {
    const { document } = await opened(UNTIDY);
    const line = document.positionAt(UNTIDY.indexOf('roles:')).line;
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatRangeProvider',
      document.uri,
      document.lineAt(line).range,
      formatting,
    );
    assert.ok(edits.length > 0);
    assert.deepEqual([...new Set(edits.flatMap(({ range }) => [range.start.line, range.end.line]))], [line]);
  });

  it('shows the parameters of a function while its call is typed', async () => {
    const { document } = await opened(UNTIDY);
    const inside = document.positionAt(UNTIDY.indexOf('startsWith(') + 'startsWith('.length);
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      document.uri,
      inside,
      '(',
    );
    assert.match(help.signatures[0]?.label ?? '', /startsWith/);
  });

  it('offers what a step lacks, and what can be made of it', async () => {
    const editor = await opened(BARE.replace('    check: { host: reachable }\n', ''));
    const { document } = editor;
    const [finding] = await findings(document.uri, (list) => list.some(({ code }) => JSON.stringify(code).includes('missing-key')));
    assert.ok(finding !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
    );
    const action = actions.find(({ title }) => title.startsWith('Add "check"'));
    assert.ok(action?.edit !== undefined, actions.map(({ title }) => title).join('; '));
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(document.getText(), /\n {4}check: \{ host: reachable \}/);
    const grep = await opened(BARE.replace('check: { host: reachable }', 'check: { command: { run: systemctl is-active shop } }'));
    const at = grep.document.positionAt(grep.document.getText().indexOf('systemctl'));
    const rewritings = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      grep.document.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.Refactor.value,
    );
    assert.ok(rewritings.length > 0);
  });

  it('makes links of addresses', async () => {
    const { document } = await opened(BARE);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 100);
    assert.ok(links.some(({ target }) => target?.toString() === 'https://docs.example.com/guide'));
  });

  it('fills an empty file from a snippet that has nothing against it, and offers none in the midst of a text', async () => {
    const { contributes } = extension().packageJSON as { contributes: { snippets: readonly { language: string; path: string }[] } };
    let filled = 0;
    // An inventory is known by the name of its file, which a text that was never saved does not have.
    for (const { language, path } of contributes.snippets.filter(({ language }) => language === 'runbook')) {
      const file = vscode.Uri.joinPath(extension().extensionUri, path).fsPath;
      const snippets = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Snippet>>;
      for (const [name, { body, isFileTemplate, prefix }] of Object.entries(snippets)) {
        assert.equal(prefix, undefined, name);
        if (isFileTemplate !== true) continue;
        filled++;
        const editor = await opened('', language);
        await editor.insertSnippet(new vscode.SnippetString(body.join('\n')), new vscode.Position(0, 0), {
          undoStopBefore: true,
          undoStopAfter: true,
          keepWhitespace: true,
        });
        assert.match(editor.document.getText(), /^runbook: v1\nid: sample\n/);
        await findings(editor.document.uri, (list) => list.length === 0);
      }
    }
    assert.ok(filled >= 4, String(filled));
  });

  it('writes a new runbook from a template, with the first place to fill in selected', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder !== undefined);
    const place = vscode.Uri.joinPath(folder.uri, 'new-runbooks');
    await vscode.workspace.fs.createDirectory(place);
    try {
      const made = await vscode.commands.executeCommand<string>('runbook.newRunbook', place, { template: 'ha-pair', name: 'night' });
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor !== undefined);
      assert.equal(editor.document.uri.toString(), made);
      assert.ok(made.endsWith('/new-runbooks/night.runbook.yaml'));
      assert.equal(editor.document.getText(editor.selection), 'night');
      assert.match(Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(made))).toString(), /^runbook: v1\nid: night\n/);
      // Never over a file that is there.
      const before = editor.document.getText();
      assert.equal(await vscode.commands.executeCommand('runbook.newRunbook', place, { template: 'first-step', name: 'night' }), undefined);
      assert.equal(editor.document.getText(), before);
      const inventory = await vscode.commands.executeCommand<string>('runbook.newInventory', vscode.Uri.parse(made), { name: 'near' });
      assert.ok(inventory.endsWith('/new-runbooks/near.inventory.yaml'));
      const written = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.match(written, /\n {2}node: \[node_1, node_2\]\n/);
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.workspace.fs.delete(place, { recursive: true });
    }
  });
});
