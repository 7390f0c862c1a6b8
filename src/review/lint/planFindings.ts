import { carriedOver } from '../../language/index.js';
import type { Diagnostic, Checker, ParsedRunbook } from '../../language/index.js';
import type { PlanProblem } from '../../planner/index.js';

/** How long to work before others have their turn, in ms. */
const SLICE_MS = 10;

/** What the plans of one runbook show, and what it was found with. */
interface Found {
  readonly service: Checker;
  readonly documents: readonly ParsedRunbook[];
  readonly sound: boolean;
  readonly problems: readonly PlanProblem[];
}

/** How long work goes on, and who lets others have their turn meanwhile: both differ between a browser and Node. */
export interface Turns {
  /** Milliseconds since whenever. */
  now(): number;
  /** Resolves when others have had their turn. */
  pass(): Promise<void>;
}

/** What only the plans of runbooks show. A finding may lie in a file that a runbook uses; it is known until that runbook is forgotten or mended. */
export class PlanFindings {
  readonly #byRoot = new Map<string, Found>();
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Looks at the plans of a runbook, a little at a time; gives up as soon as nobody wants to know any more. */
  async find(root: string, service: Checker, isWanted: () => boolean): Promise<void> {
    const project = await service.loadProject(root);
    if (project === undefined || !isWanted()) return;
    const documents = [...project.known.values()];
    const known = this.#byRoot.get(root);
    // The same text gives the same document again.
    if (known?.service === service && isSame(known.documents, documents)) return;
    const { findInPlans } = await import('../../planner/index.js');
    const parts = findInPlans(project);
    for (let since = this.#turns.now(); ;) {
      const part = parts.next();
      if (part.done === true) {
        this.#byRoot.set(root, { service, documents, sound: project.sound, problems: part.value });
        return;
      }
      if (this.#turns.now() - since < SLICE_MS) continue;
      await this.#turns.pass();
      if (!isWanted()) return;
      since = this.#turns.now();
    }
  }

  forget(root: string): void {
    this.#byRoot.delete(root);
  }

  /** Files in which something was found. */
  get files(): readonly string[] {
    return [...this.#byRoot.values()].flatMap(({ problems }) => problems.map(({ file }) => file));
  }

  /**
   * What was found in a file, each thing once, in whatever runbooks it is used, at its places in this text. What was found where the text has been
   * edited since is left out until the plans are looked at again.
   */
  in(file: string, text: string): readonly Diagnostic[] {
    const found: Diagnostic[] = [];
    for (const { problems, documents } of this.#byRoot.values()) {
      const before = documents.find((document) => document.file === file)?.text ?? text;
      for (const problem of problems) {
        const diagnostic = problem.file === file ? carriedOver(problem.diagnostic, file, before, text) : undefined;
        const isKnown = found.some(({ code, range }) => code === diagnostic?.code && range.start === diagnostic.range.start);
        if (diagnostic !== undefined && !isKnown) found.push(diagnostic);
      }
    }
    return found;
  }

  /** Whether the plans of all these runbooks were looked at, and no error kept anything from being planned. */
  hasSeen(roots: readonly string[]): boolean {
    return roots.every((root) => {
      const found = this.#byRoot.get(root);
      return found?.sound === true && found.problems.every(({ diagnostic }) => diagnostic.severity !== 'error');
    });
  }
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((document, index) => document === right[index]);
}
