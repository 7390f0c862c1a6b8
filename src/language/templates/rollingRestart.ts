import type { Template } from './template.js';

/** A restart that visitors do not notice. */
export const rollingRestart: Template = {
  id: 'rolling-restart',
  title: 'Rolling restart',
  text: 'Restarts a service on several hosts, one after the other, and goes on only while each answers.',
  runbook: `runbook: v1
id: ⟦ID⟧
title: ⟦Restart the service, host by host⟧
roles:
  ⟦server⟧: { title: ⟦Servers⟧, hosts: 2.. }
steps:
  - id: ⟦rolling⟧
    title: ⟦One after the other⟧
    on: ⟦server⟧
    serial: 1
    steps:
      - id: ⟦answers_before⟧
        title: ⟦The service answers⟧
        check: { port: { number: ⟦8443⟧ } }
      - id: ⟦restart⟧
        title: ⟦Restart the service⟧
        service: { name: ⟦service⟧, state: restarted }
        verify: { port: { number: ⟦8443⟧ } }
        irreversible: ⟦Sessions on this server end.⟧
        timeout: ⟦5m⟧
      - id: ⟦looked_at⟧
        title: ⟦Somebody has looked at it⟧
        manual: ⟦Open the page of this server and look at it.⟧
        evidence: [{ attest: ⟦The page is as usual.⟧ }]
`,
};
