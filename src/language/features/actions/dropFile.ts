import { readSyntax } from '../../parser/readSyntax.js';
import { columnOf, lineStart } from '../../text/lines.js';
import { quoteYaml } from '../../text/quote.js';
import type { TextEdit } from '../../text/range.js';
import type { MappingNode } from '../../text/syntaxNode.js';
import { insertion, insertMember, lineBreakOf, lineEnd } from './insertMember.js';
import { memberOf, textOf, valueOf } from '../../text/asWritten.js';
import { stepsIn } from './spots.js';
import type { StepSpot } from './spots.js';
import { BEHIND_VERIFY, memberBefore } from './stepKeys.js';
import { membersOf } from '../symbols/nodes.js';

/** A file that is put into a runbook. */
export interface DroppedFile {
  /** Its path as it is written in the runbook: relative to it, with `/`. */
  readonly path: string;
  /** What is in it, where it is a script that can be read. */
  readonly text: string | undefined;
}

/** What a file becomes in a runbook. */
export interface Dropped {
  /** What it does, as an imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

const IMAGE = /\.(?:png|jpe?g|gif|svg|webp)$/i;
const SCRIPT = /\.(?:sh|bash|ps1|py)$/i;
/** Lines of a script that are still read where they stand. */
const MOST_LINES = 60;

/** Whether a file of that name becomes a part of a runbook. */
export function isDroppable(name: string): boolean {
  return IMAGE.test(name) || SCRIPT.test(name);
}

/**
 * A script becomes a step behind the one at the offset: written out where it is short, else sent to the hosts and run there. A picture becomes the
 * figure of the step at the offset, or a step of its own where that has one. Undefined where nothing can be put in.
 */
export function droppedAt(text: string, offset: number, { path, text: script }: DroppedFile): Dropped | undefined {
  const { root, sound } = readSyntax(text);
  if (!sound || root?.kind !== 'mapping' || !isDroppable(path)) return undefined;
  const steps = [...stepsIn(root)];
  const end = lineEnd(text, offset);
  const inside = steps.findLast(({ step }) => lineStart(text, step.start) <= offset && offset <= lineEnd(text, step.end));
  if (IMAGE.test(path) && inside !== undefined && memberOf(inside.step, 'figure') === undefined) {
    const figure = `figure: ${quoted(path)}`;
    return {
      title: 'Show it as the figure of this step',
      edits: [insertMember(text, inside.step, figure, memberBefore(inside.step, BEHIND_VERIFY.slice(1)))],
    };
  }
  const spot = inside ?? steps.findLast(({ step }) => step.start <= end) ?? steps.at(-1);
  if (spot === undefined || text[spot.step.start] === '{' || text[spot.list.start] === '[') return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ids = new Set(steps.map(({ step }) => textOf(valueOf(step, 'id'))));
  const lines = IMAGE.test(path) ? pictureStep(name, path, ids) : scriptSteps(name, path, script, ids, onLine(text, root, spot, steps));
  const dash = columnOf(text, spot.list.start);
  const written = lines.map((line) => (line === '' ? '' : ' '.repeat(dash) + line)).join(lineBreakOf(text));
  return {
    title: IMAGE.test(path) ? 'Add a step with this figure' : 'Add a step that runs it',
    edits: [insertion(lineEnd(text, lastOf(spot)), `${lineBreakOf(text)}${written}`)],
  };
}

function pictureStep(name: string, path: string, ids: ReadonlySet<string | undefined>): readonly string[] {
  const title = wordsOf(name);
  return [`- id: ${freeId(name, ids)}`, `  title: ${title}`, '  manual: Do what the figure shows.', `  figure: ${quoted(path)}`];
}

function scriptSteps(
  name: string,
  path: string,
  script: string | undefined,
  ids: ReadonlySet<string | undefined>,
  on: readonly string[],
): readonly string[] {
  const id = freeId(name, ids);
  const title = wordsOf(name);
  const lines = (script ?? '').replace(/\s+$/, '').split(/\r?\n/);
  const isShort = script !== undefined && lines.length <= MOST_LINES && script.trim() !== '' && !/\t/.test(script) && !name.endsWith('.py');
  if (isShort) {
    const [first = '', ...rest] = lines;
    const body = first.startsWith('#!') ? rest : lines;
    const shell = name.endsWith('.ps1') ? 'powershell' : /bash/.test(first) || name.endsWith('.bash') ? 'bash' : undefined;
    return [
      `- id: ${id}`,
      `  title: ${title}`,
      ...on,
      '  run: |',
      ...body.map((line) => (line === '' ? '' : `    ${line}`)),
      ...(shell === undefined ? [] : [`  shell: ${shell}`]),
      '  timeout: 10m',
    ];
  }
  const target = `/tmp/${name}`;
  const program = name.endsWith('.py') ? 'python3' : name.endsWith('.ps1') ? 'pwsh -File' : name.endsWith('.bash') ? 'bash' : 'sh';
  return [
    `- id: ${freeId(`upload_${id}`, ids)}`,
    `  title: ${title.startsWith("'") ? 'Send the script' : `Send the script for "${title}"`}`,
    ...on,
    `  upload: { file: ${quoted(path)}, to: ${quoted(target)} }`,
    '  timeout: 5m',
    `- id: ${id}`,
    `  title: ${title}`,
    ...on,
    `  run: ${program} "$1"`,
    `  args: [${quoted(target)}]`,
    '  timeout: 10m',
  ];
}

/** The hosts of the step beside it; where a group around says them, nothing; else the first role. */
function onLine(text: string, root: MappingNode, spot: StepSpot, steps: readonly StepSpot[]): readonly string[] {
  const on = valueOf(spot.step, 'on');
  const written = on === undefined ? undefined : text.slice(on.start, on.end);
  if (written !== undefined && !written.includes('\n')) return [`  on: ${written}`];
  const isNested = steps.some(({ step }) => step !== spot.step && step.start < spot.step.start && spot.step.end <= step.end);
  const [role] = membersOf(valueOf(root, 'roles'));
  return isNested || role === undefined ? [] : [`  on: ${role.key.text}`];
}

function lastOf({ step }: StepSpot): number {
  return Math.max(step.end - 1, step.start);
}

function freeId(name: string, ids: ReadonlySet<string | undefined>): string {
  const plain = name
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  const base = plain === '' ? 'step' : plain;
  let id = base;
  for (let count = 2; ids.has(id); count++) id = `${base}_${String(count)}`;
  return id;
}

function wordsOf(name: string): string {
  const words = name
    .replace(/\.\w+$/, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return /^[A-Za-z][\w ]*$/.test(title) && !/^(?:null|true|false|yes|no|on|off)$/i.test(title) ? title : quoteYaml(title);
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) && !/^[\d.]+$/.test(path) ? path : quoteYaml(path);
}
