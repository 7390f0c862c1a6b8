import { accessSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Another linter, and what it is given: as many steps, in the language it knows. */
export interface Peer {
  readonly name: string;
  /** Writes what it checks, in a folder of its own, and gives the words of its command. */
  prepare(folder: string, steps: number, runbook: string): readonly string[];
}

function tasks(steps: number, task: (at: number) => string): string {
  return Array.from({ length: steps }, (_, at) => task(at + 1)).join('');
}

function written(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const PEERS: readonly Peer[] = [
  { name: 'yamllint', prepare: (_folder, _steps, runbook) => ['-d', 'relaxed', runbook] },
  {
    name: 'ansible-lint',
    prepare: (folder, steps) => [
      '--offline',
      written(
        folder,
        'playbook.yml',
        `---\n- name: Sample\n  hosts: app\n  tasks:\n${tasks(
          steps,
          (at) =>
            `    - name: Write the marker ${String(at)}\n      ansible.builtin.command:\n        cmd: echo ${String(at)}\n        creates: /tmp/m${String(at)}\n`,
        )}`,
      ),
    ],
  },
  {
    name: 'actionlint',
    prepare: (folder, steps) => [
      written(
        folder,
        'workflow.yml',
        `name: Sample\non: push\njobs:\n  app:\n    runs-on: ubuntu-latest\n    steps:\n${tasks(
          steps,
          (at) => `      - name: Write the marker ${String(at)}\n        run: echo ${String(at)}\n`,
        )}`,
      ),
    ],
  },
  {
    name: 'spectral',
    prepare: (folder, _steps, runbook) => [
      'lint',
      '--ruleset',
      written(folder, 'ruleset.yml', "rules:\n  title:\n    given: '$.steps[*]'\n    then: { field: title, function: truthy }\n"),
      runbook,
    ],
  },
];

/** Other linters on the PATH, each with the file of its program, and the names of those that are not there. */
export function installedPeers(): {
  readonly installed: readonly (Peer & { readonly program: string })[];
  readonly missing: readonly string[];
} {
  const found = PEERS.map((peer) => ({ ...peer, program: programOf(peer.name) }));
  return {
    installed: found.flatMap(({ program, ...peer }) => (program === undefined ? [] : [{ ...peer, program }])),
    missing: found.filter(({ program }) => program === undefined).map(({ name }) => name),
  };
}

function programOf(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
