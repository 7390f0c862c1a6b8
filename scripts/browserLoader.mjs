/**
 * Begins a program in the extension host of a browser, and finds its parts: those that came with it, and those that are read when they are wanted.
 * Each is made once. The text of this function is put into the program, so it uses nothing but what it is given.
 * @param {Record<string, (module: { exports: any }, exports: object, require: object) => void>} parts those that are there, by name
 * @param {Readonly<Record<string, readonly string[]>>} ways what goes with each later part, itself among it
 * @param {{ readonly folder: string, readonly entry: string }} names of the folder in `dist` with the later parts, and of the first one
 * @param {(id: string) => any} ask the `require` of the host, which knows `vscode` alone
 * @returns {{ activate: (context: { readonly extensionUri: object }) => unknown }}
 */
export function beginProgram(parts, ways, { folder, entry }, ask) {
  /** @type {Map<string, { exports: any }>} */
  const made = new Map();
  /** @type {object | undefined} */
  let home;

  const nameOf = (/** @type {string} */ id) => id.replace(/^.*\//, '').replace(/\.mjs$/, '');

  const load = (/** @type {string} */ id) => {
    if (id === 'vscode') return ask(id);
    const name = nameOf(id);
    const known = made.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    made.set(name, module);
    parts[name]?.(module, module.exports, load);
    return module.exports;
  };

  load.later = async (/** @type {string} */ id) => {
    const { Uri, workspace } = ask('vscode');
    const read = async (/** @type {string} */ part) => {
      if (parts[part] !== undefined) return;
      const file = Uri.joinPath(home, 'dist', folder, `${part}.cjs`);
      const text = new TextDecoder().decode(await workspace.fs.readFile(file));
      parts[part] ??= /** @type {any} */ (new Function('module', 'exports', 'require', `${text}\n//# sourceURL=${file}`));
    };
    await Promise.all((ways[nameOf(id)] ?? []).map(read));
    return load(id);
  };

  return {
    activate(context) {
      home = context.extensionUri;
      return load(entry).activate(context);
    },
  };
}
