/** What the server sees of the disk. Whoever starts it says how, and keeps to the trees that are named. Paths are absolute, with `/`. */
export interface DiskFiles {
  /** The tree a folder belongs to: the repository it lies in, else the folder itself. */
  treeOf(folder: string): Promise<string>;
  /** Text of a regular file that lies in one of the trees, wherever links lead; undefined when there is none. */
  readText(file: string, trees: readonly string[]): Promise<string | undefined>;
  /** Runbooks and inventories in a folder, and in those below it where `deep`; at most some thousands. Follows no links. */
  documentsIn(folder: string, deep: boolean): Promise<readonly string[]>;
}
