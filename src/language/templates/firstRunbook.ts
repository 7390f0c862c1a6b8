import type { Template } from './template.js';

/** The least that is a runbook. */
export const firstRunbook: Template = {
  id: 'first-step',
  title: 'First step',
  text: 'One role, and a first step that changes nothing.',
  runbook: `runbook: v1
id: ⟦ID⟧
title: ⟦What this runbook is for⟧
roles:
  ⟦server⟧: { title: ⟦What these hosts are⟧, hosts: ⟦1..⟧ }
steps:
  - id: ⟦reachable⟧
    title: ⟦The hosts can be reached⟧
    on: ⟦server⟧
    check: { host: reachable }
`,
};
