import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOOKS, cursorIn, edited, layOut, placeOf } from './books.js';
import type { Folder } from './books.js';
import { LspClient } from './client.js';
import type { Json } from './client.js';

/** Abilities of an editor that can do everything. */
const ABLE = {
  textDocument: {
    completion: {
      completionItem: { snippetSupport: true, documentationFormat: ['markdown'], insertTextModeSupport: { valueSet: [1, 2] } },
    },
    hover: { contentFormat: ['markdown'] },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
  workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
};

/** Of one that can do next to nothing. */
const PLAIN = {};

const RESTART = BOOKS['restart.runbook.yaml'] as string;
const USED = BOOKS['used.runbook.yaml'] as string;
const BROKEN = RESTART.replace('on: app, check', 'on: apq, check');

describe('the language server', function () {
  this.timeout(90_000);
  let folder: Folder;
  let client: LspClient;

  beforeEach(() => {
    folder = layOut(BOOKS);
    client = new LspClient(folder.path);
  });
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  const uri = (name = 'restart.runbook.yaml'): string => folder.uriOf(name);
  const at = (position: object, name?: string): object => ({ textDocument: { uri: uri(name) }, position });

  describe('shows problems', () => {
    it('of broken text with their codes, none of sound text, and follows edits in place', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), BROKEN);
      client.open(uri('used.runbook.yaml'), USED);
      const [found] = await client.diagnostics(uri(), (all) => all.length > 0);
      assert.deepEqual([found.code, found.severity, found.source], ['undefined-role', 1, 'runbook']);
      assert.deepEqual(found.range.start, placeOf(BROKEN, 'apq'));
      assert.deepEqual(await client.diagnostics(uri('used.runbook.yaml'), () => true), []);
      const from = client.received.length;
      const { line, character } = placeOf(BROKEN, 'apq');
      const range = { start: { line, character: character + 2 }, end: { line, character: character + 3 } };
      const textDocument = { uri: uri(), version: 2 };
      client.tell('textDocument/didChange', { textDocument, contentChanges: [{ range, text: 'p' }] });
      assert.deepEqual(await client.diagnostics(uri(), () => true, from), []);
    });

    it('as the team has set them, and again when that changes on the disk', async () => {
      const unused = RESTART.replace('roles: {', 'inputs: { spare: { type: string, title: Spare, default: x } }\nroles: {');
      writeFileSync(join(folder.path, '.runbook-lint.yaml'), 'rules: { unused-declaration: error }\n');
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), unused);
      const [found] = await client.diagnostics(uri(), (all) => all.length > 0);
      assert.deepEqual([found.code, found.severity, found.tags], ['unused-declaration', 1, [1]]);
      const asked = await client.next(({ method }) => method === 'client/registerCapability', 'the wish to watch files');
      assert.match(JSON.stringify(asked.params), /runbook-lint\.yaml/);
      writeFileSync(join(folder.path, '.runbook-lint.yaml'), 'rules: { unused-declaration: "off" }\n');
      const from = client.received.length;
      client.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('.runbook-lint.yaml'), type: 2 }] });
      assert.deepEqual(await client.diagnostics(uri(), () => true, from), []);
    });

    it('that only plans show, when nobody types', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), RESTART.replace('on: app, check', 'on: app, when: 1 == 2, check'));
      await client.diagnostics(uri(), (all) => all.some(({ code }) => code === 'unreachable-step'));
    });

    it('in what is not saved of a file that another one uses', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri('used.runbook.yaml'), USED.replaceAll('server', 'machine'));
      client.open(uri(), RESTART);
      await client.diagnostics(uri(), (all) => all.some(({ message }) => message.includes('machine') || message.includes('server')));
    });
  });

  describe('completes', () => {
    const { text, position } = cursorIn(RESTART.replace('on: app, check', 'on: |, check'));

    it('names, at the place where they are wanted', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), text);
      const items: Json[] = await client.resultOf('textDocument/completion', at(position));
      const app = items.find(({ label }) => label === 'app');
      assert.equal(edited(text, [app.textEdit]), RESTART);
      assert.equal(app.insertTextMode, 1);
    });

    it('whole steps, with stops where the editor has them, and without where it has none', async () => {
      const step = cursorIn(`${RESTART}  - |\n`);
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), step.text);
      const snippets: Json[] = await client.resultOf('textDocument/completion', at(step.position));
      assert.ok(snippets.some(({ insertTextFormat, textEdit }) => insertTextFormat === 2 && /\$\{1/.test(textEdit.newText)));
      const other = new LspClient(folder.path);
      try {
        await other.initialize(PLAIN, [folder.uri]);
        other.open(uri(), step.text);
        const plain: Json[] = await other.resultOf('textDocument/completion', at(step.position));
        assert.equal(plain.length, snippets.length);
        for (const { insertTextFormat, textEdit, insertTextMode } of plain) {
          assert.deepEqual([insertTextFormat, insertTextMode], [1, undefined]);
          assert.doesNotMatch(textEdit.newText, /\$\{?\d/);
        }
      } finally {
        other.process.kill('SIGKILL');
      }
    });

    it('lines that come out at the same place in an editor that indents them itself', async () => {
      const step = cursorIn(`${RESTART}  - |\n`);
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), step.text);
      const asTheyStand: Json[] = await client.resultOf('textDocument/completion', at(step.position));
      const other = new LspClient(folder.path);
      try {
        await other.initialize({ textDocument: { completion: { completionItem: { snippetSupport: true } } } }, [folder.uri]);
        other.open(uri(), step.text);
        const items: Json[] = await other.resultOf('textDocument/completion', at(step.position));
        const long = items.filter(({ insertTextFormat, textEdit }) => insertTextFormat === 2 && textEdit.newText.includes('\n'));
        assert.ok(long.length > 0);
        for (const { label, textEdit } of long) {
          const whole = asTheyStand.find((item) => item.label === label).textEdit.newText;
          assert.equal(textEdit.newText.replaceAll(/\n(?!\n|$)/g, '\n  '), whole);
        }
      } finally {
        other.process.kill('SIGKILL');
      }
    });
  });

  it('explains what is under the pointer, in the form the editor reads', async () => {
    const capabilities = await client.initialize(ABLE, [folder.uri]);
    assert.equal(capabilities.hoverProvider, true);
    client.open(uri(), RESTART);
    const { contents, range } = await client.resultOf('textDocument/hover', at(placeOf(RESTART, 'check:')));
    assert.equal(contents.kind, 'markdown');
    assert.match(contents.value, /check/);
    assert.deepEqual(range.start, placeOf(RESTART, 'check:'));
    assert.equal(await client.resultOf('textDocument/hover', at({ line: 9999, character: 9999 })), null);
  });

  it('shows the parameters of a function', async () => {
    const call = cursorIn(RESTART.replace('on: app, check', "on: app, when: 'matches(|)', check"));
    await client.initialize(ABLE, [folder.uri]);
    client.open(uri(), call.text.replace("'matches(", '\'"a".matches('));
    const position = { line: call.position.line, character: call.position.character + 4 };
    const help = await client.resultOf('textDocument/signatureHelp', at(position));
    assert.match(help.signatures[0].label, /matches/);
    assert.equal(help.activeParameter, 0);
  });

  describe('follows names', () => {
    it('into the file that declares them', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), RESTART);
      const [link] = await client.resultOf('textDocument/definition', at(placeOf(RESTART, 'server: app')));
      assert.equal(link.targetUri, uri('used.runbook.yaml'));
      assert.deepEqual(link.targetSelectionRange.start, placeOf(USED, 'server'));
    });

    it('as plain locations for editors without links', async () => {
      await client.initialize(PLAIN, [folder.uri]);
      client.open(uri(), RESTART);
      const found = await client.resultOf('textDocument/definition', at(placeOf(RESTART, 'app, check')));
      assert.deepEqual(found[0].range.start, placeOf(RESTART, 'app'));
    });

    it('to every place, in the inventory too', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), RESTART);
      const params = { ...at(placeOf(RESTART, 'app:')), context: { includeDeclaration: true } };
      const found: Json[] = await client.resultOf('textDocument/references', params);
      assert.deepEqual(new Set(found.map((place) => place.uri)), new Set([uri(), uri('staging.inventory.yaml')]));
    });
  });

  describe('renames', () => {
    it('in every file, so that all is sound again', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), RESTART);
      client.open(uri('used.runbook.yaml'), USED);
      const position = placeOf(USED, 'server');
      const start = await client.resultOf('textDocument/prepareRename', at(position, 'used.runbook.yaml'));
      assert.equal(start.placeholder, 'server');
      const params = { ...at(position, 'used.runbook.yaml'), newName: 'machine' };
      const { documentChanges } = await client.resultOf('textDocument/rename', params);
      const texts = new Map<string, string>([
        [uri(), RESTART],
        [uri('used.runbook.yaml'), USED],
      ]);
      assert.equal(documentChanges.length, 2);
      for (const { textDocument, edits } of documentChanges) {
        assert.equal(textDocument.version, 1);
        texts.set(textDocument.uri, edited(texts.get(textDocument.uri) as string, edits));
      }
      assert.equal(texts.get(uri()), RESTART.replace('server: app', 'machine: app'));
      assert.equal(texts.get(uri('used.runbook.yaml')), USED.replaceAll('server', 'machine'));
    });

    it('nothing in a text that has changed since it was asked to', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), RESTART);
      client.open(uri('used.runbook.yaml'), USED);
      const asked = client.ask('textDocument/rename', { ...at(placeOf(USED, 'server'), 'used.runbook.yaml'), newName: 'machine' });
      client.tell('textDocument/didChange', {
        textDocument: { uri: uri('used.runbook.yaml'), version: 2 },
        contentChanges: [{ text: `# a line above\n${USED}` }],
      });
      const { error } = await asked;
      assert.equal(error?.code, -32801);
    });

    it('each place once where a folder is added later in another spelling', async () => {
      await client.initialize(ABLE, []);
      client.open(uri(), RESTART);
      client.tell('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: `${folder.uri}/`, name: 'later' }], removed: [] } });
      const params = { ...at(placeOf(RESTART, 'app')), newName: 'shop' };
      const { documentChanges } = await client.resultOf('textDocument/rename', params);
      const changed: string[] = documentChanges.map(({ textDocument }: Json) => textDocument.uri);
      assert.deepEqual(changed.sort(), [uri(), uri('staging.inventory.yaml')]);
    });

    it('nothing that has no name, and says why', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), RESTART);
      const { error } = await client.ask('textDocument/prepareRename', at(placeOf(RESTART, 'title')));
      assert.equal(error?.code, -32803);
      assert.match(error?.message ?? '', /nothing here has a name that can be changed/);
    });

    it('paths when a file moves', async () => {
      await client.initialize(PLAIN, [folder.uri]);
      const files = [{ oldUri: uri('used.runbook.yaml'), newUri: uri('parts/used.runbook.yaml') }];
      const { changes } = await client.resultOf('workspace/willRenameFiles', { files });
      assert.equal(edited(RESTART, changes[uri()]), RESTART.replace('used.runbook.yaml', 'parts/used.runbook.yaml'));
    });
  });

  it('offers the mend of a problem, and taking it mends', async () => {
    await client.initialize(ABLE, [folder.uri]);
    client.open(uri(), BROKEN);
    const start = placeOf(BROKEN, 'apq');
    const context = { diagnostics: [] };
    const params = { textDocument: { uri: uri() }, range: { start, end: start }, context };
    const actions: Json[] = await client.resultOf('textDocument/codeAction', params);
    const mend = actions.find(({ kind, diagnostics }) => kind === 'quickfix' && diagnostics?.[0].code === 'undefined-role');
    assert.equal(edited(BROKEN, mend.edit.documentChanges[0].edits), RESTART);
    const others = { ...params, context: { ...context, only: ['source'] } };
    assert.deepEqual(await client.resultOf('textDocument/codeAction', others), []);
  });

  it('mends all that needs no decision when it is asked for that', async () => {
    const tagged = BROKEN.replace('title: Restart', 'title: !!str Restart');
    await client.initialize(ABLE, [folder.uri]);
    client.open(uri(), tagged);
    const start = placeOf(tagged, 'apq');
    const params = (only: readonly string[]): object => ({
      textDocument: { uri: uri() },
      range: { start, end: start },
      context: { diagnostics: [], only },
    });
    for (const kind of ['source', 'source.fixAll', 'source.fixAll.runbook']) {
      const [action, ...others]: Json[] = await client.resultOf('textDocument/codeAction', params([kind]));
      assert.deepEqual([action.kind, others], ['source.fixAll.runbook', []]);
      const made = edited(tagged, action.edit.documentChanges[0].edits);
      assert.equal(made.replace(/title: +/, 'title: '), BROKEN, 'a misspelt name is left to a person');
    }
    const usual: Json[] = await client.resultOf('textDocument/codeAction', params(['quickfix']));
    assert.ok(usual.every(({ kind }) => kind === 'quickfix'));
  });

  it('colours by meaning, says times in words, and begins lists', async () => {
    const text = RESTART.replace('check: { host: reachable }', 'check: { that: host.name != "x" }, timeout: 90m').concat('finally:\n\n');
    const { semanticTokensProvider } = await client.initialize(ABLE, [folder.uri]);
    client.open(uri(), text);
    const textDocument = { uri: uri() };
    const { data } = await client.resultOf('textDocument/semanticTokens/full', { textDocument });
    const words: string[] = [];
    let [line, character] = [0, 0];
    for (let index = 0; index < data.length; index += 5) {
      line += data[index];
      character = data[index] === 0 ? character + data[index + 1] : data[index + 1];
      const word = (text.split('\n')[line] ?? '').slice(character, character + data[index + 2]);
      words.push(`${word} ${semanticTokensProvider.legend.tokenTypes[data[index + 3]]}`);
    }
    for (const wanted of ['app class', 'look label', 'host variable', 'name property', '!= operator', '"x" string'])
      assert.ok(words.includes(wanted), `${wanted} in ${words.join(', ')}`);
    const range = { start: { line: 0, character: 0 }, end: placeOf(text, 'finally') };
    const [hint, ...others]: Json[] = await client.resultOf('textDocument/inlayHint', { textDocument, range });
    assert.deepEqual([hint.label, others], ['1 hour and 30 minutes', []]);
    const position = { line: placeOf(text, 'finally').line + 1, character: 0 };
    const options = { tabSize: 4, insertSpaces: true };
    const edits = await client.resultOf('textDocument/onTypeFormatting', { textDocument, position, ch: '\n', options });
    assert.equal(edited(text, edits), text.replace('finally:\n', 'finally:\n  - '));
  });

  it('lays text out in the house style', async () => {
    await client.initialize(ABLE, [folder.uri]);
    client.open(uri(), RESTART.replace('title: Restart', 'title:    Restart'));
    const params = { textDocument: { uri: uri() }, options: { tabSize: 8, insertSpaces: false } };
    const edits = await client.resultOf('textDocument/formatting', params);
    assert.equal(edited(RESTART.replace('title: Restart', 'title:    Restart'), edits), RESTART);
  });

  it('gives outlines, links, folds and selections', async () => {
    await client.initialize(ABLE, [folder.uri]);
    client.open(uri(), RESTART);
    const textDocument = { uri: uri() };
    const symbols: Json[] = await client.resultOf('textDocument/documentSymbol', { textDocument });
    const steps = symbols.find(({ name }) => name === 'steps');
    assert.deepEqual(
      steps.children.map(({ name }: { name: string }) => name),
      ['Look', 'Again'],
    );
    const links: Json[] = await client.resultOf('textDocument/documentLink', { textDocument });
    assert.ok(links.some(({ target }) => target === uri('used.runbook.yaml')));
    const folds: Json[] = await client.resultOf('textDocument/foldingRange', { textDocument });
    assert.ok(folds.some(({ startLine }) => startLine === placeOf(RESTART, 'steps:').line));
    const positions = [placeOf(RESTART, 'Look')];
    const [selection] = await client.resultOf('textDocument/selectionRange', { textDocument, positions });
    assert.ok(selection.parent.parent !== undefined);
    const found: Json[] = await client.resultOf('workspace/symbol', { query: 'ping' });
    assert.deepEqual([found[0].name, found[0].location.uri], ['ping', uri('used.runbook.yaml')]);
  });

  it('gives the outline as a list where the editor has no trees', async () => {
    await client.initialize(PLAIN, [folder.uri]);
    client.open(uri(), RESTART);
    const symbols: Json[] = await client.resultOf('textDocument/documentSymbol', { textDocument: { uri: uri() } });
    assert.equal(symbols.find(({ name }) => name === 'Look').containerName, 'steps');
  });

  it('counts in bytes where the editor does', async () => {
    const capabilities = await client.initialize({ general: { positionEncodings: ['utf-32', 'utf-8', 'utf-16'] } }, [folder.uri]);
    assert.equal(capabilities.positionEncoding, 'utf-8');
    const text = BROKEN.replace('title: Look, on', 'title: "Schön 🦉", on');
    client.open(uri(), text);
    const [found] = await client.diagnostics(uri(), (all) => all.length > 0);
    const line = text.split('\n').find((one) => one.includes('apq')) as string;
    assert.equal(found.range.start.character, Buffer.byteLength(line.slice(0, line.indexOf('apq'))));
  });

  it('leaves other YAML alone', async () => {
    await client.initialize(ABLE, [folder.uri]);
    client.open(uri('other.yaml'), 'a: [');
    assert.equal(await client.resultOf('textDocument/hover', at({ line: 0, character: 0 }, 'other.yaml')), null);
    assert.equal(await client.resultOf('textDocument/completion', at({ line: 0, character: 4 }, 'other.yaml')), null);
  });

  describe('in a hostile tree', () => {
    it('reads nothing that lies outside, by a path or by a link', async () => {
      const outside = layOut({ 'secret.runbook.yaml': USED });
      try {
        symlinkSync(join(outside.path, 'secret.runbook.yaml'), join(folder.path, 'linked.runbook.yaml'));
        await client.initialize(ABLE, [folder.uri]);
        for (const path of ['linked.runbook.yaml', join(outside.path, 'secret.runbook.yaml').replace(/^/, '../../../../..')]) {
          const text = RESTART.replace('used.runbook.yaml', path);
          const from = client.received.length;
          client.open(uri(), text);
          const params = at(placeOf(text, 'server: app'));
          assert.ok(!JSON.stringify(await client.ask('textDocument/definition', params)).includes('secret.runbook.yaml'));
          await client.diagnostics(uri(), (all) => all.some(({ code }) => code === 'unreadable-use' || code === 'wrong-form'), from);
        }
        const found: Json[] = await client.resultOf('workspace/symbol', { query: 'ping' });
        assert.deepEqual(
          found.map(({ location }) => location.uri),
          [uri('used.runbook.yaml')],
        );
      } finally {
        outside.remove();
      }
    });

    it('answers for a text of any size in time', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.open(uri(), `${RESTART}${'#'.repeat(20_000_000)}`);
      await client.diagnostics(uri(), (all) => all.some(({ code }) => code === 'too-large'));
    });
  });

  describe('as a process', () => {
    it('ends with 0 after its leave is taken, and has said nothing but messages', async () => {
      await client.initialize(ABLE, [folder.uri]);
      assert.equal(await client.leave(), 0);
      assert.equal(client.strayOutput, '');
    });

    it('ends with 1 when it is left without a word', async () => {
      await client.initialize(ABLE, [folder.uri]);
      client.process.stdin.end();
      assert.equal(await client.exit, 1);
    });

    it('ends when the process that started it is gone', async () => {
      const parent = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
      await client.initialize(ABLE, [folder.uri], parent.pid ?? null);
      parent.kill('SIGKILL');
      assert.equal(await client.exit, 1);
    });

    it('answers broken requests with errors, and goes on', async () => {
      assert.equal((await client.ask('textDocument/hover', at({ line: 0, character: 0 }))).error?.code, -32002);
      await client.initialize(ABLE, [folder.uri]);
      assert.equal((await client.ask('textDocument/hover', at({ line: 0, character: 0 }))).error?.code, -32602);
      assert.ok((await client.ask('textDocument/hover', { nothing: 'right' })).error);
      assert.equal((await client.ask('runbook/none', {})).error?.code, -32601);
      client.sendRaw('{"jsonrpc": "2.0", "id": 99, ');
      client.tell('textDocument/didChange', {
        textDocument: { uri: uri('none.runbook.yaml'), version: 2 },
        contentChanges: [{ text: '' }],
      });
      client.open(uri(), RESTART);
      assert.ok(await client.resultOf('textDocument/hover', at(placeOf(RESTART, 'check:'))));
      await client.ask('shutdown', null);
      assert.equal((await client.ask('textDocument/hover', at({ line: 0, character: 0 }))).error?.code, -32600);
    });
  });
});
