import { meaningOf } from '../../../language/index.js';
import type { ParsedRunbook, Project, Runbook } from '../../../language/index.js';
import { relativeFile } from '../../../planner/index.js';
import type { Data } from '../meaning.js';
import type { Spot } from '../recorder.js';

/** A file of a runbook that has its proper shape. */
export interface ReadDocument {
  readonly document: ParsedRunbook;
  readonly runbook: Runbook;
  /** The same with all that is only spelling made equal. */
  readonly meaning: Data;
  /** As seen from the folder of the runbook that is run; the runbook itself has none. */
  readonly name: string;
}

const known = new WeakMap<Project, readonly ReadDocument[]>();

/** The files that take part in a run, the runbook itself first. Those without their proper shape are left out. */
export function documentsOf(project: Project): readonly ReadDocument[] {
  let documents = known.get(project);
  if (documents === undefined) {
    documents = [...project.files.values()].flatMap((document) => {
      const { value: runbook } = document;
      if (runbook === undefined) return [];
      const name = document === project.root ? '' : relativeFile(project.root.file, document.file);
      return [{ document, runbook, meaning: meaningOf('runbook', runbook) as Data, name }];
    });
    known.set(project, documents);
  }
  return documents;
}

/** Something that a file declares: an input, an order, an advisory. */
export interface Declared {
  /** Its name; empty in a list without names. */
  readonly name: string;
  /** Its file, as {@link ReadDocument.name}. */
  readonly file: string;
  readonly meaning: unknown;
  readonly spot: Spot;
  /** As it is written. */
  readonly written: unknown;
}

/** Everything that the files of a project declare under a key: members by their names, items of a list by their `id`. */
export function declaredIn(project: Project, section: keyof Runbook): readonly Declared[] {
  return documentsOf(project).flatMap(({ document, runbook, meaning, name: file }): readonly Declared[] => {
    const written = runbook[section];
    const meant = meaning[section];
    if (typeof written !== 'object') return [];
    if (Array.isArray(written))
      return (written as readonly Data[]).map((item, index) => ({
        name: typeof item['id'] === 'string' ? item['id'] : '',
        file,
        meaning: (meant as readonly unknown[])[index],
        spot: { document, container: item },
        written: item,
      }));
    return Object.entries(written as Data).map(([name, item]) => ({
      name,
      file,
      meaning: (meant as Data)[name],
      spot: { document, container: written, key: name },
      written: item,
    }));
  });
}
