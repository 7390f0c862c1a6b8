import type { Template } from './template.js';

/** Two nodes of which one serves: the other one goes first. */
export const haPair: Template = {
  id: 'ha-pair',
  title: 'HA pair',
  text: 'Upgrades the standby node of a pair, hands the service over to it, and upgrades the other one.',
  runbook: `runbook: v1
id: ⟦ID⟧
title: ⟦Upgrade the database pair⟧
tags: [upgrade, high availability]

contacts:
  support: { title: ⟦Support of the database⟧, email: ⟦support@example.com⟧ }

inputs:
  target: { type: version, title: Version to upgrade to }

roles:
  node:
    title: ⟦Node of the database⟧
    hosts: 2
    vars:
      url: { type: url, title: Address of the node itself }
  active: { title: The node that serves, of: node, where: host.is_active }
  standby: { title: The other node, of: node, except: active }

facts:
  installed:
    on: node
    type: version
    title: Installed version
    read: { http: { url: '\${{ host.url }}/⟦status⟧', value: body.version } }
    ask: Which version is installed on this node?
  is_active:
    on: node
    type: boolean
    title: Whether the node serves
    read: { http: { url: '\${{ host.url }}/⟦status⟧', value: body.active } }
    ask: Is this the node that serves?

upgrade:
  installed: installed
  to: \${{ inputs.target }}
  supported: { range: '⟦>= 1.0⟧', otherwise: support }

order:
  - first: { backup: active }
    then: { upgrade: node }
    because: Only a backup leads back from a new version.
  - first: { upgrade: standby }
    then: { upgrade: active }
    because: One of the two must be able to serve at any time.

invariants:
  - title: Both nodes run the same version
    holds: { same: { fact: installed, across: node } }
    at: end
    because: Nodes of different versions cannot stand in for one another for long.

procedures:
  upgrade_node:
    - id: stop
      title: Stop it
      service: { name: ⟦database⟧, state: stopped }
      timeout: 10m
      undo: { service: { name: ⟦database⟧, state: started } }
      verify: { service: { name: ⟦database⟧, state: stopped } }
    - id: install
      title: Install the new version
      run: ⟦dbctl install "$1" "$2"⟧
      args: ['\${{ inputs.target }}', '\${{ host.name }}']
      effects: [upgrade]
      irreversible: ⟦The new version converts its data. Only the backup leads back.⟧
      timeout: 1h
      verify: { that: host.installed == inputs.target }
      on_failure: { escalate: support }
    - id: start
      title: Start it
      service: { name: ⟦database⟧, state: started }
      timeout: 10m
      verify: { service: { name: ⟦database⟧ } }
    - id: caught_up
      title: Wait until it has caught up
      wait: { http: { url: '\${{ host.url }}/⟦status⟧', that: body.behind == 0 } }
      timeout: 1h

steps:
  - id: back_up
    title: Back up the database
    on: active
    run: ⟦dbctl backup⟧
    effects: [backup]
    timeout: 2h
    verify: { command: { run: ⟦dbctl backup --check⟧ } }
  - id: standby_first
    title: The standby node
    on: standby
    use: '#upgrade_node'
  - id: hand_over
    title: Hand the service over
    on: standby
    run: ⟦dbctl promote "$1"⟧
    args: ['\${{ host.name }}']
    effects: [configure]
    timeout: 10m
    undo: { manual: Hand the service back to the other node. }
    verify: { http: { url: '\${{ host.url }}/⟦status⟧', that: body.active } }
  - id: then_the_other
    title: The node that served before
    on: active
    use: '#upgrade_node'
`,
};
