import { planSheet } from '../../../src/extension/plans/planSheet.js';
import type { PlanSheet, SheetRow } from '../../../src/protocol/index.js';
import { draft } from '../../support/drafting.js';

const RUNBOOK = `
runbook: v1
id: cluster
title: Upgrade the cluster
roles: { db: { hosts: 1 }, web: { hosts: 1.. } }
facts: { queue: { type: boolean, ask: Is a queue used? } }
order:
  - { first: { stop: web }, then: { upgrade: db }, because: The web servers keep connections open. }
notes: [{ severity: warning, text: Nobody can log on meanwhile., link: https://docs.example.com/meanwhile }]
advisories:
  - { id: space, title: Room is needed, severity: important, when: "true", text: Look before., link: https://docs.example.com/space }
steps:
  - id: down
    title: Stop all
    steps:
      - id: stop
        title: Stop the web servers
        on: web
        run: systemctl stop web
        effects: [stop]
        estimate: 2m
        undo: { title: Start them, run: systemctl start web }
  - { id: convert, title: Convert the data, on: db, run: convert, effects: [upgrade], irreversible: The format is new., estimate: 10m }
  - { id: ask, title: Ask the owner, manual: Ask., evidence: [{ attest: The owner agrees. }], when: facts.queue }
`;
const INVENTORY = `
inventory: v1
environment: production
title: Production
production: true
hosts: { db1: {}, web1: {}, web2: {}, web3: {}, web4: {} }
roles: { db: [db1], web: [web1, web2, web3, web4] }
windows: [{ title: Nights, days: [sat, sun], from: '22:00', to: '04:00', zone: Europe/Budapest }]
`;

/** The sheet of a small plan that has something of everything. */
export async function planOfCluster(uri: string): Promise<PlanSheet> {
  const made = await draft({ runbooks: { 'cluster.runbook.yaml': RUNBOOK }, inventory: INVENTORY });
  const { plan } = made;
  if (plan === undefined) throw new Error(made.problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
  const now = Date.parse('2026-11-28T12:00Z');
  return planSheet(
    { ...made, plan },
    { uri, runbook: 'cluster.runbook.yaml', inventory: 'production.inventory.yaml', onlyOne: false, asText: true, now },
  );
}

/** The same with so many steps, fifty in a group. */
export function sheetOfMany(sheet: PlanSheet, count: number): PlanSheet {
  const rows = Array.from({ length: count }, (_, index): readonly SheetRow[] => {
    const group = `group ${String(Math.floor(index / 50))}`;
    const place = { file: 'cluster.runbook.yaml', line: index + 10 };
    const step: SheetRow = {
      kind: 'step',
      path: `${group}/step ${String(index)}`,
      title: `Step ${String(index)}`,
      depth: 1,
      place,
      remarks: [{ tone: 'gate', text: 'a person does it' }],
      number: index + 1,
      action: 'run',
      leftOut: false,
      where: '4 hosts',
      hosts: 0,
      estimate: '5 min',
      effects: [],
      reachedBy: [],
    };
    return index % 50 === 0 ? [{ kind: 'group', path: group, title: group, depth: 0, place, remarks: [], steps: 50 }, step] : [step];
  });
  return { ...sheet, sections: [{ title: 'Steps', rows: rows.flat() }] };
}
