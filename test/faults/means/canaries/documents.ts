import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Sshd } from '../../../support/sshd.js';
import { FORMS } from './forms.js';
import { writePrinter } from './printer.js';

/** The ways a run can go. */
export const PATHS = ['ok', 'fail', 'retry', 'cancel', 'plan', 'debug', 'crash'] as const;
export type Path = (typeof PATHS)[number];

/** Stands in the environment of every process the canaries are meant for. */
export const STEP_MARK = 'CANARY_STEP=1';

/** Where a run of canaries lies on disk. */
export interface Place {
  /** Runbook and inventory: the folder of the author. */
  readonly folder: string;
  /** Printer, its plans and the files the secrets are handed over in; nothing in it is looked through. */
  readonly hidden: string;
  readonly state: string;
  /** Temporary files of the runner. */
  readonly temporary: string;
}

export function makePlace(directory: string): Place {
  const place = {
    folder: join(directory, 'folder'),
    hidden: join(directory, 'hidden'),
    state: join(directory, 'state'),
    temporary: join(directory, 'tmp'),
  };
  for (const path of [place.folder, place.hidden, place.temporary]) mkdirSync(path);
  writePrinter(join(place.hidden, 'printer.mjs'));
  return place;
}

const env = `{ CANARY_STEP: "1", ${FORMS.map((_, index) => `C${String(index)}: "\${{ secrets.c${String(index)} }}"`).join(', ')} }`;

/** A runbook whose steps are given every canary and print them in every form: here, over SSH, on a terminal, in probes and in answers. */
export function writeDocuments(place: Place, sshd: Sshd, echo: string, path: Path): void {
  const printing = (plan: string, more = ''): string =>
    `env: ${env}, args: [${[process.execPath, join(place.hidden, 'printer.mjs'), join(place.hidden, plan), more].map((word) => JSON.stringify(word)).join(', ')}], run: 'exec "$@"'`;
  const steps = [
    `  - { id: sibling, on: app, run: "sleep 0.2" }`,
    `  - { id: print, on: app, ${printing('print')}, outputs: { seen: { match: "line 0 >>(.*)<<" }, other: { match: "line 4 >>(.*)<<" } }, verify: { command: { ${printing('probe')} } } }`,
    `  - { id: terminal, on: far, terminal: true, ${printing('print')} }`,
    `  - { id: ask, http: { url: "${echo}/echo", method: POST, headers: { X-Canary: "\${{ secrets.c9 }}" }, form: { c: "\${{ secrets.c4 }}" } } }`,
    `  - { id: looked, on: app, check: { that: 'host.seen != "x"' } }`,
    ...(path === 'retry'
      ? [`  - { id: again, on: far, ${printing('print', join(place.hidden, 'failed-once'))}, retry: { times: 2, every: 1s, safe: true } }`]
      : []),
    ...(path === 'fail' ? [`  - { id: unfit, check: { http: { url: "${echo}/echo", capture: "nothing like it" } }, optional: true }`] : []),
    ...(path === 'fail' ? [`  - { id: broken, on: far, ${printing('fail')} }`] : []),
    ...(path === 'cancel' || path === 'crash' ? [`  - { id: held, on: ${path === 'crash' ? 'far' : 'app'}, ${printing('hold')} }`] : []),
  ];
  const secrets = FORMS.map((_, index) => `  c${String(index)}: { title: Canary ${String(index)} }\n`).join('');
  const facts = `facts: { seen: { on: app, type: string, read: [ { command: { ${printing('probe')}, capture: "line 3 >>(.*)<<" } } ] } }\n`;
  writeFileSync(
    join(place.folder, 'canaries.runbook.yaml'),
    `runbook: v1\nid: canaries\ntitle: Canaries\nroles: { app: { hosts: 1.. }, far: { hosts: 1.. } }\nsecrets:\n${secrets}${facts}steps:\n${steps.join('\n')}\n`,
  );
  const far = `{ address: ${sshd.address}, port: ${String(sshd.port)}, user: ${userInfo().username}, platform: linux }`;
  writeFileSync(
    join(place.folder, 'here.inventory.yaml'),
    `inventory: v1\nenvironment: here\nhosts:\n  near: { connection: local, platform: linux }\n  far: ${far}\nroles: { app: [near, far], far: [far] }\n`,
  );
}
