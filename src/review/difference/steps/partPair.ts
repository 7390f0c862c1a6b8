import type { ParsedRunbook, Project } from '../../../language/index.js';
import type { Danger } from '../change.js';
import type { ActSort } from '../flow/act.js';
import type { ChangeKind } from '../kinds.js';
import { isSame, partOf } from '../meaning.js';
import type { Names, ProjectNames } from '../names.js';
import type { Recorder, Spot } from '../recorder.js';

/** What is known wherever two runbooks are compared. */
export interface World {
  readonly old: Project;
  readonly now: Project;
  readonly names: ProjectNames;
  readonly recorder: Recorder;
}

/** A step, a method, an undo or a remedy, as it was written. */
export interface Part {
  readonly document: ParsedRunbook;
  readonly data: object;
}

/** The same part of a runbook before and after. */
export class PartPair {
  constructor(
    readonly world: World,
    readonly old: Part,
    readonly now: Part,
    /** How people know it: `"Stop the server"`, `the undo of "Stop the server"`. */
    readonly label: string,
    readonly path: string,
    readonly sort: ActSort,
  ) {}

  /** What is called otherwise in the new text. */
  get names(): Names {
    return this.world.names.in(this.old.document);
  }

  /** What a key meant, with the names of the new text; undefined where it was not there. */
  before(key: string): unknown {
    const value = partOf(this.old.data, key);
    return value === undefined ? undefined : this.names.renamed(value, key);
  }

  after(key: string): unknown {
    return partOf(this.now.data, key);
  }

  differs(key: string): boolean {
    return !isSame(this.before(key), this.after(key));
  }

  /** Tells of a key. Where it is gone, the new text has the step itself for its place. */
  tell(kind: ChangeKind, what: string, key: string, danger?: Danger): void {
    const before = Object.hasOwn(this.old.data, key);
    const after = Object.hasOwn(this.now.data, key);
    this.world.recorder.add(kind, what, {
      ...(before || !after ? { old: this.#spot(this.old, key, before) } : {}),
      now: this.#spot(this.now, key, after),
      path: this.path,
      about: key,
      ...(danger === undefined ? {} : { danger }),
    });
  }

  /** The same part of a part: a method, the undo. */
  inner(old: object, now: object, label: string, sort = this.sort): PartPair {
    return new PartPair(this.world, { ...this.old, data: old }, { ...this.now, data: now }, label, this.path, sort);
  }

  #spot({ document, data }: Part, key: string, has: boolean): Spot {
    return { document, container: data, ...(has ? { key } : {}) };
  }
}
