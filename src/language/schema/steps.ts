import { atMostOneOf, closed, flag, listOf, oneOfThese, plain, ref, text } from './jsonSchema.js';
import type { JsonSchema } from './jsonSchema.js';

/** Every action; a step has exactly one. */
export const ACTIONS = [
  'run',
  'service',
  'check',
  'wait',
  'manual',
  'http',
  'upload',
  'download',
  'reboot',
  'steps',
  'use',
  'methods',
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** What a step does to the hosts it is about (R10). */
export const EFFECTS = ['backup', 'stop', 'start', 'boot', 'upgrade', 'isolate', 'rejoin', 'configure', 'destroy'] as const;
export type EffectName = (typeof EFFECTS)[number];

const effectList: JsonSchema = { type: 'array', minItems: 1, items: { type: 'string', enum: EFFECTS } };

/** Actions that stand for one act; allowed in a remedy, an undo and a method. */
const simpleActions: Record<string, JsonSchema> = {
  run: ref('script', 'Runs a script on the host.'),
  service: closed(
    {
      name: text('template', 'Name of the service.'),
      state: {
        type: 'string',
        enum: ['started', 'stopped', 'restarted'],
        description: 'The state to bring it to, through the service manager of the host.',
      },
    },
    ['name', 'state'],
    { description: 'Starts, stops or restarts a service by its service script. Implies the effects `start`, `stop`, or both.' },
  ),
  manual: text('markdown', 'What a person does, in Markdown. The run waits until the evidence is given.'),
  http: closed(
    {
      url: text('template', 'Absolute address, http or https.'),
      method: { type: 'string', enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], default: 'GET', description: 'Request method.' },
      headers: { type: 'object', additionalProperties: text('template', 'Value of the header.'), description: 'Request headers.' },
      user: text('template', 'User name for basic authentication.'),
      password: text('template', 'Password for basic authentication, as `${{ secrets.NAME }}`.'),
      form: {
        type: 'object',
        additionalProperties: { type: ['string', 'integer', 'number', 'boolean'], format: 'template' },
        description: 'Fields of a form.',
      },
      json: {
        type: 'object',
        additionalProperties: { type: ['string', 'integer', 'number', 'boolean'], format: 'template' },
        description: 'Members of a flat JSON body.',
      },
      status: {
        type: 'integer',
        minimum: 100,
        maximum: 599,
        description: 'The status that counts as success. Default: any of 200 to 299.',
      },
      that: text('cel', 'Must be true for success. Sees `body` and `status`.'),
    },
    ['url'],
    {
      description: 'Sends one request from the machine of the operator.',
      not: atMostOneOf(['form', 'json']) as NonNullable<JsonSchema['not']>,
    },
  ),
  upload: closed(
    {
      file: text('template', 'File on the machine of the operator; a relative path starts at the runbook.'),
      to: text('template', 'Path on the host; one that ends with `/` is a directory.'),
    },
    ['file', 'to'],
    { description: 'Copies a file to the host and compares its SHA-256 on both sides.' },
  ),
  download: closed(
    {
      path: text('template', 'File on the host.'),
      to: text('template', 'Name of the file among the run’s downloads on the machine of the operator.'),
    },
    ['path', 'to'],
    { description: 'Copies a file from the host into the folder of the run.' },
  ),
  reboot: closed(
    {
      command: ref('script', 'The command that reboots. Default: `reboot`.'),
      back_when: ref('probe', 'The host counts as back when this holds. Default: it is reachable and its boot id has changed.'),
    },
    [],
    { description: 'Reboots the host and waits until it is back. Implies the effects `stop` and `boot`.' },
  ),
  use: text(
    'use',
    '`#procedure` or `#step` of this file, `#a..b` for the steps from one to another, `other.runbook.yaml` for another file, `other.runbook.yaml#id` or `other.runbook.yaml#a..b` for a part of it.',
  ),
};

const manualCompanions: Record<string, JsonSchema> = {
  open: text('template', 'Address to open for the person.'),
  approver: { type: 'string', enum: ['other_person'], description: 'Somebody other than the operator must answer.' },
  evidence: listOf(ref('evidence'), 'What the person gives as proof.'),
};

const runCompanions: Record<string, JsonSchema> = {
  env: ref('env'),
  args: ref('args'),
  shell: ref('shell'),
  workdir: text('template', 'Directory the script runs in. Default: the home directory of the login user.'),
  become: ref('become'),
  terminal: flag('Run in a terminal, so that the program may ask questions. Implied by `answers`.'),
  answers: listOf(ref('answer'), 'Answers to the questions the program asks.'),
};

const simpleStep = (extra: Record<string, JsonSchema>, more: JsonSchema): JsonSchema =>
  closed(
    {
      ...extra,
      ...simpleActions,
      ...runCompanions,
      ...manualCompanions,
      from: text('role', 'Where it is performed.'),
      timeout: text('duration', 'Longest time it may take.'),
    },
    [],
    more,
  );

const SIMPLE = Object.keys(simpleActions);

/** Definitions of the step vocabulary. */
export const stepDefinitions: Record<string, JsonSchema> = {
  step: closed(
    {
      id: {
        type: 'string',
        format: 'id',
        pattern: '^[a-z][a-z0-9_]*$',
        description: 'Name of the step, unique among its siblings. Needed to refer to it.',
      },
      title: text('template', 'What the step does, in a few words.'),
      on: ref('role_list', 'The hosts the step is about: `host` is each of them in turn, and its effects hit them.'),
      from: text(
        'role',
        'Where it is performed: a role of one host, or `local` for the machine of the operator. Default: on the hosts it is about.',
      ),
      once: flag('Performed once for all hosts of `on` together.'),
      when: text(
        'cel',
        'The step is skipped where this is false. What cannot be known is asked, never taken as false. A group is decided once for each host, when its first step is due.',
      ),
      optional: flag('The operator may skip it without a reason.'),
      serial: {
        type: 'integer',
        minimum: 1,
        description: 'At most this many hosts at a time. On a group: the whole group, batch by batch.',
      },
      pause_between: text('duration', 'Time to wait between batches.'),
      per_hop: flag('On one group of `steps`: the group is done once for each hop of the upgrade path, with `hop` for that one.'),
      lead_time: text(
        'lead_time',
        'On a prerequisite: how long it takes until it is done, as `2 working days` or `36h`. Counts while planning.',
      ),
      valid_for: text(
        'duration',
        'On a prerequisite: how long it counts once it is done; older than that, it is done again before the steps begin.',
      ),
      ...runCompanions,
      outputs: idMapOfOutputs(),
      every: text('duration', 'Time between two looks of a `wait`. Default: 10s.'),
      estimate: text('duration', 'How long it usually takes. Only informs.'),
      timeout: text('duration', 'Longest time for one attempt.'),
      retry: closed(
        {
          times: { type: 'integer', minimum: 1, maximum: 100, description: 'How often to try again by itself after a failure.' },
          every: text('duration', 'Time between two tries. Default: 10s.'),
          safe: flag('Doing it twice does no harm, so it may also be repeated when nobody can know whether it ran.'),
        },
        [],
        { minProperties: 1, description: 'Trying again by itself.' },
      ),
      unless: ref('probe', 'Asked before: where it holds, the step is skipped as already so.'),
      verify: ref('probe', 'Asked after, until `timeout`: the step has succeeded only when it holds. Asked again at resume.'),
      effects: { ...effectList, description: 'What the step does to the hosts it is about.' },
      stages: { ...effectList, description: 'Effects that take place at the next boot of the host.' },
      undo: ref('undo', 'How to take it back.'),
      irreversible: plain('Why it cannot be taken back. Shown before the run begins.'),
      on_failure: closed(
        {
          remedies: listOf(ref('remedy'), 'Known causes and what to do. After a remedy the step is tried again.'),
          escalate: text('contact', 'Whom to turn to.'),
        },
        [],
        { minProperties: 1, description: 'Help for the operator when the step fails.' },
      ),
      expect: text('markdown', 'What a person should see afterwards.'),
      figure: text('file', 'Picture of the expected screen, relative to the runbook.'),
      notes: listOf(ref('note'), 'Remarks shown with the step.'),
      impact: text('markdown', 'What does not work meanwhile.'),
      watch: listOf(
        closed({ title: plain('Name of the place.'), open: text('template', 'Its address.'), when: text('cel', 'Shown only when true.') }, [
          'title',
          'open',
        ]),
        'Places where progress can be seen.',
      ),
      ...manualCompanions,
      source: text('source', 'The sentence of a document this step comes from: `document#L12-L14`.'),
      ...simpleActions,
      check: ref('probe', 'Must hold now.'),
      wait: ref('probe', 'Waits until it holds, or `timeout`.'),
      steps: { ...listOf(ref('step'), 'A group of steps; each is finished on all its hosts before the next begins.'), minItems: 1 },
      methods: {
        type: 'object',
        description:
          'The same goal by different ways, for example `gui` and `script`. The operator chooses; a headless run takes the first way that needs nobody.',
        propertyNames: { pattern: '^[a-z][a-z0-9_]*$' },
        additionalProperties: ref('method'),
        minProperties: 2,
      },
      roles: {
        type: 'object',
        description: 'With `use` of another file: its roles, bound to roles of this one.',
        additionalProperties: text('role', 'A role of this file.'),
      },
      with: {
        type: 'object',
        description: 'With `use` of another file: its inputs.',
        additionalProperties: { type: ['string', 'integer', 'number', 'boolean'], format: 'template' },
      },
    },
    [],
    { title: 'Step', description: 'One step. Exactly one action.', oneOf: oneOfThese(ACTIONS) as NonNullable<JsonSchema['oneOf']> },
  ),
  method: simpleStep(
    { title: plain('Name of the way.'), check: ref('probe'), wait: ref('probe') },
    { title: 'Method', oneOf: oneOfThese([...SIMPLE, 'check', 'wait']) as NonNullable<JsonSchema['oneOf']> },
  ),
  undo: simpleStep({ title: plain('What it does.') }, { title: 'Undo', oneOf: oneOfThese(SIMPLE) as NonNullable<JsonSchema['oneOf']> }),
  remedy: simpleStep(
    {
      title: plain('What to do, as the operator reads it.'),
      match: text('regex', 'Offered first when the output or the message of the failure contains a match.'),
      cause: plain('The cause this remedy is for.'),
    },
    { title: 'Remedy', required: ['title'], not: atMostOneOf(SIMPLE) as NonNullable<JsonSchema['not']> },
  ),
  answer: closed(
    {
      prompt: text('regex', 'Pattern of the question on the screen.'),
      answer: { type: ['string', 'integer', 'number', 'boolean'], format: 'template', description: 'Typed, followed by Enter.' },
      never: plain('This question must not come; the step fails at once with this reason.'),
      when: text('cel', 'Counts only when true.'),
      secret: flag('The answer is not shown.'),
    },
    ['prompt'],
    { title: 'Answer', oneOf: oneOfThese(['answer', 'never']) as NonNullable<JsonSchema['oneOf']> },
  ),
  evidence: closed(
    {
      attest: text('template', 'A sentence the person confirms.'),
      value: text('id', 'Id of a value the person reads off and types; later `steps.ID.NAME`.'),
      choice: text('id', 'Id of a choice the person makes; later `steps.ID.NAME`.'),
      file: text('id', 'Id of a file the person attaches; its SHA-256 is kept.'),
      title: plain('Label of the field.'),
      type: ref('value_type'),
      scheme: plain('With `type: version`: the name of its scheme.'),
      pattern: text('regex', 'The whole value must match.'),
      options: { ...listOf(plain('One option.'), 'With `choice`: what can be chosen.'), minItems: 2 },
    },
    [],
    { title: 'Evidence', oneOf: oneOfThese(['attest', 'value', 'choice', 'file']) as NonNullable<JsonSchema['oneOf']> },
  ),
  note: closed(
    {
      severity: { type: 'string', enum: ['note', 'important', 'warning', 'caution'], description: 'How much it matters.' },
      text: text('markdown', 'The remark.'),
      link: plain('Where to read more.'),
    },
    ['severity', 'text'],
    { title: 'Note' },
  ),
};

function idMapOfOutputs(): JsonSchema {
  return {
    type: 'object',
    description: 'Values taken from what the step printed or answered; later `steps.ID.NAME`.',
    propertyNames: { pattern: '^[a-z][a-z0-9_]*$' },
    additionalProperties: closed(
      {
        match: text('regex', 'The first group of the first match in standard output (or in the body of an `http` step).'),
        value: text('cel', 'Computed from `stdout`, `exit`, `body` or `status`.'),
        type: ref('value_type'),
        scheme: plain('With `type: version`: the name of its scheme.'),
        secret: flag(
          'The value is a secret: it is kept in memory only, and what the step prints is neither shown nor kept. A run that is resumed needs the step again.',
        ),
      },
      [],
      { oneOf: oneOfThese(['match', 'value']) as NonNullable<JsonSchema['oneOf']> },
    ),
  };
}
