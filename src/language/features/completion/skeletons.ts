import type { Range } from '../../text/range.js';
import type { Neighbours } from '../declared/neighbours.js';
import { declaredBeside } from './inventoryNames.js';
import { inSnippet, rank } from './item.js';
import type { CompletionItem } from './item.js';

interface Skeleton {
  readonly label: string;
  readonly text: string;
  readonly lines: readonly string[];
}

const RUNBOOKS: readonly Skeleton[] = [
  {
    label: 'new runbook',
    text: 'A new runbook: one role, and a first step that changes nothing.',
    lines: [
      'runbook: v1',
      'id: ${1:ID}',
      'title: ${2:What this runbook is for}',
      'roles:',
      '  ${3:server}: { title: ${4:What these hosts are}, hosts: ${5|1..,1,2..,0..1|} }',
      'steps:',
      '  - id: ${6:reachable}',
      '    title: ${7:The hosts can be reached}',
      '    on: ${3:server}',
      '    check: { host: reachable }',
      '$0',
    ],
  },
  {
    label: 'new runbook: rolling restart',
    text: 'Restarts a service on several hosts, one after the other, and goes on only while each answers.',
    lines: [
      'runbook: v1',
      'id: ${1:ID}',
      'title: ${2:Restart the service, host by host}',
      'roles:',
      '  ${3:server}: { title: ${4:Servers}, hosts: 2.. }',
      'steps:',
      '  - id: ${5:rolling}',
      '    title: ${6:One after the other}',
      '    on: ${3:server}',
      '    serial: 1',
      '    steps:',
      '      - id: ${7:answers_before}',
      '        title: ${8:The service answers}',
      '        check: { port: { number: ${9:8443} } }',
      '      - id: ${10:restart}',
      '        title: ${11:Restart the service}',
      '        service: { name: ${12:service}, state: restarted }',
      '        verify: { port: { number: ${9:8443} } }',
      '        irreversible: ${13:Sessions on this server end.}',
      '        timeout: ${14:5m}',
      '      - id: ${15:looked_at}',
      '        title: ${16:Somebody has looked at it}',
      '        manual: ${17:Open the page of this server and look at it.}',
      '        evidence: [{ attest: ${18:The page is as usual.} }]',
      '$0',
    ],
  },
];

/** Whole files for an empty one, in place of a range. */
export async function skeletonItems(
  file: string,
  isInventory: boolean,
  range: Range,
  neighbours: Neighbours,
): Promise<readonly CompletionItem[]> {
  const id = idOf(file);
  const skeletons = isInventory ? [await inventorySkeleton(neighbours)] : RUNBOOKS;
  return skeletons.map((skeleton, index) => itemOf(skeleton, id, range, index));
}

function itemOf({ label, text, lines }: Skeleton, id: string, range: Range, index: number): CompletionItem {
  return {
    label,
    kind: 'snippet',
    detail: 'whole file',
    documentation: text,
    edit: { range, text: lines.join('\n').replace('${1:ID}', `\${1:${id}}`) },
    format: 'snippet',
    sortText: rank(0, index),
    filterText: `${lines[0]?.split(':')[0] ?? ''} ${label}`,
  };
}

/** One host, bound to the roles of the runbooks beside the file. */
async function inventorySkeleton(neighbours: Neighbours): Promise<Skeleton> {
  const { roles, inputs } = await declaredBeside(neighbours);
  const names = roles.length > 0 ? roles.map(({ name }) => inSnippet(name)) : ['${6:server}'];
  const needed = inputs.filter((input) => input.default === undefined);
  return {
    label: 'new inventory',
    text: 'A new inventory: its hosts, and which of them has which role.',
    lines: [
      'inventory: v1',
      'environment: ${1:ID}',
      'title: ${2:Staging}',
      'ssh: { user: ${3:deploy} }',
      'hosts:',
      '  ${4:shop1}: { address: ${5:shop1.example.com} }',
      'roles:',
      ...names.map((name) => `  ${name}: [\${4:shop1}]`),
      ...(needed.length === 0 ? [] : ['inputs:', ...needed.map(({ name }, index) => `  ${name}: "\${${String(index + 7)}:value}"`)]),
      '$0',
    ],
  };
}

function idOf(file: string): string {
  const name = (file.split('/').at(-1) ?? '').replace(/\.(?:runbook|inventory)\.ya?ml$/, '');
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return id === '' ? 'sample' : id;
}
