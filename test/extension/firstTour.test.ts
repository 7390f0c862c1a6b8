import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly walkthroughs: readonly {
      readonly title: string;
      readonly description: string;
      readonly steps: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;

/** Commands of VS Code itself that are named. */
const OF_THE_EDITOR = ['workbench.actions.view.problems', 'workbench.trust.manage', 'vscode.openFolder'];
const OURS = contributes.commands.map(({ command }) => command);
const VIEWS = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));

function isThere(command: string): boolean {
  return OURS.includes(command) || OF_THE_EDITOR.includes(command) || VIEWS.some((view) => command === `${view}.focus`);
}

/** What a key of the manifest says to the reader. */
function said(key: string): string {
  assert.match(key, /^%.+%$/);
  const text = words[key.slice(1, -1)];
  assert.ok(text !== undefined && text !== '', key);
  return text;
}

describe('the first tour', () => {
  it('has five or six steps, each with words and a picture that exist', () => {
    const [tour] = contributes.walkthroughs;
    assert.ok(tour !== undefined);
    said(tour.title);
    said(tour.description);
    assert.ok(tour.steps.length >= 5 && tour.steps.length <= 6);
    assert.equal(new Set(tour.steps.map(({ id }) => id)).size, tour.steps.length);
    for (const { title, description, media } of tour.steps) {
      said(title);
      assert.match(said(description), /\]\(command:/, 'each step can be taken at once');
      said(media.altText);
      assert.match(readFileSync(join(root, media.svg), 'utf8'), /^<svg [^>]*>[^]*<\/svg>\n$/);
    }
  });

  it('leads to commands that exist, like every other text of the manifest', () => {
    let links = 0;
    for (const [key, text] of Object.entries(words))
      for (const [, command = ''] of text.matchAll(/\]\(command:([^)?]+)/g)) {
        assert.ok(isThere(command), `${key}: ${command}`);
        links++;
      }
    assert.ok(links >= 8, String(links));
  });

  it('takes a step for done after something that can happen', () => {
    for (const { completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps))
      for (const event of completionEvents) {
        const [kind = '', name = ''] = event.split(/:(.*)/s);
        assert.ok(kind === 'onCommand' ? isThere(name) : kind === 'onView' && VIEWS.includes(name), event);
      }
  });

  it('is not the only way to a new runbook', () => {
    for (const menu of ['file/newFile', 'explorer/context'])
      assert.ok(
        contributes.menus[menu]?.some(({ command }) => command === 'runbook.newRunbook'),
        menu,
      );
    assert.ok(existsSync(join(root, 'media/walkthrough')));
    for (const { command, title } of contributes.commands) assert.notEqual(said(title), '', command);
  });
});
