import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
    readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly languages: readonly { readonly id: string; readonly configuration: string; readonly firstLine?: string }[];
    readonly taskDefinitions: readonly { readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
  };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** What each setting could do to a person, were a workspace to choose it. `nothing`: it decides what is marked in a text. */
const SETTINGS: Readonly<Record<string, string>> = {
  'runbook.ssh.knownHosts': 'a host that nobody knows is let in',
  'runbook.ssh.identities': 'a key of somebody else logs in, or the existence of a file is told',
  'runbook.ssh.useConfig': 'connections take another way than the person has configured',
  'runbook.secrets.command': 'a program is started',
  'runbook.stateDirectory': 'journals and output of runs are written where others read them',
  'runbook.lint.shellcheck': 'a program is started',
  'runbook.lint.profile': 'nothing',
  'runbook.lint.rules': 'nothing',
  'runbook.inlayHints.values': 'nothing',
  'runbook.inlayHints.plan': 'nothing',
};

/** Commands that begin or go on with a run, or connect to a host. */
const ACTS = ['runbook.runAll', 'runbook.runStep', 'runbook.runFrom', 'runbook.resume', 'runbook.takeOver'];

describe('what the extension declares', () => {
  const { properties } = manifest.contributes.configuration;
  const { untrustedWorkspaces } = manifest.capabilities;

  it('weighs every setting by what a workspace could do with it', () => {
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(SETTINGS).sort());
  });

  it('leaves a setting that could do harm to the machine, and to nobody in a workspace that is not trusted', () => {
    const harmful = Object.keys(SETTINGS).filter((name) => SETTINGS[name] !== 'nothing');
    for (const name of harmful) assert.equal(properties[name]?.scope, 'machine', name);
    assert.deepEqual([...untrustedWorkspaces.restrictedConfigurations].sort(), harmful.sort());
    assert.equal(untrustedWorkspaces.supported, 'limited');
  });

  it('suggests while a plain value is typed, which YAML takes for a string, and indents by two', () => {
    const { languages, configurationDefaults } = manifest.contributes;
    assert.deepEqual(
      Object.keys(configurationDefaults),
      languages.map(({ id }) => `[${id}]`),
    );
    for (const defaults of Object.values(configurationDefaults)) {
      assert.deepEqual(defaults['editor.quickSuggestions'], { other: true, comments: false, strings: true });
      assert.deepEqual([defaults['editor.insertSpaces'], defaults['editor.tabSize']], [true, 2]);
    }
  });

  it('knows a runbook by its first line, and an inventory by its name alone', () => {
    const [runbook, inventory] = manifest.contributes.languages;
    assert.ok(runbook?.firstLine !== undefined);
    const first = new RegExp(runbook.firstLine);
    for (const line of ['runbook: v1', 'runbook:  v1 # ours']) assert.match(line, first);
    for (const line of ['runbook: v12', 'runbook: vital', 'my_runbook: v1', '# runbook: v1']) assert.doesNotMatch(line, first);
    assert.equal(inventory?.firstLine, undefined);
  });

  it('lets Enter set the next line right', () => {
    for (const defaults of Object.values(manifest.contributes.configurationDefaults)) assert.equal(defaults['editor.formatOnType'], true);
  });

  it('closes the brackets of an expression within quotes', () => {
    for (const { configuration } of manifest.contributes.languages) {
      const { autoCloseBefore } = JSON.parse(readFileSync(join(root, configuration), 'utf8')) as { readonly autoCloseBefore: string };
      for (const next of ['"', "'", '}', ' ']) assert.ok(autoCloseBefore.includes(next), next);
    }
  });

  it('offers nothing that acts without trust', () => {
    for (const name of ACTS)
      assert.match(
        manifest.contributes.commands.find(({ command }) => command === name)?.enablement ?? '',
        /^isWorkspaceTrusted && /,
        name,
      );
    for (const { when } of manifest.contributes.taskDefinitions) assert.match(when ?? '', /isWorkspaceTrusted/);
  });

  it('begins with a runbook that is opened, and with nothing an address from outside could name', () => {
    assert.deepEqual(
      manifest.activationEvents.filter((event) => !/^(?:onTaskType|onWebviewPanel|workspaceContains):/.test(event)),
      [],
    );
  });

  it('trusts no Markdown, opens no command links, and answers no addresses', () => {
    const files = readdirSync(join(root, 'src/extension'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    assert.ok(files.length > 30);
    for (const file of files) {
      const text = readFileSync(join(root, 'src/extension', file), 'utf8');
      assert.doesNotMatch(
        text,
        /\bisTrusted\s*[:=](?!=)|\bsupportHtml\b|enableCommandUris:(?!\s*false)|registerUriHandler|\bsendText\b/,
        file,
      );
    }
  });

  it('offers what needs a machine only where there is one', () => {
    const folder = join(root, 'src/extension/commands');
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const known = new Map(
      texts.flatMap((text) =>
        [...text.matchAll(/export const (\w+): Command = \{\s*id: '([^']+)'/g)].map(([, name, id]) => [name, id] as const),
      ),
    );
    const listed = [...readFileSync(join(folder, 'runCommands.ts'), 'utf8').matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => known.get(name));
    assert.ok(listed.length > 10 && listed.every((id) => id !== undefined), listed.join());
    const { menus } = manifest.contributes;
    for (const id of listed) {
      assert.ok(
        menus['commandPalette']?.some(({ command }) => command === id),
        `${String(id)} in the palette`,
      );
      for (const [menu, entries] of Object.entries(menus))
        for (const { command, when } of entries)
          if (command === id) assert.ok(when === 'false' || when?.includes('(!isWeb || remoteName)') === true, `${id} in ${menu}`);
    }
  });
});
