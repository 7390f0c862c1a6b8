import { roleNames } from '../../expressions/index.js';
import type { Declared, DeclaredStep } from '../declared/declared.js';
import { asCode, asMarkdown, asText } from '../declared/authorText.js';
import { memberOf, textOf, textsOf } from '../symbols/nodes.js';
import { versionRangeInWords } from './inWords.js';

/** Where something is declared. */
export interface DeclaredAt {
  /** As it is named from the file at hand; undefined for that file itself. */
  readonly file?: string;
  /** 1-based; undefined for what is declared nowhere. */
  readonly line: number | undefined;
}

/** What is known of something declared, in Markdown: its kind and type, what is said of it, and where that stands. */
export function describeDeclared(declared: Declared, at: DeclaredAt): string {
  const owner = declared.owner === undefined ? '' : ` of ${asText(declared.owner)}`;
  const head = `**${asText(declared.name)}**: ${declared.thing}${owner}${declared.type === undefined ? '' : `, ${asText(declared.type)}`}`;
  const facts = [
    declared.title,
    declared.description,
    declared.options === undefined ? undefined : `One of ${declared.options.map((option) => asCode(option)).join(', ')}.`,
    declared.default === undefined ? undefined : `Default: ${asCode(declared.default)}.`,
    ...details(declared),
    placeOf(at),
  ];
  return [head, ...facts.filter((line) => line !== undefined)].join('\n\n');
}

function details(declared: Declared): readonly (string | undefined)[] {
  const text = (key: string): string | undefined => textOf(memberOf(declared.node, key));
  const inText = (key: string): string | undefined => asText(text(key) ?? '') || undefined;
  switch (declared.thing) {
    case 'role':
      return [roleInWords(declared)];
    case 'step':
      return [stepInWords(declared as DeclaredStep)];
    case 'fact':
      return [onRoles(declared), text('ask') === undefined ? undefined : `Asked, when no probe answers: ${asText(text('ask') ?? '')}`];
    case 'contact':
      return [asText(['url', 'phone', 'email'].flatMap((key) => text(key) ?? []).join(', ')) || undefined];
    case 'document':
      return [inText('link')];
    case 'secret':
      return [text('env') === undefined ? undefined : `May be taken from the environment variable ${asCode(text('env') ?? '')}.`];
    case 'version scheme':
      return [text('pattern') === undefined ? undefined : `Shape: ${asCode(text('pattern') ?? '')}`];
    case 'advisory':
      return [severityOf(declared), asMarkdown(text('text') ?? '') || undefined];
    case 'host':
      return [inText('address')];
    case 'input':
      return [inText('consequence'), declared.default === undefined ? undefined : versionRangeOf(declared)];
    default:
      return [];
  }
}

function versionRangeOf({ type, default: preset }: Declared): string | undefined {
  const words = type === 'version_range' && preset !== undefined ? versionRangeInWords(preset) : undefined;
  return words === undefined ? undefined : `That is: ${words}.`;
}

function severityOf({ node }: Declared): string | undefined {
  const severity = textOf(memberOf(node, 'severity'));
  const when = textOf(memberOf(node, 'when'));
  const parts = [
    severity === undefined ? undefined : asText(severity),
    when === undefined ? undefined : `applies when ${asCode(when)}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `${parts.join(', ')}.`;
}

function onRoles({ node }: Declared): string | undefined {
  const on = textsOf(memberOf(node, 'on'));
  return on.length === 0 ? 'Known once for the run.' : `Known for each host of ${on.map((role) => asCode(role)).join(', ')}.`;
}

function roleInWords({ node }: Declared): string | undefined {
  const hosts = memberOf(node, 'hosts');
  const [of, pick, except, where] = ['of', 'pick', 'except', 'where'].map((key) => textOf(memberOf(node, key)));
  if (of !== undefined && pick !== undefined) return `The ${asText(pick)} host of ${asCode(of)}.`;
  if (of !== undefined && except !== undefined) return `The hosts of ${asCode(of)} but those of ${asCode(except)}.`;
  if (of !== undefined && where !== undefined) return `The host of ${asCode(of)} for which ${asCode(where)} holds.`;
  if (hosts?.kind !== 'scalar') return undefined;
  const count = String(hosts.value);
  const range = /^(\d+)\.\.(\d*)$/.exec(count);
  const words = range === null ? asText(count) : range[2] === '' ? `${range[1] ?? ''} or more` : `${range[1] ?? ''} to ${range[2] ?? ''}`;
  const platforms = textsOf(memberOf(node, 'platforms'));
  return `Hosts: ${words}${platforms.length === 0 ? '' : `, on ${asText(platforms.join(', '))}`}.`;
}

function stepInWords({ action, on, values }: DeclaredStep): string | undefined {
  const parts = [
    action === undefined ? undefined : `Action: ${asCode(action)}`,
    on.length === 0
      ? undefined
      : `on ${roleNames(on)
          .map((role) => asCode(role))
          .join(', ')}`,
    values.length === 0 ? undefined : `yields ${values.map(({ name }) => asCode(name)).join(', ')}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `${parts.join(', ')}.`;
}

function placeOf({ file, line }: DeclaredAt): string | undefined {
  if (line === undefined) return file === undefined ? undefined : `Declared in ${asCode(file)}.`;
  return `Declared on line ${String(line)}${file === undefined ? '' : ` of ${asCode(file)}`}.`;
}
