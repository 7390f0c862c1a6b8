import { readFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const IMPORT = /^import \{([^}]*)\} from '(\.{1,2}\/[^']*\/index\.js)';$/gm;
const PASSED_ON = /^export (?:\{([^}]*)\}|\*) from '(\.[^']+)\.js';$/gm;
const DEFINED = /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|enum) (\w+)/gm;

/** @type {Map<string, ReadonlyMap<string, string>>} */
const known = new Map();

/**
 * Where each value that a module offers is defined. What is written in a way this does not know is left out.
 * @param {string} file
 * @returns {ReadonlyMap<string, string>} files by names
 */
function offersOf(file) {
  const found = known.get(file);
  if (found !== undefined) return found;
  /** @type {Map<string, string>} */
  const offers = new Map();
  known.set(file, offers);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const [, name = ''] of text.matchAll(DEFINED)) offers.set(name, file);
  for (const [, names, path] of text.matchAll(PASSED_ON)) {
    const other = join(dirname(file), `${path}.ts`);
    const offered = offersOf(other);
    const wanted = names === undefined ? [...offered.keys()] : names.split(',').map((name) => name.trim());
    for (const name of wanted) {
      const place = offered.get(name);
      if (place !== undefined) offers.set(name, place);
    }
  }
  return offers;
}

/**
 * The bundler takes along whatever a façade passes on, as soon as one of its names is used: a part that needs one class of the engine would be
 * loaded with all of the engine. So what is imported from a façade is taken from where it is defined.
 * @param {string} source folder whose modules do nothing but define
 * @returns {import('esbuild').Plugin}
 */
export function pastFacades(source) {
  return {
    name: 'past-facades',
    setup(plugin) {
      plugin.onStart(() => known.clear());
      plugin.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!path.startsWith(source + sep)) return undefined;
        return { contents: direct(await readFile(path, 'utf8'), path), loader: 'ts' };
      });
    },
  };
}

/**
 * @param {string} text
 * @param {string} path
 */
function direct(text, path) {
  return text.replace(IMPORT, (whole, /** @type {string} */ names, /** @type {string} */ facade) => {
    const offers = offersOf(join(dirname(path), facade.replace(/\.js$/, '.ts')));
    const imports = names.split(',').map((part) => {
      const name = part.trim();
      const place = offers.get(name.split(' ')[0] ?? '');
      if (name === '') return '';
      return `import { ${name} } from '${place === undefined ? facade : address(path, place)}';`;
    });
    // As many lines as before: the map of the source counts them.
    return imports.join(' ') + '\n'.repeat(whole.split('\n').length - 1);
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
function address(from, to) {
  const path = relative(dirname(from), to).replaceAll(sep, '/').replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
