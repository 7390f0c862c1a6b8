/** A runbook of so many ordinary steps on one host, as people write it. */
export function runbookOf(steps: number): string {
  const lines = [
    'runbook: v1',
    'id: sample',
    'title: Sample',
    'inputs:',
    '  version: { type: string, default: "10.2" }',
    'roles:',
    '  app: { hosts: 1.. }',
    'steps:',
  ];
  for (let step = 1; step <= steps; step++) {
    lines.push(
      `  - id: step_${String(step)}`,
      `    title: Write the marker ${String(step)}`,
      '    on: app',
      '    when: inputs.version == "10.2"',
      '    env:',
      '      VERSION: ${{ inputs.version }}',
      '    run: |',
      `      echo "$VERSION" ${String(step)}`,
      '    timeout: 5m',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The same with less in each step, so that ten thousand of them stay within the limits of the language. */
export function shortRunbookOf(steps: number): string {
  const step = (at: number): string =>
    `  - id: step_${String(at)}\n    title: Write the marker ${String(at)}\n    on: app\n    run: echo ${String(at)}\n`;
  const all = Array.from({ length: steps }, (_, at) => step(at + 1)).join('');
  return `runbook: v1\nid: sample\ntitle: Sample\nroles:\n  app: { hosts: 1.. }\nsteps:\n${all}`;
}

/** A runbook of so many steps that do nothing, each on all hosts of its role. */
export function trivialRunbook(steps: number, hosts = 1): string {
  const head = `runbook: v1\nid: trivial\ntitle: Trivial\nroles: { app: { hosts: ${String(hosts)} } }\nsteps:\n`;
  return head + Array.from({ length: steps }, (_, step) => `  - { id: s${String(step)}, title: Nothing, on: app, run: "true" }\n`).join('');
}

/** An inventory of hosts in one role. Each is given by its keys, as a flow mapping. */
export function inventoryOf(...hosts: readonly string[]): string {
  const names = hosts.map((_, index) => `host_${String(index)}`);
  const entries = hosts.map((host, index) => `  ${names[index] ?? ''}: ${host}\n`).join('');
  return `inventory: v1\nenvironment: bench\nhosts:\n${entries}roles:\n  app: [${names.join(', ')}]\n`;
}
