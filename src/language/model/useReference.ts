/** What a `use` names: a procedure or step of this file, another file, or a procedure or step in it. */
export interface UseReference {
  /** As written, relative to the runbook that names it. Absent: this file. */
  readonly file?: string;
  /** Id of a procedure or a step. Absent: the whole file. */
  readonly id?: string;
  /** With a range `a..b`: the id of the last step; `id` is the first. Both stand in one list. */
  readonly to?: string;
}

const SHAPE = /^(?:([^#]+?\.runbook\.ya?ml))?(?:#([a-z][a-z0-9_]*)(?:\.\.([a-z][a-z0-9_]*))?)?$/;

/** Takes `#id`, `#a..b`, `file.runbook.yaml`, `file.runbook.yaml#id` and `file.runbook.yaml#a..b` apart; undefined for anything else. */
export function parseUseReference(text: string): UseReference | undefined {
  const match = SHAPE.exec(text);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return undefined;
  const [, file, id, to] = match;
  return { ...(file === undefined ? {} : { file }), ...(id === undefined ? {} : { id }), ...(to === undefined ? {} : { to }) };
}

/**
 * The file that a relative reference means, seen from the file that holds it. Paths have `/` between their parts; a URI keeps its scheme.
 * An absolute reference or one with a scheme stays as it is.
 */
export function resolveFile(from: string, reference: string): string {
  if (/^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(reference)) return reference;
  // It fits every text: each part of it may be missing.
  const [root] = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:\/\/[^/]*)?\/?/.exec(from) as RegExpExecArray;
  const parts = from.slice(root.length).split('/').slice(0, -1);
  for (const part of reference.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return root + parts.join('/');
}
