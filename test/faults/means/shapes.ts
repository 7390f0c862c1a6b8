/** A small runbook for this machine, whose every act leaves a line in the counter file. */
export interface Shape {
  readonly name: string;
  readonly hosts: readonly string[];
  /** YAML of the runbook, but for its head. */
  readonly body: string;
  /** YAML of the answers for its gates. */
  readonly evidence?: string;
  /** Acts that must have left their line when the run has succeeded: the step and, where it matters, its host. */
  readonly acts: readonly string[];
  /** Of those, the ones that may be done again without a word. */
  readonly repeatable?: readonly string[];
  /** Of those, the ones whose values others need: where they are lost, the operator has them done again. */
  readonly valued?: readonly string[];
}

/** A step that acts: it leaves its line, and takes a moment after it. `more`: further keys, beginning with a comma. */
function act(id: string, more = '', after = 'sleep 0.02'): string {
  const run = `'printf "%s\\n" "$1" >> "$COUNTER"; ${after}'`;
  return `{ id: ${id}, on: app, env: { COUNTER: "\${{ inputs.counter }}" }, args: ["${id} \${{ host.name }}"], run: ${run}${more} }`;
}

function steps(...list: readonly string[]): string {
  return `steps:\n${list.map((step) => `  - ${step}\n`).join('')}`;
}

const ONE = ['one'];
const TWO = ['one', 'two'];

function onEach(hosts: readonly string[], ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => hosts.map((host) => `${id} ${host}`));
}

const MANY = Array.from({ length: 12 }, (_, index) => `s${String(index)}`);

/** From the simplest to the most different. */
export const SHAPES: readonly Shape[] = [
  { name: 'plain', hosts: ONE, body: steps(act('a'), act('b'), act('c')), acts: onEach(ONE, ['a', 'b', 'c']) },
  { name: 'two hosts', hosts: TWO, body: steps(act('a'), act('b')), acts: onEach(TWO, ['a', 'b']) },
  {
    name: 'gates',
    hosts: ONE,
    body: steps(act('a'), '{ id: look, manual: Look at it., evidence: [{ attest: It looks right. }] }', act('b')),
    evidence: 'steps: { look: { attest_1: true } }\n',
    acts: onEach(ONE, ['a', 'b']),
  },
  {
    name: 'outputs',
    hosts: ONE,
    body: steps(
      act('a', ', outputs: { word: { match: "word=([a-z]+)" } }', 'echo word=green'),
      act('b', '', 'head -c 1200000 /dev/zero | tr "\\\\0" x'),
      act('c', ', when: \'steps.a.word == "green"\''),
    ),
    acts: onEach(ONE, ['a', 'b', 'c']),
    valued: onEach(ONE, ['a']),
  },
  { name: 'many steps', hosts: ONE, body: steps(...MANY.map((id) => act(id))), acts: onEach(ONE, MANY) },
  {
    name: 'probes',
    hosts: ONE,
    body: steps(
      '{ id: there, on: app, check: { command: { run: "true" } } }',
      // It looks whether the act was done: where nobody knows that of an attempt, its check decides.
      act('a', `, verify: { command: { args: ["\${{ inputs.counter }}"], run: 'grep -q "^a " "$1"' } }, timeout: 20s`),
      act('b', ', unless: { command: { run: "false" } }'),
    ),
    acts: onEach(ONE, ['a', 'b']),
  },
  {
    name: 'safe',
    hosts: TWO,
    body: steps(act('a', ', retry: { times: 2, safe: true }'), act('b', ', serial: 1'), act('c')),
    acts: onEach(TWO, ['a', 'b', 'c']),
    repeatable: onEach(TWO, ['a']),
  },
  {
    name: 'final steps',
    hosts: ONE,
    body: `${steps(act('a'), act('b'))}finally:\n  - ${act('c')}\n`,
    acts: onEach(ONE, ['a', 'b', 'c']),
    // Where the disk lets a step fail, the run ends with its final steps, and does them anew when it is gone on with.
    repeatable: onEach(ONE, ['c']),
  },
];
