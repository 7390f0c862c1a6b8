/** Address of the repository without an ending; empty where `package.json` names none. Set when the command line is bundled. */
declare const REPOSITORY: string;

/** Address of the folder with a page `ID.md` for each rule, ending in `/`; undefined where no repository is known. */
export function rulePages(): string | undefined {
  return typeof REPOSITORY === 'string' && REPOSITORY !== '' ? `${REPOSITORY}/blob/main/docs/rules/` : undefined;
}
