import { readFile } from 'node:fs/promises';

/** The parts of js-yaml that make events of a text. The others make values of them, and texts of values. */
const EVENT_PARTS = ['common/snippet', 'common/exception', 'parser/events', 'parser/parser_scalar', 'common/tagname', 'parser/parser'];
const PART = /^\/\/#region src\/(.+)\.ts\n([^]*?)^\/\/#endregion$/gm;
const EXPORTED = /^export \{([^}]*)\};$/m;

/** Modules of yaml that write YAML, or read versions and kinds of it that no runbook has. */
const WRITERS =
  /[\\/]yaml[\\/]browser[\\/]dist[\\/](?:stringify[\\/]\w+|parse[\\/]cst-(?:stringify|visit)|doc[\\/]applyReviver|schema[\\/](?:json[\\/]schema|yaml-1\.1[\\/](?:binary|bool|float|int|omap|pairs|schema|set|timestamp)))\.js$/;

/**
 * What reads YAML, without what writes it: neither library says for a part of itself that nobody needs it. What is left out throws where it is
 * called after all. Ends the build when a library is cut in another way than it was.
 * @type {import('esbuild').Plugin}
 */
export const readersOnly = {
  name: 'readers-only',
  setup(plugin) {
    plugin.onLoad({ filter: /js-yaml\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const parts = new Map([...text.matchAll(PART)].map(([, name = '', body = '']) => [name, body]));
      const missing = EVENT_PARTS.filter((name) => !parts.has(name));
      if (missing.length > 0) return { errors: [{ text: `js-yaml has no part ${missing.join(', ')}` }] };
      const body = EVENT_PARTS.map((name) => parts.get(name)).join('\n');
      const isDefined = (/** @type {string} */ name) =>
        new RegExp(`^(?:var|function|class) ${name.replaceAll('$', '\\$')}\\b`, 'm').test(body);
      const names = (EXPORTED.exec(text)?.[1] ?? '').split(',').map((name) => name.trim());
      return { contents: `${body}\nexport { ${names.filter(isDefined).join(', ')} };\n`, loader: 'js' };
    });
    plugin.onLoad({ filter: WRITERS }, async ({ path }) => {
      const names = (EXPORTED.exec(await readFile(path, 'utf8'))?.[1] ?? '').split(',').map((name) => name.trim());
      if (names.join('') === '') return { errors: [{ text: `${path} exports nothing that is known` }] };
      const left = names.map((name) => `export const ${name} = /* @__PURE__ */ leftOut('${name}');`);
      return { contents: `${LEFT_OUT}${left.join('\n')}\n`, loader: 'js' };
    });
  },
};

const LEFT_OUT = "const leftOut = (name) => () => { throw new Error(name + ' of yaml is not part of this program'); };\n";
