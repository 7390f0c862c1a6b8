import { main } from '../../../src/cli/main.js';
import type { Linted, LintTree } from '../../support/linting.js';

/** What `--format json` says, as far as tests look at it. */
export interface JsonDiff {
  readonly fails: boolean;
  readonly counts: Readonly<Record<'dangerous' | 'notable' | 'harmless', number>>;
  readonly documents: readonly {
    readonly kind: string;
    readonly file: string;
    readonly old_file?: string;
    readonly state: string;
    readonly changes: readonly {
      readonly kind: string;
      readonly danger: string;
      readonly what: string;
      readonly minded: boolean;
      readonly old?: { readonly file: string; readonly line: number };
      readonly new?: { readonly file: string; readonly line: number };
    }[];
    readonly variants?: { readonly compared: number; readonly deltas: readonly object[]; readonly limits: readonly string[] };
    readonly environment?: { readonly deltas: readonly { readonly lines: readonly { readonly sign: string; readonly what: string }[] }[] };
  }[];
}

/** Calls `runbook diff` in a folder of a tree. */
export async function review(
  tree: LintTree,
  words: readonly string[],
  folder = '.',
  env: NodeJS.ProcessEnv = process.env,
): Promise<Linted> {
  let [out, err] = ['', ''];
  const code = await main(['diff', ...words], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    interactive: false,
    columns: () => undefined,
    color: false,
    cwd: tree.path(folder),
    env,
  });
  return { code, out, err };
}

/** The report as JSON; throws what was complained about where there is none. */
export async function reviewJson(tree: LintTree, words: readonly string[], folder?: string): Promise<JsonDiff> {
  const { out, err } = await review(tree, [...words, '--format', 'json'], folder);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as JsonDiff;
}

/** Each change in one line: where it is, how dangerous, and of which kind. */
export function changesIn({ documents }: JsonDiff): readonly string[] {
  return documents.flatMap(({ changes }) =>
    changes.map(({ kind, danger, ...place }) => {
      const at = place.new ?? place.old;
      return `${at?.file ?? ''}:${String(at?.line ?? 0)} ${danger} ${kind}`;
    }),
  );
}

const HEAD = 'roles: { app: { hosts: 1.., platforms: [linux] }, db: { hosts: 1 } }\n';

/** A gate; nothing is found in it. */
export const GATE =
  '  - id: ask\n    title: Ask somebody\n    manual: Ask whether it may be.\n    approver: other_person\n    evidence: [{ attest: It may be }]\n';
/** A step that acts; nothing is found in it. */
export const APPLY =
  '  - id: apply\n    title: Apply\n    on: app\n    run: apply\n    effects: [upgrade]\n    irreversible: It stays.\n    timeout: 1m\n    verify: { host: reachable }\n';

/** A runbook of these steps. */
export function reviewed(id: string, ...steps: readonly string[]): string {
  return `runbook: v1\nid: ${id}\ntitle: Upgrade ${id}\n${HEAD}steps:\n${steps.join('')}`;
}

/** An environment for it. */
export const LAB =
  'inventory: v1\nenvironment: lab\ntitle: The lab\nproduction: true\nhosts: { a: {}, b: {} }\nroles: { app: [a, b], db: [b] }\n';
