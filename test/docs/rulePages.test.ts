import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationOf, judge, parseConfiguration, RULE_CARDS } from '../../src/review/index.js';
import { citations } from '../../scripts/rules/citations.js';
import { rulesSetting } from '../../scripts/rules/setting.js';
import { serviceOnDisk } from '../support/language/service.js';
import { UNSHOWN } from '../support/language/unshown.js';

const root = join(import.meta.dirname, '..', '..');
const pages = join(root, 'docs', 'rules');
const fixtures = join(root, 'test', 'fixtures', 'rules');
/** No text of a few lines shows these: what they are about is a file system, a baseline, a program, or too much of something. */
const WITHOUT_EXAMPLE = new Set([...UNSHOWN, 'too-many-variants', 'shellcheck', 'stale-baseline', 'unreadable-file']);

describe('rules and their pages', () => {
  it('have one card for each id', () => {
    const ids = RULE_CARDS.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
  });

  it('cite what there is, and every threat that is described is cited', () => {
    const known = citations(root);
    const cited = new Set(RULE_CARDS.flatMap(({ cites }) => cites));
    for (const { id, cites } of RULE_CARDS) {
      assert.ok(cites.length > 0, `${id} cites something`);
      for (const cite of cites) assert.ok(known.has(cite), `${id} cites ${cite}`);
    }
    assert.deepEqual(
      [...known.keys()].filter((cite) => cite.startsWith('threat') && !cited.has(cite)),
      [],
    );
  });

  it('link to sources and to one another, and to nothing that is not there', () => {
    for (const name of readdirSync(pages)) {
      for (const [, target = ''] of readFileSync(join(pages, name), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
        assert.ok(existsSync(join(pages, target)), `${name} links to ${target}`);
    }
    const threats = readFileSync(join(root, 'docs', 'threats.md'), 'utf8')
      .split(/^## /m)
      .slice(1);
    for (const threat of threats) assert.match(threat, /Sources: \[[^\]]+\]\(https:\/\//);
  });

  it('show a bad and a good example, save where no short text can', () => {
    for (const { id } of RULE_CARDS) {
      const page = readFileSync(join(pages, `${id}.md`), 'utf8');
      assert.equal(/^## Bad$/m.test(page) && /^## Good$/m.test(page), !WITHOUT_EXAMPLE.has(id), id);
    }
  });

  it('say of errors that they cannot be silenced, and only of those', () => {
    for (const { id, severity } of RULE_CARDS)
      assert.equal(readFileSync(join(pages, `${id}.md`), 'utf8').includes('cannot be silenced'), severity === 'error', id);
  });

  for (const id of ['suppression-without-reason', 'unused-suppression', 'suppressed-error']) {
    it(`show what ${id} finds`, async () => {
      const codesOf = async (kind: string): Promise<readonly string[]> => {
        const file = join(fixtures, id, `${kind}.runbook.yaml`);
        const text = readFileSync(file, 'utf8');
        const diagnostics = await serviceOnDisk().diagnose(file);
        return judge({ text, diagnostics, plansSeen: true, scriptsSeen: true }, configurationOf()).findings.map(({ code }) => code);
      };
      assert.ok((await codesOf('bad')).includes(id));
      assert.deepEqual(await codesOf('good'), []);
    });
  }

  it('show what invalid-configuration finds', () => {
    const [bad, good] = ['bad', 'good'].map((kind) =>
      parseConfiguration(
        '/.runbook-lint.yaml',
        readFileSync(join(fixtures, 'invalid-configuration', `${kind}.configuration.yaml`), 'utf8'),
      ),
    );
    assert.equal(bad?.diagnostics.length, 3);
    assert.deepEqual(good?.diagnostics, []);
  });

  it('show settings that are sound', () => {
    for (const { id, options } of RULE_CARDS) {
      const page = readFileSync(join(pages, `${id}.md`), 'utf8');
      const shown = [...page.matchAll(/```yaml\n((?:# \.runbook-lint\.yaml\n)?rules:\n[^`]*)```/g)].map((match) => match[1] ?? '');
      if (id !== 'invalid-configuration')
        for (const text of shown) assert.deepEqual(parseConfiguration('/.runbook-lint.yaml', text).diagnostics, [], text);
      assert.equal(/^## Options$/m.test(page), options.length > 0, id);
    }
  });
});

describe('the setting runbook.lint.rules', () => {
  const setting = rulesSetting(RULE_CARDS) as { readonly properties: Readonly<Record<string, unknown>> };

  it('knows every rule of which something can be set, and no other', () => {
    const settable = RULE_CARDS.filter(({ id, severity, options }) => id !== 'shellcheck' && (severity !== 'error' || options.length > 0));
    assert.deepEqual(Object.keys(setting.properties).sort(), settable.map(({ id }) => id).sort());
  });

  it('stands in the manifest as it is generated', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, unknown> } };
    };
    assert.deepEqual(manifest.contributes.configuration.properties['runbook.lint.rules'], JSON.parse(JSON.stringify(setting)));
  });
});
