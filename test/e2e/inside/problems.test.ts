import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Files of a folder, by name: all that the linter looks at, silences, lowers and raises. */
const FILES: Readonly<Record<string, string>> = {
  'texts.runbook.yaml': `runbook: v1
id: texts
title: What texts show
roles: { app: { hosts: 1 }, spare: { hosts: 1 } }
inputs: { wanted: { type: string, title: Wanted } }
steps:
  - id: install
    title: Install
    on: app
    run: |
      cd /srv
      ./install.sh $1
    effects: [upgrade]
  # runbook-lint-ignore change-without-verify, missing-timeout: the next step looks
  - { id: again, title: Again, on: app, run: echo $1, effects: [upgrade] }
  # runbook-lint-ignore shellcheck/SC2086: the words are meant
  - { id: words, title: Words, on: app, run: echo $2, timeout: 1m }
  # runbook-lint-ignore shellcheck/SC2086: nothing is here
  - { id: quoted, title: Quoted, on: app, run: echo "$2", timeout: 1m }
  - { id: nothing, title: Nothing, on: app, run: "true", timeout: 1m } # runbook-lint-ignore missing-timeout
`,
  'plans.runbook.yaml': `runbook: v1
id: plans
title: What plans show
roles: { app: { hosts: 1 } }
steps:
  - { id: never, title: Never, on: app, when: "1 == 2", run: "true", timeout: 1m }
  # runbook-lint-ignore unreachable-step: kept for later
  - { id: nor, title: Nor this, on: app, when: "1 == 2", run: "true", timeout: 1m }
  # runbook-lint-ignore unreachable-step: it is reached
  - { id: this, title: This, on: app, run: "true", timeout: 1m }
`,
  'left-out.runbook.yaml': 'runbook: v1\nid: left_out\n',
  'lab.inventory.yaml': 'inventory: v1\nenvironment: lab\nhosts: { a: { address: 127.42.0.1 } }\nroles: { app: [a] }\n',
};

const SOUND = `runbook: v1
id: left_out
title: Left out no longer
steps: [{ id: look, title: Look, from: local, run: date, timeout: 1m }]
`;

const CONFIGURATION = `profile: strict
rules: { missing-timeout: error, unused-declaration: off, shellcheck/SC2086: information }
exclude: ['**/left-out.*']
`;

/** What is marked, as the command line and the editor both can say it. */
interface Marked {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

const SEVERITIES = ['error', 'warning', 'information', 'hint'];

describe('the Problems view and the command line', () => {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const folder = join(workspace, 'judged');
  const configuration = join(workspace, '.runbook-lint.yaml');

  before(async () => {
    await mkdir(folder);
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    await writeFile(configuration, CONFIGURATION);
    const found = await vscode.workspace.findFiles('**/*.{runbook,inventory}.yaml');
    for (const uri of found) await vscode.workspace.openTextDocument(uri);
    for (const name of Object.keys(FILES)) await vscode.window.showTextDocument(vscode.Uri.file(join(folder, name)), { preview: false });
  });

  after(async () => {
    await rm(configuration);
    await rm(folder, { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('say the same of a folder: rules, plans, scripts, comments that silence, and settings of the team', async () => {
    const wanted = await linted(workspace);
    const rules = new Set(wanted.map(({ rule }) => rule));
    for (const rule of [
      'missing-timeout',
      'shellcheck/SC2086',
      'unreachable-step',
      'unused-suppression',
      'suppression-without-reason',
      'change-without-verify',
    ])
      assert.ok(rules.has(rule), `the folder shows ${rule}: ${[...rules].join()}`);
    assert.ok(!rules.has('unused-declaration'));
    assert.ok(wanted.every(({ file }) => !file.includes('left-out')));
    assert.deepEqual(await settled(() => marked(workspace), wanted), wanted);
  });

  it('say the same once nothing is left out: only then it is known what plans do not show', async () => {
    await writeFile(join(folder, 'left-out.runbook.yaml'), SOUND);
    await writeFile(configuration, CONFIGURATION.replace(/exclude.*\n/, ''));
    const wanted = await linted(workspace);
    assert.ok(wanted.some(({ message }) => message.startsWith('"unreachable-step" finds nothing here')));
    assert.deepEqual(await settled(() => marked(workspace), wanted), wanted);
  });

  it('lead from a finding to the page of its rule', async () => {
    const codes = vscode.languages.getDiagnostics(vscode.Uri.file(join(folder, 'texts.runbook.yaml'))).map(({ code }) => code);
    const targets = new Map(
      codes.map((code) => (typeof code === 'object' ? [String(code.value), code.target] : [String(code), undefined])),
    );
    assert.equal(targets.get('shellcheck/SC2086')?.toString(), 'https://www.shellcheck.net/wiki/SC2086');
    const page = targets.get('missing-timeout');
    assert.ok(page !== undefined, 'the rule has a page');
    assert.match((await vscode.workspace.openTextDocument(page)).getText(), /missing-timeout/);
  });

  it('offer what ShellCheck proposes', async () => {
    const document = await vscode.workspace.openTextDocument(join(folder, 'texts.runbook.yaml'));
    const at = vscode.languages.getDiagnostics(document.uri).find(({ message }) => message.startsWith('Double quote'))?.range;
    assert.ok(at !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, at);
    const proposed = actions.find(({ title }) => title.includes('ShellCheck'))?.edit;
    assert.ok(proposed !== undefined, actions.map(({ title }) => title).join());
    assert.deepEqual(
      proposed.get(document.uri).map(({ newText }) => newText),
      ['"', '"'],
    );
    assert.ok(actions.some(({ title }) => title === 'Suppress shellcheck/SC2086 with a reason'));
  });

  it('follow the settings of the team as they are typed, and mark what is wrong with them', async () => {
    const document = await vscode.workspace.openTextDocument(configuration);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 1, 0), 'profile: lenient\n');
    await vscode.workspace.applyEdit(edit);
    const [finding] = await findings(document.uri, (list) => list.length > 0);
    assert.equal(document.getText(finding?.range), 'lenient');
    assert.match(finding?.message ?? '', /minimal/);
    // Settings that are wrong do not count: the rule is a warning again.
    const texts = vscode.Uri.file(join(folder, 'texts.runbook.yaml'));
    await findings(texts, (list) => list.every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error));
    const back = new vscode.WorkspaceEdit();
    back.replace(document.uri, new vscode.Range(0, 0, 1, 0), 'profile: minimal\n');
    await vscode.workspace.applyEdit(back);
    await findings(document.uri, (list) => list.length === 0);
    const shown = await findings(texts, (list) => list.length === 0 || list.every(isSet));
    assert.ok(shown.every(isSet));
    await document.save();
  });
});

/** Set for its own rule, so that the profile has no say. */
function isSet({ code }: vscode.Diagnostic): boolean {
  return ['missing-timeout', 'shellcheck/SC2086'].includes(String(typeof code === 'object' ? code.value : code));
}

/** What the built command line says of a folder. */
async function linted(cwd: string): Promise<readonly Marked[]> {
  const args = [join(process.env['RUNBOOK_TEST_ROOT'] ?? '', 'dist/cli.mjs'), 'lint', '--shellcheck', '--format', 'json', '.'];
  const output = await new Promise<string>((resolve, reject) =>
    execFile(process.execPath, args, { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(stdout);
    }),
  );
  const { findings: list } = JSON.parse(output) as { findings: readonly Marked[] };
  return sorted(list.map(({ file, line, column, severity, rule, message }) => ({ file, line, column, severity, rule, message })));
}

/** What the editor marks in the files of a folder. */
function marked(folder: string): readonly Marked[] {
  const root = join(folder, '/');
  return sorted(
    vscode.languages
      .getDiagnostics()
      .filter(([uri]) => uri.scheme === 'file' && uri.fsPath.startsWith(root))
      .flatMap(([uri, list]) =>
        list.map(({ range, severity, code, message }) => ({
          file: uri.fsPath.slice(root.length),
          line: range.start.line + 1,
          column: range.start.character + 1,
          severity: SEVERITIES[severity] ?? '',
          rule: String(typeof code === 'object' ? code.value : code),
          message,
        })),
      ),
  );
}

function sorted(list: readonly Marked[]): readonly Marked[] {
  const key = ({ file, line, column, rule, message }: Marked): string => JSON.stringify([file, 1e6 + line, 1e6 + column, rule, message]);
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What is seen once it is as wanted; whatever it is after twenty seconds. */
async function settled<T>(look: () => T, wanted: T): Promise<T> {
  const isWanted = (): boolean => JSON.stringify(look()) === JSON.stringify(wanted);
  await until(isWanted);
  return look();
}

async function findings(uri: vscode.Uri, wanted: (list: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
  await until(() => wanted(vscode.languages.getDiagnostics(uri)));
  return vscode.languages.getDiagnostics(uri);
}

/** Resolves when something has become true about the diagnostics, or has not within twenty seconds. */
async function until(isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, 20_000);
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (isSo()) done();
    });
  });
}
