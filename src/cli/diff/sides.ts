import { createChecker } from '../../language/index.js';
import type { Checker, ParsedInventory, Project } from '../../language/index.js';

/** One of two states of a tree of runbooks. Names of files are relative to the top of it, with `/`. */
export interface Side {
  readonly name: string;
  readonly commit?: string;
  /** What a file says, as something that is equal for equal texts; undefined where there is none. */
  mark(file: string): string | undefined;
  /** Names of all documents, configurations and policies. */
  readonly files: readonly string[];
  /** Documents that are symbolic links or submodules, which are not read, with what they lead to. */
  readonly special: ReadonlyMap<string, string>;
  text(file: string): Promise<string | undefined>;
}

/** Reads the documents of one side. The language knows files by absolute names: the top of the tree is `/`. */
export class SideReader {
  readonly side: Side;
  readonly #service: Checker;

  constructor(side: Side) {
    this.side = side;
    this.#service = createChecker({ workspace: { readText: (file) => side.text(nameIn(file)) } });
  }

  async project(file: string | undefined): Promise<Project | undefined> {
    return file === undefined ? undefined : this.#service.loadProject(`/${file}`);
  }

  async inventory(file: string | undefined): Promise<ParsedInventory | undefined> {
    const text = file === undefined ? undefined : await this.side.text(file);
    return file === undefined || text === undefined ? undefined : this.#service.parseInventory(`/${file}`, text);
  }
}

/** The name of a file in its tree. */
export function nameIn(file: string): string {
  return file.startsWith('/') ? file.slice(1) : file;
}
