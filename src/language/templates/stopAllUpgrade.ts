import type { Template } from './template.js';

/** Everything is down meanwhile, as where all servers share one database. */
export const stopAllUpgrade: Template = {
  id: 'stop-all-upgrade',
  title: 'Stop-all upgrade',
  text: 'Stops every server, backs the database up, upgrades the first server and then the others, and starts them again.',
  runbook: `runbook: v1
id: ⟦ID⟧
title: ⟦Upgrade the shop while it is closed⟧
tags: [upgrade]

contacts:
  support: { title: ⟦Support of the shop⟧, email: ⟦support@example.com⟧ }

inputs:
  target: { type: version, title: Version to upgrade to }

roles:
  server:
    title: ⟦Server of the shop⟧
    hosts: 2..
    vars:
      url: { type: url, title: Address of the server itself and not of the load balancer }
  first_server: { title: The server that converts the database, of: server, pick: first }
  other_servers: { title: The other servers, of: server, except: first_server }
  database: { title: Host of the database, hosts: 1 }

facts:
  installed:
    on: server
    type: version
    title: Installed version
    read: { command: { run: ⟦shopctl version⟧, capture: '(\\d+(?:\\.\\d+)+)' } }
    ask: Which version is installed on this server?

upgrade:
  installed: installed
  to: \${{ inputs.target }}
  supported: { range: '⟦>= 1.0⟧', otherwise: support }

outage: { of: server, because: ⟦All servers share one database and must run one version.⟧ }

order:
  - first: { stop: server }
    then: { backup: database }
    because: What is written during the backup would be missing in it.
  - first: { backup: database }
    then: { upgrade: server }
    because: Only a backup leads back from a converted database.
  - first: { upgrade: first_server }
    then: { upgrade: other_servers }
    because: The first server converts the database; the others must not be asked to do it again.

invariants:
  - title: Every server runs the same version
    holds: { same: { fact: installed, across: server } }
    at: end
    because: The servers share one database.

steps:
  - id: announce
    title: Say that the shop is closed
    manual: ⟦Put up the page that says from when to when the shop is closed.⟧
    evidence: [{ attest: The page is up. }]
  - id: stop
    title: Stop every server
    on: server
    service: { name: ⟦shop⟧, state: stopped }
    timeout: 10m
    undo: { service: { name: ⟦shop⟧, state: started } }
    verify: { service: { name: ⟦shop⟧, state: stopped } }
  - id: back_up
    title: Back up the database
    on: database
    run: ⟦dbctl backup⟧
    effects: [backup]
    timeout: 2h
    verify: { command: { run: ⟦dbctl backup --check⟧ } }
  - id: first
    title: Upgrade the first server, and the database with it
    on: first_server
    run: ⟦shopctl install "$1"⟧
    args: ['\${{ inputs.target }}']
    effects: [upgrade]
    irreversible: ⟦The database is converted. Only the backup leads back.⟧
    timeout: 2h
    verify: { that: host.installed == inputs.target }
    on_failure: { escalate: support }
  - id: others
    title: Upgrade the other servers
    on: other_servers
    run: ⟦shopctl install "$1"⟧
    args: ['\${{ inputs.target }}']
    effects: [upgrade]
    irreversible: ⟦The database is converted. Only the backup leads back.⟧
    timeout: 1h
    verify: { that: host.installed == inputs.target }
    on_failure: { escalate: support }
  - id: start
    title: Start every server
    on: server
    service: { name: ⟦shop⟧, state: started }
    timeout: 10m
    verify: { http: { url: '\${{ host.url }}/⟦health⟧' } }
  - id: open
    title: Open the shop
    manual: ⟦Place an order, then take the page down.⟧
    evidence: [{ attest: The order went through. }]
`,
};
