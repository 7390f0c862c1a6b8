import { closed, flag, idMap, listOf, oneOfThese, plain, ref, text } from './jsonSchema.js';
import type { JsonSchema } from './jsonSchema.js';
import { probeDefinitions } from './probes.js';
import { EFFECTS, stepDefinitions } from './steps.js';

/** Types a value can be declared with. */
export const VALUE_TYPES = [
  'string',
  'boolean',
  'integer',
  'version',
  'version_range',
  'url',
  'address',
  'path',
  'port',
  'file',
  'duration',
  'choice',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export const PLATFORMS = ['linux', 'macos', 'windows'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const scalar: JsonSchema = { type: ['string', 'integer', 'number', 'boolean'] };

/** Effects by the roles whose hosts they hit. */
const effectsByRole = (description: string): JsonSchema => ({
  type: 'object',
  description,
  additionalProperties: false,
  minProperties: 1,
  properties: Object.fromEntries(EFFECTS.map((effect) => [effect, ref('role_list', `On every host of these roles: ${effect}.`)])),
});

/** Keys shared by everything that declares a typed value. */
const typed: Record<string, JsonSchema> = {
  type: ref('value_type'),
  scheme: plain('With `type: version`: one of `versions`, by name. Default: dotted numbers.'),
  title: plain('Label.'),
  description: plain('What it is for.'),
  options: { ...listOf(plain('One option.'), 'With `type: choice`: what can be chosen.'), minItems: 2 },
  pattern: text('regex', 'The whole value must match.'),
};

/** The published schema of `*.runbook.yaml`, and the single source of its types, checks and completions. */
export const runbookSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://unpkg.com/runbook-studio-cli/schemas/runbook.schema.json',
  title: 'Runbook',
  description: 'An upgrade or maintenance procedure, independent of the environment it is run on.',
  ...closed(
    {
      runbook: { type: 'string', const: 'v1', description: 'Version of the language.' },
      id: { type: 'string', format: 'id', pattern: '^[a-z][a-z0-9_]*$', description: 'Name of the runbook.' },
      title: plain('Title, as people read it.'),
      tags: listOf(plain('One tag.'), 'Words to find it by.'),
      priority: { type: 'integer', description: 'Place in a list; lower comes first.' },
      related: listOf(
        closed({ title: plain('Title.'), link: plain('Address or relative path.') }, ['title', 'link']),
        'Related documents and runbooks.',
      ),
      documents: idMap(
        closed({ title: plain('Title.'), link: plain('Address or relative path.') }, ['title']),
        'Documents that `source` refers to.',
      ),
      notes: listOf(ref('note'), 'Remarks about the whole run.'),
      inputs: idMap(ref('input'), 'Values that differ from run to run; given by the inventory or at start.'),
      secrets: idMap(
        closed(
          {
            title: plain('What it is.'),
            env: plain('Environment variable it may be taken from. Default: `RUNBOOK_SECRET_` and the name in upper case.'),
          },
          ['title'],
        ),
        'Secrets the run needs. Only their names are ever stored.',
      ),
      contacts: idMap(
        closed({ title: plain('Who.'), url: plain('Address.'), phone: plain('Telephone number.'), email: plain('Mail address.') }, [
          'title',
        ]),
        'People and teams to turn to.',
      ),
      versions: idMap(
        closed({ pattern: text('regex', 'Shape of a version. Named groups become fields of it.') }, ['pattern']),
        'Version schemes. Numeric parts compare as numbers; labels do not count.',
      ),
      roles: idMap(ref('role'), 'What kinds of hosts take part.'),
      facts: idMap(ref('fact'), 'What must be known before and during the run.'),
      upgrade: closed(
        {
          installed: text('fact', 'The fact that says which version is installed. Hosts that differ at the start are a question.'),
          to: text('template', 'The version to end with, as `${{ inputs.NAME }}`.'),
          supported: closed(
            {
              range: text('version_range', 'Installed versions this procedure is for: `>= 7.1.000015`.'),
              otherwise: text('contact', 'Whom to ask when the installed version is another one.'),
            },
            ['range'],
            { description: 'Where the procedure applies; elsewhere there is no plan.' },
          ),
          stops: listOf(
            closed(
              {
                from: text('version_range', 'Applies when a hop would begin at one of these.'),
                to: text('version_range', 'And would end at one of these.'),
                via: text('version', 'The version to go to first.'),
                because: plain('Why.'),
              },
              ['from', 'to', 'via'],
            ),
            'Versions at which an upgrade must stop on its way. Each makes one more hop.',
          ),
          instead: listOf(
            closed(
              {
                when: text('cel', 'Judged for each hop: `hop.from`, `hop.to`.'),
                use: text('use', 'The runbook that is followed for such a hop, in place of the group marked `per_hop` or of `steps`.'),
                title: plain('What it is.'),
                roles: {
                  type: 'object',
                  description: 'Its roles, bound to roles of this file.',
                  additionalProperties: text('role', 'A role of this file.'),
                },
                with: {
                  type: 'object',
                  description: 'Its inputs.',
                  additionalProperties: { type: ['string', 'integer', 'number', 'boolean'], format: 'template' },
                },
              },
              ['when', 'use'],
            ),
            'More specific procedures for certain hops. The first that applies is taken.',
          ),
        },
        ['installed', 'to'],
        { description: 'The path from the installed version to the one that is wanted.' },
      ),
      advisories: listOf(ref('advisory'), 'Remarks of the vendor that depend on versions, components and layout.'),
      outage: closed({ of: ref('role_list', 'The hosts that are out of service together.'), because: plain('Why.') }, ['of', 'because'], {
        description:
          'These hosts share one outage: it must fit into one maintenance window. It does not mean that they are worked on in parallel.',
      }),
      order: listOf(
        closed(
          {
            first: effectsByRole('What must have happened, and been verified, on all hosts of its role.'),
            then: effectsByRole('Before any of this begins.'),
            per: {
              type: 'string',
              enum: ['all', 'host'],
              default: 'all',
              description: '`host`: each host by itself, when both sides are about the same hosts.',
            },
            because: plain('Why it matters; shown with the trace that breaks it.'),
            source: text('source', 'The sentence of a document this comes from.'),
          },
          ['first', 'then'],
        ),
        'Orders that are proven for every plan before anything runs.',
      ),
      invariants: listOf(
        closed(
          {
            title: plain('What must stay true.'),
            holds: ref('probe'),
            at: {
              description: 'When it is asked.',
              anyOf: [
                { type: 'string', enum: ['start', 'end'], description: 'Before the first step, or after the last.' },
                { type: 'array', minItems: 1, items: text('step', '`start`, `end`, or the id of a step after which it is asked.') },
              ],
            },
            because: plain('Why.'),
          },
          ['holds', 'at'],
        ),
        'What must hold at certain moments of the run.',
      ),
      prerequisites: { ...listOf(ref('step'), 'Steps that must be done before the first of `steps`; they change nothing.'), minItems: 1 },
      procedures: idMap({ type: 'array', minItems: 1, items: ref('step') }, 'Lists of steps to be used by name.'),
      steps: { ...listOf(ref('step'), 'The procedure.'), minItems: 1 },
      finally: { ...listOf(ref('step'), 'Steps done at the end, whatever happened. `run.failed` tells.'), minItems: 1 },
      next: listOf(
        closed({ use: text('use', 'The runbook.'), title: plain('What comes next.'), when: text('cel', 'Only when true.') }, ['use']),
        'What to run afterwards; named at the end of the run.',
      ),
    },
    ['runbook', 'id', 'title', 'steps'],
  ),
  definitions: {
    ...stepDefinitions,
    ...probeDefinitions,
    value_type: { type: 'string', enum: VALUE_TYPES, description: 'Type of the value.', default: 'string' },
    input: closed(
      {
        ...typed,
        default: { ...scalar, description: 'Used when nothing else gives a value.' },
        consequence: plain('What follows from choosing it, shown before the choice.'),
        suffix: plain('With `type: file`: how the name must end.'),
      },
      ['type'],
      { title: 'Input' },
    ),
    role: {
      ...closed(
        {
          title: plain('What these hosts are.'),
          hosts: { type: ['integer', 'string'], pattern: '^\\d+(\\.\\.(\\d+)?)?$', description: 'How many: `1`, `0..1`, `2..`.' },
          platforms: {
            type: 'array',
            minItems: 1,
            items: { type: 'string', enum: PLATFORMS },
            description: 'Platforms the procedure knows for this role. Default: linux.',
          },
          vars: idMap(
            {
              anyOf: [
                ref('value_type'),
                closed({ ...typed, default: { ...scalar, description: 'Used when the inventory gives none.' } }, ['type']),
              ],
            },
            'What every host of this role must have bound in the inventory; later `host.NAME`.',
          ),
          of: text('role', 'The role this one is derived from.'),
          pick: { type: 'string', enum: ['first', 'last'], description: 'One host by its place in the inventory.' },
          where: text('cel', 'The hosts for which this is true; read before the first act.'),
          except: text('role', 'All hosts of `of` but these.'),
        },
        [],
        { title: 'Role', oneOf: oneOfThese(['hosts', 'pick', 'where', 'except']) as NonNullable<JsonSchema['oneOf']> },
      ),
    },
    advisory: closed(
      {
        id: {
          type: 'string',
          format: 'id',
          pattern: '^[a-z][a-z0-9_]*$',
          description: 'Its name; `advisories.ID` says in a `when` whether it applies.',
        },
        title: plain('In a few words.'),
        severity: { type: 'string', enum: ['note', 'important', 'warning', 'caution'], description: 'How much it matters.' },
        when: text('cel', 'Applies when true. Judged for each hop: `hop.from`, `hop.to`, `crosses("10.0")`.'),
        unsure_when: text('cel', 'Where `when` is false and this is true, nobody can tell from the vendor’s words: `ask` is asked.'),
        ask: plain('The question to a person; yes means that it applies.'),
        text: text('markdown', 'What the vendor says.'),
        link: plain('Where to read more.'),
        demands: {
          type: 'string',
          enum: ['nothing', 'acknowledgement', 'stop'],
          default: 'nothing',
          description: '`acknowledgement`: a person confirms it before the first step. `stop`: where it applies, the run does not begin.',
        },
        source: text('source', 'The sentence of a document this comes from.'),
      },
      ['id', 'severity', 'text'],
      { title: 'Advisory' },
    ),
    fact: closed(
      {
        ...typed,
        on: ref('role_list', 'With it the fact is known per host, without it once for the run.'),
        read: {
          anyOf: [ref('probe'), { type: 'array', minItems: 1, items: ref('probe') }],
          description: 'How to find out: a probe, or a list of which the first that answers counts.',
        },
        ask: plain('The question to a person, when no probe answers.'),
      },
      ['type'],
      { title: 'Fact' },
    ),
  },
};

const varMap: JsonSchema = { type: 'object', additionalProperties: scalar, description: 'Values of the role variables.' };

/** The published schema of `*.inventory.yaml`. */
export const inventorySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://unpkg.com/runbook-studio-cli/schemas/inventory.schema.json',
  title: 'Inventory',
  description: 'One environment: its hosts, which role each has, and the values of inputs there.',
  ...closed(
    {
      inventory: { type: 'string', const: 'v1', description: 'Version of the language.' },
      environment: { type: 'string', format: 'id', pattern: '^[a-z][a-z0-9_]*$', description: 'Name of the environment.' },
      title: plain('Title, as people read it.'),
      production: flag('The name of the environment must be typed before the first act.'),
      windows: listOf(ref('period'), 'When work may be done here. Outside of them, a run waits before its first step.'),
      blackouts: listOf(ref('period'), 'When nothing may be done here, whatever the windows say.'),
      rehearsed_on: {
        type: 'string',
        format: 'id',
        pattern: '^[a-z][a-z0-9_]*$',
        description: 'The environment on which this very runbook must have succeeded before it is run here.',
      },
      secrets: {
        type: 'object',
        description: 'Where secrets come from here.',
        propertyNames: { pattern: '^[a-z][a-z0-9_]*$' },
        additionalProperties: closed(
          { kept_on: text('host', 'The host of this inventory that gives the secret out. A run that disrupts it locks itself out.') },
          ['kept_on'],
        ),
      },
      approvers: listOf(plain('A name.'), 'Who may approve where another person is asked for. Default: anybody but the operator.'),
      ssh: closed(
        {
          user: plain('Login name. Default: what your SSH configuration says.'),
          port: { type: 'integer', minimum: 1, maximum: 65535, description: 'Port. Default: what your SSH configuration says, else 22.' },
          jump: text('host', 'Host of this inventory to go through.'),
        },
        [],
        { description: 'For every host that does not say otherwise.' },
      ),
      hosts: idMapOfHosts(),
      roles: {
        type: 'object',
        description: 'Which hosts have which role, in order.',
        propertyNames: { pattern: '^[a-z][a-z0-9_]*$' },
        additionalProperties: { type: 'array', items: text('host', 'A host of this inventory.') },
      },
      vars: { type: 'object', description: 'Variables for every host of a role.', additionalProperties: varMap },
      inputs: { type: 'object', description: 'Values of inputs.', additionalProperties: scalar },
    },
    ['inventory', 'environment', 'hosts', 'roles'],
  ),
  definitions: {
    period: closed(
      {
        title: plain('What it is.'),
        days: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', enum: WEEKDAYS },
          description: 'Every week on these days. Without it, `from` and `to` are one period.',
        },
        from: plain('Begin: `22:00` with `days`, else a date and time with its offset, `2026-11-28T22:00+01:00`.'),
        to: plain('End, in the same form. With `days`, an end before the begin is on the next day, and `24:00` is the end of the day.'),
        zone: plain('Time zone of `days`, `Europe/Budapest`. Default: UTC.'),
        because: plain('Why.'),
      },
      ['from', 'to'],
      { title: 'Period' },
    ),
  },
};

function idMapOfHosts(): JsonSchema {
  return {
    type: 'object',
    description: 'The hosts.',
    propertyNames: { pattern: '^[a-z0-9][a-z0-9._-]*$' },
    additionalProperties: closed(
      {
        address: plain('Name or address to connect to. Default: the name of the host here.'),
        platform: { type: 'string', enum: PLATFORMS, default: 'linux', description: 'Its operating system.' },
        connection: {
          type: 'string',
          enum: ['ssh', 'local', 'none'],
          default: 'ssh',
          description: '`local`: the machine of the operator. `none`: nothing is run on it; only people and web requests reach it.',
        },
        user: plain('Login name.'),
        port: { type: 'integer', minimum: 1, maximum: 65535, description: 'SSH port.' },
        jump: text('host', 'Host of this inventory to go through.'),
        host_key: {
          type: 'string',
          pattern: '^SHA256:[A-Za-z0-9+/]{43}$',
          description: 'Fingerprint its host key must have, in addition to your known hosts.',
        },
        vars: varMap,
      },
      [],
    ),
  };
}
