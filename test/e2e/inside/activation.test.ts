import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const ID = 'runbook-studio.runbook-studio';

/** The clause of what needs more than a page in a browser. */
const WITH_A_MACHINE = '(!isWeb || remoteName)';

interface Contributed {
  readonly commands: readonly { readonly command: string }[];
  readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
}

/** Whether there is a machine behind the window: a page in a browser may have one, too. */
function hasMachine(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Desktop || vscode.env.remoteName !== undefined;
}

describe('the extension in VS Code', () => {
  it('is there and activates', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command it offers, and offers none that it does not know', async () => {
    const extension = vscode.extensions.getExtension<unknown>(ID);
    await extension?.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const { contributes } = extension?.packageJSON as { contributes: Contributed };
    const entries = Object.values(contributes.menus).flat();
    const shownWhen = (id: string): readonly string[] =>
      entries.filter(({ command, when }) => command === id && when !== 'false').map(({ when }) => when ?? '');
    const needsMachine = (id: string): boolean => {
      const clauses = shownWhen(id);
      return clauses.length > 0 && clauses.every((clause) => clause.includes(WITH_A_MACHINE));
    };
    const offered = contributes.commands.map(({ command }) => command).filter((command) => hasMachine() || !needsMachine(command));
    assert.ok(offered.length > 3);
    assert.deepEqual(
      offered.filter((command) => !known.has(command)),
      [],
    );
    const ours = contributes.commands.map(({ command }) => command).filter((command) => known.has(command));
    assert.deepEqual(
      ours.filter((command) => !offered.includes(command)),
      [],
    );
  });

  it('opens an example as a runbook without a finding, and finds a mistake that is typed', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder !== undefined);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'sps/sps.runbook.yaml'));
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
