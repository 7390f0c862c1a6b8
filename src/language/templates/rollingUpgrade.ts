import type { Template } from './template.js';

/** One server after the other, while the others go on serving. */
export const rollingUpgrade: Template = {
  id: 'rolling-upgrade',
  title: 'Rolling upgrade',
  text: 'Upgrades servers one after the other behind a load balancer, and goes on only while each of them answers.',
  runbook: `runbook: v1
id: ⟦ID⟧
title: ⟦Upgrade the shop, server by server⟧
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

order:
  - first: { backup: server }
    then: { upgrade: server }
    per: host
    because: Without a backup there is no way back from a new version.
  - first: { isolate: server }
    then: { stop: server }
    per: host
    because: Visitors would see errors.

invariants:
  - title: Every server runs the same version
    holds: { same: { fact: installed, across: server } }
    at: end
    because: Visitors would see one version or the other from page to page.

prerequisites:
  - id: healthy
    title: Every server answers
    on: server
    check: { http: { url: '\${{ host.url }}/⟦health⟧' } }

steps:
  - id: rolling
    title: One server after the other
    on: server
    serial: 1
    steps:
      - id: back_up
        title: Back up what the server keeps
        run: ⟦shopctl backup⟧
        effects: [backup]
        timeout: 30m
        verify: { command: { run: ⟦shopctl backup --check⟧ } }
      - id: drain
        title: Take it out of the load balancer
        run: ⟦shopctl drain⟧
        effects: [isolate]
        timeout: 10m
        undo: { run: ⟦shopctl join⟧ }
        verify: { command: { run: ⟦shopctl drained⟧ } }
      - id: stop
        title: Stop it
        service: { name: ⟦shop⟧, state: stopped }
        timeout: 5m
        undo: { service: { name: ⟦shop⟧, state: started } }
        verify: { service: { name: ⟦shop⟧, state: stopped } }
      - id: install
        title: Install the new version
        run: ⟦shopctl install "$1"⟧
        args: ['\${{ inputs.target }}']
        effects: [upgrade]
        irreversible: ⟦The new version converts its data. Only the backup leads back.⟧
        timeout: 30m
        verify: { that: host.installed == inputs.target }
        on_failure: { escalate: support }
      - id: start
        title: Start it
        service: { name: ⟦shop⟧, state: started }
        timeout: 10m
        verify: { http: { url: '\${{ host.url }}/⟦health⟧' } }
      - id: join
        title: Put it back behind the load balancer
        run: ⟦shopctl join⟧
        effects: [rejoin]
        timeout: 5m
        undo: { run: ⟦shopctl drain⟧ }
        verify: { not: { command: { run: ⟦shopctl drained⟧ } } }
`,
};
